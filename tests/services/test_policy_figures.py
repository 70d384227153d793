"""Which piece of a record tells the figure that a question asks for."""

import pytest

from bot.services.policies.figures import figures_in

PIECES = (
    "每招1人1500元",
    "从业人数不超过300人",
    "劳动合同期限不低于1年",
    "正常经营月数不低于12个月",
    "足额缴纳失业保险月数不低于12个月",
    "创新型（60分直通或评价）",
    "上年研发费≥100万元且占比≥3%",
)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("得干满多久才给", 3),
        ("要缴够几个月", 4),
        ("合同得签几年", 2),
        ("多少人以内才算", 1),
        ("要多少分", 5),
        ("研发费得花多少", 6),
    ],
)
def test_a_figure_is_found_in_the_piece_that_tells_it(text: str, at: int) -> None:
    """A question for a figure gets the piece of the record with that figure."""
    assert PIECES[at] in figures_in(text, PIECES)


@pytest.mark.parametrize(
    "text", ["能给多少钱", "能贷多少", "上哪申请", "要几个人担保", "招一个给多少", "多久到账"]
)
def test_what_asks_for_no_figure_of_the_terms_gets_none(text: str) -> None:
    """How much is given, and what something else is counted by, are no figures of the terms."""
    assert not figures_in(text, PIECES)
