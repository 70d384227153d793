from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.text import normalise


@given(st.text(max_size=60))
def test_normalising_keeps_the_length(text: str) -> None:
    assert len(normalise(text)) == len(text)


def test_traditional_full_width_and_capitals_become_one_spelling() -> None:
    assert normalise("辦理ＳＣ證，KTV") == "办理sc证,ktv"


def test_normalising_twice_changes_nothing_more() -> None:
    once = normalise("申請食品經營許可　ＯＫ")
    assert normalise(once) == once
