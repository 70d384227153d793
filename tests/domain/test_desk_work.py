from datetime import timedelta

import pytest

from bot.domain.desk_errors import BadReason, check_reason
from bot.domain.desk_waits import median, next_in_turn, quarter, waiting_minutes
from bot.domain.desk_work import (
    HELP_DESK,
    Assignment,
    Colleague,
    Pace,
    PresenceState,
    Profile,
    QueueRules,
    presence_of,
)
from tests.desk_cast import NOW

PACE = Pace(handling_s=(300, 600, 900, 600, 600), pickup_s=(30, 60, 90, 300, 600))


def person(
    number: int,
    *,
    held: int = 0,
    capacity: int = 2,
    state: PresenceState = PresenceState.AVAILABLE,
    skills: tuple[str, ...] = (),
    asked_minutes_ago: float | None = None,
) -> Colleague:
    offered_at = None
    if asked_minutes_ago is not None:
        offered_at = NOW - timedelta(minutes=asked_minutes_ago)
    profile = Profile(number, capacity=capacity, skills=skills, offered_at=offered_at)
    return Colleague(number, f"客服{number}", HELP_DESK, state, held, profile)


def test_the_middle_and_the_lower_quarter_are_of_the_values_themselves() -> None:
    assert median((9, 1, 5)) == 5
    assert median((9, 1, 5, 7)) == 6
    assert quarter((9, 1, 5, 7)) == 1
    assert quarter((30, 60, 90, 300, 600)) == 60


@pytest.mark.parametrize(
    ("position", "held", "minutes"),
    [
        (1, 0, 1),  # both places free: the time a claim takes, 60 s
        (2, 0, 1),
        (1, 2, 11),  # full: one round of 600 s and 60 s
        (2, 2, 11),
        (3, 2, 21),  # two rounds
        (1, 5, 11),  # more than fits is no room, not less than none
    ],
)
def test_the_wait_is_the_published_formula(position: int, held: int, minutes: int) -> None:
    found = waiting_minutes(position, [person(1, held=held)], PACE)

    rounded = minutes if minutes <= 10 else -(-minutes // 5) * 5
    assert found == rounded


@pytest.mark.parametrize(
    ("state", "pace"),
    [
        (PresenceState.AWAY, PACE),
        (PresenceState.BUSY, PACE),
        (PresenceState.AVAILABLE, Pace(PACE.handling_s[:4], PACE.pickup_s)),
        (PresenceState.AVAILABLE, Pace(PACE.handling_s, PACE.pickup_s[:4])),
    ],
)
def test_no_wait_is_invented(state: PresenceState, pace: Pace) -> None:
    assert waiting_minutes(1, [person(1, state=state)], pace) is None


def test_nobody_is_asked_where_agents_take_by_hand() -> None:
    rules = QueueRules(HELP_DESK, Assignment.MANUAL)
    assert next_in_turn([person(1)], rules, wanted=frozenset()) is None


@pytest.mark.parametrize(
    ("people", "assignment", "chosen"),
    [
        # in turn: never asked, then the longest ago
        ([person(1, asked_minutes_ago=1), person(2)], Assignment.ROUND_ROBIN, 2),
        (
            [person(1, asked_minutes_ago=1), person(2, asked_minutes_ago=9, held=1)],
            Assignment.ROUND_ROBIN,
            2,
        ),
        # the one with least, whoever was asked last
        (
            [person(1, asked_minutes_ago=1), person(2, asked_minutes_ago=9, held=1)],
            Assignment.LEAST_BUSY,
            1,
        ),
        # a skill comes before turn and load
        ([person(1), person(2, held=1, skills=("371502",))], Assignment.LEAST_BUSY, 2),
        # full, busy and away are not asked
        ([person(1, held=2), person(2, held=1)], Assignment.ROUND_ROBIN, 2),
        (
            [person(1, state=PresenceState.BUSY), person(2, state=PresenceState.AWAY)],
            Assignment.ROUND_ROBIN,
            None,
        ),
    ],
)
def test_who_is_asked_next(
    people: list[Colleague], assignment: Assignment, chosen: int | None
) -> None:
    rules = QueueRules(HELP_DESK, assignment)
    found = next_in_turn(people, rules, wanted=frozenset({"371502"}))
    assert (found and found.id) == chosen


def test_whoever_did_not_answer_is_asked_last_and_again_when_alone() -> None:
    rules = QueueRules(HELP_DESK, Assignment.ROUND_ROBIN)
    both = [person(1), person(2, asked_minutes_ago=1)]

    nobody = frozenset[str]()
    after = next_in_turn(both, rules, wanted=nobody, but_not=1)
    alone = next_in_turn(both[:1], rules, wanted=nobody, but_not=1)

    assert after is not None
    assert alone is not None
    assert (after.id, alone.id) == (2, 1)


@pytest.mark.parametrize(
    ("chosen", "is_available", "is_online", "seen"),
    [
        (PresenceState.AVAILABLE, True, True, PresenceState.AVAILABLE),
        (PresenceState.BUSY, False, True, PresenceState.BUSY),
        (PresenceState.AWAY, False, True, PresenceState.AWAY),
        (PresenceState.BUSY, False, False, PresenceState.AWAY),
        (PresenceState.AVAILABLE, True, False, PresenceState.AWAY),
        (PresenceState.AVAILABLE, False, True, PresenceState.AWAY),  # logged out
    ],
)
def test_a_silent_desk_is_away_whatever_it_said(
    chosen: PresenceState, is_available: bool, is_online: bool, seen: PresenceState
) -> None:
    profile = Profile(1, state=chosen)
    assert presence_of(profile, is_available=is_available, is_online=is_online) is seen


@pytest.mark.parametrize("reason", ["", "  ", "长" * 201])
def test_a_reason_is_there_and_short(reason: str) -> None:
    with pytest.raises(BadReason):
        check_reason(reason)
    assert check_reason(" 归税务管 ") == "归税务管"
