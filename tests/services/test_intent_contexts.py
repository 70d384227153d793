"""What an intent weighs where a conversation stands."""

import pytest

from bot.services.finding.intent_contexts import IntentContexts, situation_of

CONTEXTS = IntentContexts({"about_matter": {"suggest": 0.2, "ask_deferral": 1.5}})
RANKING = (("suggest", 0.5), ("ask_deferral", 0.3), ("ask_fee", 0.1))


def test_what_is_rare_in_a_situation_gives_way() -> None:
    weighed = CONTEXTS.weighed("about_matter", RANKING)
    assert [name for name, _ in weighed] == ["ask_deferral", "suggest", "ask_fee"]
    assert sum(sure for _, sure in weighed) == pytest.approx(0.9)
    assert dict(weighed)["ask_deferral"] == pytest.approx(0.45 * 0.9 / 0.65)


def test_an_unknown_situation_changes_nothing() -> None:
    assert CONTEXTS.weighed("whistle_form", RANKING) == RANKING


def test_no_guesses_stay_none_and_zeros_stay_zero() -> None:
    assert CONTEXTS.weighed("about_matter", ()) == ()
    assert CONTEXTS.weighed("about_matter", (("suggest", 0.0),)) == (("suggest", 0.0),)


@pytest.mark.parametrize(
    ("form", "focus", "is_first", "expected"),
    [
        ("booking_form", "matter", False, "booking_form"),
        (None, None, True, "start"),
        (None, "matter", False, "about_matter"),
        (None, None, False, "open"),
    ],
)
def test_where_a_message_is_said(
    form: str | None, focus: str | None, is_first: bool, expected: str
) -> None:
    assert situation_of(form, focus, is_first=is_first) == expected
