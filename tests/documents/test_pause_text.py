"""Why a clock stands: the rule of the state, and for a publicity what the catalogue says."""

import pytest

from bot.documents.pause_text import pause_text, running_text
from bot.domain.cases import CASE_STATES, CaseState, ClockMode
from tests.casework_factories import case_rules, catalogue

S = CaseState


def told(state: CaseState, matter: str = "lic-food-operate") -> str | None:
    return pause_text(state, matter, case_rules(), catalogue())


def with_note(words: str) -> str:
    """Return a matter of the catalogue one of whose limits says this."""
    return next(
        one.id
        for one in catalogue().matters.values()
        if any(words in limit.note for limit in (one.statutory, one.promised))
    )


@pytest.mark.parametrize("state", CaseState)
def test_there_is_a_reason_exactly_where_the_clock_stands(state: CaseState) -> None:
    assert (told(state) is not None) == (CASE_STATES[state].clock is ClockMode.STANDS)


def test_a_publicity_of_which_the_catalogue_says_nothing_is_said_with_caution() -> None:
    assert (
        told(S.PUBLICITY) == "正在公示，公示时间一般不计入时限（各事项的公示规定，以窗口答复为准）"
    )


def test_a_publicity_that_the_catalogue_does_not_count_is_told_with_its_source() -> None:
    text = told(S.PUBLICITY, with_note("公示、专家论证另计"))

    assert text is not None
    assert text.startswith("正在公示，不计入时限：目录写明“")
    assert "行政许可法§42" in text


def test_a_case_that_was_opened_with_a_standing_clock_is_told_what_the_limit_says() -> None:
    text = told(S.PUBLICITY, with_note("含公示"))

    assert text is not None
    assert "含公示" in text
    assert text.endswith("收件时是按停表登记的，以窗口答复为准")


def test_a_limit_that_covers_the_publicity_is_quoted_while_the_clock_goes_on() -> None:
    covered = with_note("含公示")

    text = running_text(S.PUBLICITY, covered, catalogue())

    assert text is not None
    assert text.startswith("公示期间照常计时：目录写明“")
    assert "生态环境法典§102" in text
    assert running_text(S.UNDER_REVIEW, covered, catalogue()) is None
    assert running_text(S.PUBLICITY, "lic-food-operate", catalogue()) is None


def test_a_note_that_only_mentions_a_publicity_says_nothing_about_the_clock() -> None:
    assert told(S.PUBLICITY, with_note("备案即公示")) == told(S.PUBLICITY)


def test_only_a_publicity_quotes_the_catalogue() -> None:
    matter = with_note("公示、专家论证另计")

    assert told(S.HEARING, matter) == told(S.HEARING)
