"""A question about a trade that says nothing else of it."""

import pytest

from bot.services.words.trade_questions import TradeTopic, is_about_lack, topic_of_trade

TRADE = ["修表铺", "高唐"]
AREAS = ["环保", "环评", "消防"]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("高唐能开修表铺不", TradeTopic.MAY),
        ("现在还让干修表铺吗", TradeTopic.MAY),
        ("开修表铺有什么门槛", TradeTopic.MAY),
        ("修表铺办证一共掏多少钱", TradeTopic.FEE),
        ("修表铺的手续几天能下来", TradeTopic.TIME),
        ("开修表铺上哪办", TradeTopic.PLACE),
        ("修表铺先办啥后办啥", TradeTopic.ORDER),
        ("没执照开修表铺会罚吗", TradeTopic.FINE),
        ("不办证开修表铺行不", TradeTopic.FINE),
        ("修表铺的执照咋办", TradeTopic.LICENCE),
        ("俺一个人干修表铺用办照不", TradeTopic.NEED),
        ("开修表铺要做环评不", TradeTopic.AREA),
        ("修表铺消防用过吗", TradeTopic.AREA),
    ],
)
def test_what_is_asked_of_a_trade_is_told_by_the_rest_of_the_text(
    text: str, topic: TradeTopic
) -> None:
    assert topic_of_trade(text, TRADE, AREAS) is topic


@pytest.mark.parametrize(
    "text",
    [
        "想开修表铺",
        "修表铺对面是小学能开不",
        "没健康证能开修表铺不",
        "修表铺被罚了五百咋办",
        "修表铺执照丢了咋办",
        "开修表铺能贷款吗",
        "修表铺要多大面积",
        "俺闺女十六能开修表铺不",
        "消防队来修表铺查了三回了",
        "我在高唐开修表铺开了十来年了现在想问问隔壁那间也租下来行不行",
    ],
)
def test_what_says_more_of_a_trade_is_no_plain_question(text: str) -> None:
    assert topic_of_trade(text, TRADE, AREAS) is None


def test_a_question_about_work_without_papers_is_known_by_how_it_begins() -> None:
    assert is_about_lack("没办证先开业怎么罚？")
    assert is_about_lack("无证经营怎么罚？")
    assert not is_about_lack("没装油烟净化器怎么罚？")
    assert not is_about_lack("谁来罚没办证的？")
