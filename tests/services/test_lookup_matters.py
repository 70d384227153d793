import pytest

from bot.services.reading.matching import Level, rivals
from tests.catalogue_files import committed_catalogue, committed_lookup

FIRST = """
营业直照 biz-company
营业执造 biz-company
營業執照 biz-company
yingyezhizhao biz-company
营业执照几天能下来 biz-company
办营业执照要多少钱 biz-company
我想注册公司 biz-company
有限公司注册要什么材料 biz-company
营业执照咋办呀 biz-company
公积今 hf-employer
公鸡金开户 hf-employer
公積金開戶 hf-employer
给员工交公积金 hf-employer
食品经营许可正 lic-food-operate
食品經營許可證 lic-food-operate
食品证怎么办 lic-food-operate
办食品经营许可要带啥 lic-food-operate
食品证到期了 chg-license-food
小饭馆几十平要办啥证 lic-small-catering
小饭馆登记 lic-small-catering
食品小作坊 lic-small-workshop
卖预包装食品要备案不 lic-food-prepack
SC证 lic-food-production
sc证 lic-food-production
卫生证 lic-public-health
卫生许可正 lic-public-health
理发店卫生证 lic-public-health
书店卫生备案 lic-health-record
消防证 lic-fire-open
消防 lic-fire-open
消防驗收 prj-fire-accept
消防验收 prj-fire-accept
消防备案 prj-fire-record
消防设计审查 prj-fire-design
药店许可证 lic-drug-retail
卖口罩血压计要备案吗 lic-device-2
三类医疗器械 lic-device-3
特种行业许可证 lic-hotel-special
网吧许可证 lic-netcafe
开网吧要办啥 lic-netcafe
KTV要办什么许可 lic-entertainment
卖书许可证 lic-publication
泳池证 lic-highrisk-sport
我想开个诊所 lic-clinic-record
医疗机构执业许可证 lic-medical
X光机手续 lic-radiation
卖烟要办什么证 lic-tobacco
烟草证多久能下来 lic-tobacco
劳务派遣证 lic-labor-dispatch
职介许可证 lic-hr-service
培训班办学许可证 lic-training
影院许可证 lic-cinema
门头招牌要不要审批 lic-outdoor-ad
宠物医院 lic-pet
排污许可 lic-pollution
道路运输证 lic-transport-goods
农药证 lic-pesticide
危化品证 lic-hazchem
电梯登记 lic-special-equipment
核名 biz-name
刻章还要钱吗 biz-seal
公章丢了 biz-seal
开票 tax-newbiz
开发票怎么弄 tax-newbiz
社保咋交 si-employer
员工离职社保怎么停 si-change
对公账户 bank-reserve
开个对公账户要多少钱 bank-reserve
办个体户要啥材料 biz-individual
开分公司 biz-branch
合伙企业怎么注册 biz-partnership
成立合作社 biz-coop
外资公司注册 foreign-invest-reg
租的房子没房本能办执照不 biz-home-commit
公司改名字 chg-name
公司地址换了 chg-address
换法人 chg-legalrep
变更法人 chg-legalrep
加个经营项目 chg-scope
股东变更 chg-equity
注册资金想减少 chg-capital-down
个体户换老板 chg-individual-operator
执照丢了咋补 lic-reissue
營業執照遺失補領 lic-reissue
年报忘了 annual-report
公司不干了怎么注销 exit-individual
公司注销 exit-simple
个体户注销 exit-individual
税务注销 tax-clear
立项 prj-invest-record
可研批复 prj-gov-feasibility
拿地 prj-land-supply
环评要多久 prj-eia
能评 prj-energy
水保方案 prj-soil-water
打井要审批吗 prj-water-intake
规划许可证 prj-work-plan-permit
人防费 prj-cad-approve
审图 prj-drawing-review
施工许可正 prj-construction-permit
施工许可证怎么办理 prj-construction-permit
shigongxukezheng prj-construction-permit
挖路要找谁批 prj-road-occupy
砍树 prj-tree-green
渣土车 prj-waste
排水许可 prj-drainage-permit
联合验收 prj-joint-accept
预售证 prj-presale
土地证怎么办 reg-land
房产证 reg-first
不动产抵压登记 reg-mortgage
厂房抵押贷款 reg-mortgage
厂子通不上电 util-power
厂里想增容 util-power
想接天然气 util-gas
拉宽带 util-telecom
水电气联合报装 util-joint
一般纳税人 tax-general
营业执照掉了 lic-reissue
店不开了执照咋注销 exit-individual
想弄个网吧手续麻烦不 lic-netcafe
移几棵树 prj-tree-green
打口井 prj-water-intake
在河边建厂要办啥 prj-flood
买了个商铺怎么过户 reg-transfer
土地怎么摘牌 prj-land-supply
法人跑了咋换 chg-legalrep
股权抵押 equity-pledge
私教健身房带游泳池 lic-highrisk-sport
个体户转公司 chg-ind-to-ent
电不够用要加变压器 util-power
占路施工 prj-road-occupy
信用中国黑名单 credit-repair
消防没过怎么办 lic-fire-open
公司好几年没经营想注销 exit-simple
"""

NOTHING = [
    "今天天气怎么样",
    "帮我订张高铁票",
    "转人工",
    "你好",
    "谢谢",
    "讲个笑话",
    "",
    "，。！",
    "😀",
]


@pytest.mark.parametrize(
    ("phrase", "matter_id"), [line.split() for line in FIRST.strip().splitlines()]
)
def test_what_people_say_finds_the_matter_first(phrase: str, matter_id: str) -> None:
    matches = committed_lookup().find_matters(phrase)

    assert matches
    assert matches[0].entry_id == matter_id


@pytest.mark.parametrize("phrase", NOTHING)
def test_small_talk_finds_no_matter(phrase: str) -> None:
    assert committed_lookup().find_matters(phrase) == []


def test_every_name_and_alias_finds_its_own_matter_first() -> None:
    lookup = committed_lookup()
    for matter in committed_catalogue().matters.values():
        for phrase in (matter.name, *matter.aliases):
            best = lookup.find_matters(phrase, limit=1)
            if len(phrase) > 1:
                assert [match.entry_id for match in best] == [matter.id], phrase


def test_a_word_of_many_matters_leaves_several_to_choose_from() -> None:
    matches = committed_lookup().find_matters("消防")

    found = {match.entry_id for match in rivals(matches)}
    assert {"lic-fire-open", "prj-fire-accept", "prj-fire-record"} <= found


def test_an_exact_name_leaves_nothing_to_choose() -> None:
    matches = committed_lookup().find_matters("消防验收")

    assert [match.entry_id for match in rivals(matches)] == ["prj-fire-accept"]


def test_a_guess_from_one_rare_word_has_a_low_score() -> None:
    matches = committed_lookup().find_matters("消防没过怎么办")

    assert all(match.score < 0.5 for match in matches)


def test_scores_fall_and_stay_between_0_and_1() -> None:
    matches = committed_lookup().find_matters("消防验收手续", limit=10)

    scores = [match.score for match in matches]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_no_more_matches_come_back_than_asked_for() -> None:
    assert len(committed_lookup().find_matters("许可证", limit=2)) == 2


def test_a_match_tells_the_phrase_and_how_it_was_found() -> None:
    match = committed_lookup().find_matters("開票")[0]

    assert (match.phrase, match.score, match.level) == ("开票", 1.0, Level.EXACT)


@pytest.mark.parametrize(
    ("matter_id", "text", "part"),
    [
        ("lic-food-operate", "健康证", "健康证明"),
        ("lic-food-operate", "平面图", "平面图"),
        ("lic-food-operate", "执照", "营业执照"),
        ("biz-company", "章程", "章程"),
        ("biz-company", "房产证还没下来", "住所"),
        ("biz-individual", "身份证", "身份"),
        ("prj-construction-permit", "规划许可证", "规划许可"),
    ],
)
def test_a_document_is_found_by_what_people_call_it(matter_id: str, text: str, part: str) -> None:
    matter = committed_catalogue().matter(matter_id)
    matches = committed_lookup().find_material(matter, text)

    assert matches
    assert part in matches[0].entry_id


def test_a_document_that_the_matter_does_not_need_is_not_found() -> None:
    matter = committed_catalogue().matter("lic-food-operate")

    assert committed_lookup().find_material(matter, "结婚证") == []
