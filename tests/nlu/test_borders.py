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
        ("开家政公司", "家政公司", "industry", "家政公司", "industry"),
    ],
)
def test_a_name_ends_where_its_words_do(
    text: str, drawn: str, entity: str, kept: str, kind: str
) -> None:
    start = text.index(drawn)

    (span,) = mended(text, [Span(start, start + len(drawn), entity)])

    assert (text[span.start : span.end], span.entity) == (kept, kind)
