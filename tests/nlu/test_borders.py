"""Borders that a tagger draws too wide are mended by what the words are."""

import pytest

from bot.nlu.borders import mended
from bot.nlu.spans import Span


@pytest.mark.parametrize(
    ("text", "drawn", "entity", "kept", "kind"),
    [
        (
            "在阳谷县城准备用有限公司",
            "阳谷县城准备用有限公司",
            "company_name",
            "有限公司",
            "enterprise_type",
        ),
        ("打算注册有限公司", "打算注册有限公司", "company_name", "有限公司", "enterprise_type"),
        (
            "聊城用心物流有限公司",
            "聊城用心物流有限公司",
            "company_name",
            "聊城用心物流有限公司",
            "company_name",
        ),
        ("搞一家装修公司", "家装修公司", "industry", "装修公司", "industry"),
        ("五户养羊的", "五户养羊", "industry", "养羊", "industry"),
        ("看个修摩托的店", "修摩托", "industry", "修摩托的店", "industry"),
        ("小修车铺", "修车", "industry", "修车铺", "industry"),
        ("修车的扣了我的车", "修车", "industry", "修车", "industry"),
        ("开家政公司", "家政公司", "industry", "家政公司", "industry"),
    ],
)
def test_a_name_ends_where_its_words_do(
    text: str, drawn: str, entity: str, kept: str, kind: str
) -> None:
    start = text.index(drawn)

    (span,) = mended(text, [Span(start, start + len(drawn), entity)])

    assert (text[span.start : span.end], span.entity) == (kept, kind)


@pytest.mark.parametrize(
    ("text", "at", "kept"),
    [
        ("打了一上午没人接", 3, 0),
        ("下週一早上九點", 3, 1),
        ("等了一整下午", 4, 0),
        ("周一上午去", 2, 1),
        ("明天下午", 2, 1),
    ],
)
def test_a_part_of_the_day_that_says_how_long_is_no_time(text: str, at: int, kept: int) -> None:
    assert len(mended(text, [Span(at, at + 2, "time", 1)])) == kept


@pytest.mark.parametrize("text", ["得多办一个体育的证", "要做个体检", "个体系统怎么登"])
def test_a_border_of_words_names_no_form_of_enterprise(text: str) -> None:
    start = text.index("个体")

    assert mended(text, [Span(start, start + 2, "enterprise_type")]) == []
    assert mended("个体店", [Span(0, 2, "enterprise_type")]) == [Span(0, 2, "enterprise_type")]
