"""From what people say to a matter; no sentence here is in a file that the model learns from."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.services.finding.matter_resolver import MatterResolver, Outcome
from tests.catalogue_files import (
    committed_catalogue,
    committed_matter_words,
    committed_resolver,
)

NAMES = """
营业执找 biz-company
应业直照 biz-company
營業執照 biz-company
yingyezhizhao biz-company
公积今 hf-employer
食品经营许可正 lic-food-operate
烟草证 lic-tobacco
烟草正怎么办 lic-tobacco
施工许可证多久能下来 prj-construction-permit
SC证 lic-food-production
消防驗收 prj-fire-accept
食品证到期了 chg-license-food
营业执照丢了 lic-reissue
取水许可 prj-water-intake
"""

SITUATIONS = """
发廊洗头床的毛巾没消毒，监督员说得办个证 lic-public-health
老字号面馆的许可证还有十天满五年 chg-license-food
在村里雇两个人压粉条往饭店送 lic-small-workshop
巷子里十五平的小屋想卖拉面 lic-small-catering
盘了个大饭店三百平准备重新开张，后厨要啥证 lic-food-operate
小店光卖袋装零食和瓶装水 lic-food-prepack
歌厅换老板后消防大队要重新来看能不能营业 lic-fire-open
厂里买了台叉车还没挂牌 lic-special-equipment
卡车拉货路上被交通拦下说没营运手续 lic-transport-goods
门口大杨树挡着车想砍掉 prj-tree-green
铺管子要把马路刨开 prj-road-occupy
拆房子的砖头瓦块往哪拉 prj-waste
地里要打一口深井浇果园 prj-water-intake
挖地基挖出古墓来了 prj-archaeology
楼房竣工后想让几个局一起来验 prj-joint-accept
还没封顶就想开盘卖房 prj-presale
老掉闸，变压器带不动新设备 util-power
冬天屋里没有暖气想接管网 util-heat
水、电、气都没有，想一张表报完 util-joint
买了间二手商铺想改到自己名下 reg-transfer
厂房押给银行贷款 reg-mortgage
公司的钱一直走个人卡，想开个公司的户头 bank-reserve
执照刚下来，客户就要发票 tax-newbiz
有员工辞职了，下个月不给他交保险了 si-change
头一次招人，单位还没有社保户 si-employer
刚招了三十个工人，合同要报人社登记 hr-labor-contract
公司没债没业务，想快点销掉 exit-simple
小店关门了，个体的照怎么销 exit-individual
生意淡，想停半年但不想丢照 suspend-biz
公司认缴写太高了想往下降 chg-capital-down
合伙人要退出，他的股份转给我 chg-equity
会计把公章带跑了 biz-seal
韩国客户想来聊城投资开公司 foreign-invest-reg
俺村七八户种蒜的想抱团跟超市谈价 biz-coop
"""

NEIGHBOURS = """
想起个公司名先查查有没有重的 biz-name
公司用了五年的名字想换一个 chg-name
公司搬到同一条街的新楼 chg-address
公司从济南整个迁到聊城 chg-migrate
避雷针图纸动工前给气象局看 prj-lightning-design
避雷针装完了请气象局来测 prj-lightning-accept
装修大商场之前消防图纸给谁审 prj-fire-design
消防图审过了大楼也盖好了请住建来验 prj-fire-accept
防空地下室不想建能交钱吗 prj-cad-accept|prj-cad-approve
卖血压计和轮椅 lic-device-2
眼镜店卖美瞳 lic-device-3
招人派到工厂干活，合同跟我签 lic-labor-dispatch
介绍人去上班收中介费 lic-hr-service
"""


def _lines(table: str) -> list[tuple[str, frozenset[str]]]:
    pairs = [line.rsplit(" ", 1) for line in table.strip().splitlines()]
    return [(text, frozenset(matter_ids.split("|"))) for text, matter_ids in pairs]


@pytest.mark.parametrize(("text", "right"), _lines(NAMES))
def test_a_name_with_typos_finds_its_matter_first(text: str, right: frozenset[str]) -> None:
    assert committed_resolver().rank_matters(text, 1)[0][0] in right


@pytest.mark.parametrize(("text", "right"), _lines(SITUATIONS))
def test_a_situation_finds_its_matter_first(text: str, right: frozenset[str]) -> None:
    assert committed_resolver().rank_matters(text, 1)[0][0] in right


@pytest.mark.parametrize(("text", "right"), _lines(NEIGHBOURS))
def test_neighbours_are_told_apart(text: str, right: frozenset[str]) -> None:
    assert committed_resolver().rank_matters(text, 1)[0][0] in right


def test_every_name_and_alias_is_sure() -> None:
    resolver = committed_resolver()
    for matter in committed_catalogue().matters.values():
        for name in (matter.name, *matter.aliases):
            made = resolver.resolve(name)
            assert (made.outcome, made.candidates[0].matter_id) == (Outcome.SURE, matter.id), name


def test_a_clear_situation_is_answered() -> None:
    made = committed_resolver().resolve("小店里想卖几条烟，烟草局说要先有证")
    assert made.outcome is Outcome.SURE
    assert [candidate.matter_id for candidate in made.candidates] == ["lic-tobacco"]


@pytest.mark.parametrize("text", ["消防", "注销", "验收"])
def test_a_word_of_many_matters_leaves_a_choice(text: str) -> None:
    made = committed_resolver().resolve(text)
    assert made.outcome is Outcome.CHOICE
    assert 2 <= len(made.candidates) <= 3


@pytest.mark.parametrize(
    "text", ["", "？", "你好", "多少钱", "在哪办", "给我讲个笑话", "qwerty", "好的知道了", "啊啊啊"]
)
def test_what_needs_no_matter_finds_none(text: str) -> None:
    assert committed_resolver().resolve(text).outcome is Outcome.NONE


def test_shares_fall_and_lie_between_zero_and_one() -> None:
    shares = [share for _, share in committed_resolver().rank_matters("店里要接自来水管", 128)]
    assert len(shares) == len(committed_catalogue().matters)
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1, abs=1e-3)


def test_a_button_names_the_difference_in_plain_words() -> None:
    resolver, catalogue = committed_resolver(), committed_catalogue()
    small, large = (catalogue.matter(m) for m in ("lic-small-catering", "lic-food-operate"))
    assert resolver.label(small) != resolver.label(large)
    assert "50平" in resolver.label(small)


def test_a_folder_that_cannot_be_written_costs_no_answer(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    few = {m: committed_catalogue().matters[m] for m in ("lic-tobacco", "lic-pet")}
    words = committed_matter_words()
    catalogue = replace(committed_catalogue(), matters=few)
    own = replace(
        words,
        situations={m: words.situations[m] for m in few},
        cues={m: words.cues[m] for m in few},
    )
    ranked = MatterResolver(catalogue, own, blocked / "models").rank_matters("给猫看病", 1)
    assert ranked[0][0] == "lic-pet"


def test_no_name_of_the_catalogue_is_foreign_to_it() -> None:
    resolver, matters = committed_resolver(), committed_catalogue().matters.values()

    foreign = [n for m in matters for n in (m.name, *m.aliases) if resolver.is_foreign(n, m)]

    assert foreign == []


def test_a_licence_that_sounds_near_one_is_not_taken_for_it() -> None:
    resolver = committed_resolver()
    clinic = committed_catalogue().matter("lic-pet")

    assert resolver.is_foreign("动物防疫证", clinic)
    assert resolver.resolve("动物防疫证").outcome is not Outcome.SURE
