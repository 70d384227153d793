from pathlib import Path

import pytest

from bot.documents.company_name_text import name_problems_text
from bot.services.plans.company_names import check_company_name, name_in
from bot.store.catalogue.loader import load_catalogue

CATALOGUE = load_catalogue(Path("data/catalogue"))


def rules(name: str) -> list[str]:
    return [problem.rule.id for problem in check_company_name(name, CATALOGUE)]


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("中国烧烤有限公司", "national-prefix"),
        ("国家电器有限公司", "national-prefix"),
        ("聊城中华面馆", "national-inside"),
        ("聊城解放军商店", "authorities"),
        ("聊城美国牛肉面馆", "foreign"),
        ("聊城赌场娱乐有限公司", "indecent"),
        ("聊城A1超市", "characters"),
        ("聊城市鑫有限公司", "short"),
        ("聊城鑫源食品", "form"),
    ],
)
def test_a_name_that_breaks_a_rule_is_found(name: str, rule: str) -> None:
    assert rule in rules(name)


@pytest.mark.parametrize(
    "name",
    ["聊城鑫源食品有限公司", "临清市老王火锅店", "山东恒泰轴承股份有限公司", "东昌府区好味道餐馆"],
)
def test_an_ordinary_name_passes(name: str) -> None:
    assert rules(name) == []


def test_the_message_names_the_word_the_rule_and_its_source() -> None:
    text = name_problems_text(check_company_name("中国烧烤有限公司", CATALOGUE))
    assert (
        text
        == "· “中国”：名称以这类字词开头的，要从严审核并报国务院批准（企业名称登记管理规定§12）"
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("公司叫中国烧烤有限公司行不行", "中国烧烤有限公司"),
        ("店名叫“老王火锅店”可以吗？", "老王火锅店"),
        ("名字定为聊城鑫源食品有限公司", "聊城鑫源食品有限公司"),
        ("起名叫国家大饭店", "国家大饭店"),
        ("我要开个面馆 叫聊城市老王面馆 在高唐 80平", "聊城市老王面馆"),
        ("想在高唐开个面馆，名字就叫老王面馆，个体户", "老王面馆"),
        ("字号是福满楼 行吗 个体户", "福满楼"),
        ("叫个外卖到店", None),
        ("叫了几个朋友合伙开饭店", None),
        ("名字叫啥好", None),
        ("我叫张三", None),
        ("公司是做食品的", None),
        ("公司叫什么好", None),
        ("你叫什么名字", None),
        ("想开个公司", None),
    ],
)
def test_a_proposed_name_is_told_from_other_talk(text: str, name: str | None) -> None:
    assert name_in(text) == name
