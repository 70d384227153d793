"""Long texts are cut where a reader would pause, and nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.splitting import TextUnit, split_text


@pytest.mark.parametrize(
    ("text", "limit", "pieces"),
    [
        ("一二三四。五六七八。", 8, ["一二三四。", "五六七八。"]),
        ("一二三四！”五六七", 8, ["一二三四！”", "五六七"]),
        ("甲乙丙丁\n\n戊己庚。辛", 10, ["甲乙丙丁", "戊己庚。辛"]),
        ("一二三四，五六七八九", 8, ["一二三四，", "五六七八九"]),
        ("一二三四五六七八九十", 8, ["一二三四五六七八", "九十"]),
        ("短", 8, ["短"]),
        ("", 8, []),
        ("  \n ", 8, []),
        ("再长也行" * 500, None, ["再长也行" * 500]),
    ],
)
def test_a_text_is_cut_at_the_best_place(text: str, limit: int | None, pieces: list[str]) -> None:
    assert split_text(text, limit) == pieces


@pytest.mark.parametrize("unit", list(TextUnit))
@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), max_size=200), limit=st.integers(8, 40)
)
def test_every_piece_fits_and_only_blanks_are_lost(unit: TextUnit, text: str, limit: int) -> None:
    pieces = split_text(text, limit, unit)

    assert all(0 < unit.length(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_an_emoji_made_of_several_signs_stays_whole() -> None:
    assert split_text("一二三四五👩\u200d🌾六", 8) == ["一二三四五", "👩\u200d🌾六"]


def test_a_limit_below_one_sign_is_refused() -> None:
    with pytest.raises(ValueError, match="7"):
        split_text("一", 7)
