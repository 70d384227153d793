import pytest

from tests.catalogue_files import committed_catalogue, committed_lookup


@pytest.mark.parametrize(
    ("phrase", "district_id"),
    [
        ("东昌府区", "371502"),
        ("东昌", "371502"),
        ("聊城市东昌府区", "371502"),
        ("我在临清", "371581"),
        ("临青", "371581"),
        ("臨清市", "371581"),
        ("茌平县", "371503"),
        ("莘", "371522"),
        ("莘县", "371522"),
        ("冠县", "371525"),
        ("东阿", "371524"),
        ("高唐", "371526"),
        ("阳谷县", "371521"),
        ("阎楼镇", "371521"),
        ("临清市先锋路街道", "371581"),
        ("开发区", "lc-etdz"),
        ("经开区", "lc-etdz"),
        ("高新", "lc-hitech"),
        ("高新区去哪个大厅办", "lc-hitech"),
        ("度假区", "lc-jbsc"),
    ],
)
def test_a_district_is_found_by_its_names_and_towns(phrase: str, district_id: str) -> None:
    matches = committed_lookup().find_district(phrase)

    assert matches
    assert matches[0].entry_id == district_id


@pytest.mark.parametrize("phrase", ["聊城", "聊城市", "你好", "冠军", "济南", ""])
def test_the_city_alone_and_other_words_are_no_district(phrase: str) -> None:
    assert committed_lookup().find_district(phrase) == []


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("有限公司", "company"),
        ("有限责任公司", "company"),
        ("股份", "company"),
        ("股份有限公司", "company"),
        ("我想开个公司", "company"),
        ("個體戶", "individual"),
        ("个体", "individual"),
        ("个体工商户吧", "individual"),
        ("分公司", "branch"),
        ("开分店", "branch"),
        ("我和朋友合伙", "partnership"),
        ("有限合伙", "partnership"),
        ("个人独资", "sole"),
        ("个独企业", "sole"),
        ("合作社", "coop"),
        ("农民专业合作设", "coop"),
    ],
)
def test_an_enterprise_type_is_found_by_its_names(phrase: str, kind: str) -> None:
    matches = committed_lookup().find_enterprise_type(phrase)

    assert matches
    assert matches[0].entry_id == kind


@pytest.mark.parametrize("phrase", ["开个店", "开个饭店", "做点小生意", "不知道", "火锅店"])
def test_no_enterprise_type_is_guessed_from_a_wish(phrase: str) -> None:
    assert committed_lookup().find_enterprise_type(phrase) == []


def test_a_branch_is_not_also_taken_for_a_company() -> None:
    found = [match.entry_id for match in committed_lookup().find_enterprise_type("开个分公司")]

    assert found == ["branch"]


@pytest.mark.parametrize(
    ("phrase", "code", "one_thing"),
    [
        ("火锅店", "H6210", "ot-restaurant"),
        ("火鍋店", "H6210", "ot-restaurant"),
        ("火锅电", "H6210", "ot-restaurant"),
        ("我想在临清开个火锅店", "H6210", "ot-restaurant"),
        ("奶茶", "H6291", "ot-restaurant"),
        ("药店", "F5251", "ot-pharmacy"),
        ("民宿", "H6130", "ot-hotel"),
        ("开超市", "F5212", "ot-supermarket"),
        ("小卖部", "F5213", "ot-supermarket"),
        ("健身房", "R8930", "ot-gym"),
        ("书店", "F5243", "ot-bookstore"),
        ("舞蹈班", "P8393", "ot-training"),
        ("网吧", "R9013", "ot-netcafe"),
        ("理发店", "O8040", "ot-beauty"),
        ("牙科", "Q8425", "ot-clinic"),
        ("KTV", "R9011", "ot-ktv"),
        ("ktv", "R9011", "ot-ktv"),
        ("幼儿园", "P8310", "ot-kindergarten"),
        ("私人影院", "R8760", "ot-cinema"),
        ("小旅馆", "H6129", "ot-hotel"),
        ("宠物医院", "O8222", "ot-pet"),
        ("物流", "G5431", "ot-logistics"),
        ("化工", "C", "ot-factory"),
        ("服装厂", "C", "ot-factory"),
        ("卖水果", "F5223", None),
        ("修车", "O8111", None),
        ("旅行社", "L7291", None),
    ],
)
def test_a_trade_is_found_with_its_bundle(phrase: str, code: str, one_thing: str | None) -> None:
    best = committed_lookup().find_industry(phrase)[0]

    assert (best.code, best.one_thing_id) == (code, one_thing)


def test_every_industry_is_found_by_its_official_name() -> None:
    lookup = committed_lookup()
    for industry in committed_catalogue().industries.values():
        assert lookup.find_industry(industry.name)[0].code == industry.code, industry.name


def test_every_name_of_an_industry_means_its_trade() -> None:
    lookup, catalogue = committed_lookup(), committed_catalogue()
    aliases = [alias for one_thing in catalogue.one_things.values() for alias in one_thing.aliases]
    bundled = {name for alias in aliases for name in (alias, alias.removeprefix("开"))}
    for industry in catalogue.industries.values():
        bundle = industry.one_thing_id
        expected = f"bundle:{bundle}" if bundle else f"code:{industry.code}"
        for phrase in industry.aliases:
            if phrase not in bundled:  # a name of a bundle means that
                assert lookup.find_trade(phrase) == expected, phrase


def test_every_alias_of_a_bundle_finds_the_bundle() -> None:
    lookup = committed_lookup()
    for one_thing in committed_catalogue().one_things.values():
        for alias in one_thing.aliases:
            found = [trade.one_thing_id for trade in lookup.find_industry(alias)]
            assert one_thing.id in found, alias


@pytest.mark.parametrize(
    ("phrase", "project_type"),
    [
        ("工业厂房", "soc-industrial"),
        ("拿了块工业用地想盖厂房", "soc-industrial"),
        ("住宅", "soc-civil"),
        ("盖个小区", "soc-civil"),
        ("标准地", "land-then-start"),
        ("拿地即开工怎么走流程", "land-then-start"),
        ("装修", "soc-renovation"),
        ("市政道路", "gov-municipal"),
        ("修条路", "gov-municipal"),
        ("建学校", "gov-building"),
        ("小型低风险", "soc-small-lowrisk"),
        ("我要建个仓库", "soc-small-lowrisk"),
        ("带方案出让", "soc-with-plan"),
        ("核准制项目", "soc-approved"),
    ],
)
def test_a_project_type_is_found_by_what_people_build(phrase: str, project_type: str) -> None:
    matches = committed_lookup().find_project_type(phrase)

    assert matches
    assert matches[0].entry_id == project_type


def test_a_factory_building_fits_several_project_types() -> None:
    found = {match.entry_id for match in committed_lookup().find_project_type("厂房")}

    assert {"soc-industrial", "soc-small-lowrisk"} <= found
