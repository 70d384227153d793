from datetime import datetime, timedelta, timezone
from itertools import pairwise

import pytest

from bot.domain.cases import (
    ALLOWED_CASE_TRANSITIONS,
    CASE_STATE_LABELS,
    CaseEvent,
    CaseEventKind,
    CaseMoveRefused,
    CaseState,
    CaseStep,
    check_case_move,
    enter,
    finish_step,
    is_final,
    running_spans,
)

S = CaseState
T0 = datetime(2026, 11, 23, 2, tzinfo=timezone.utc)

HAPPY = {
    "decided on the spot": [S.RECEIVED, S.ACCEPTED, S.COMPLETED],
    "the usual way": [S.RECEIVED, S.ACCEPTED, S.UNDER_REVIEW, S.COMPLETED],
    "refused": [S.RECEIVED, S.ACCEPTED, S.UNDER_REVIEW, S.REFUSED],
    "papers before acceptance": [S.RECEIVED, S.RECTIFICATION, S.ACCEPTED],
    "papers during review": [S.UNDER_REVIEW, S.RECTIFICATION, S.UNDER_REVIEW],
    "expert review": [S.UNDER_REVIEW, S.SPECIAL_PROCEDURE, S.UNDER_REVIEW, S.COMPLETED],
    "papers never came": [S.RECEIVED, S.RECTIFICATION, S.RETURNED],
    "withdrawn from a pause": [S.SPECIAL_PROCEDURE, S.WITHDRAWN],
}
UNHAPPY = {
    "no decision without acceptance": (S.RECEIVED, S.COMPLETED),
    "no refusal without review": (S.ACCEPTED, S.REFUSED),
    "no decision during a pause": (S.SPECIAL_PROCEDURE, S.COMPLETED),
    "no way back to the counter": (S.UNDER_REVIEW, S.RECEIVED),
    "nothing after the decision": (S.COMPLETED, S.UNDER_REVIEW),
    "nothing after a withdrawal": (S.WITHDRAWN, S.RECEIVED),
    "no move to where it is": (S.UNDER_REVIEW, S.UNDER_REVIEW),
}


def steps(*states: CaseState) -> tuple[CaseStep, ...]:
    return tuple(CaseStep(f"第{i}步", state, "approval") for i, state in enumerate(states, 1))


def moved(*states: CaseState) -> list[CaseEvent]:
    """Return a history with one move an hour."""
    return [
        CaseEvent(T0 + timedelta(hours=i), "approval", CaseEventKind.MOVED, None, state)
        for i, state in enumerate(states)
    ]


@pytest.mark.parametrize("walk", HAPPY.values(), ids=HAPPY.keys())
def test_a_case_may_walk_this_way(walk: list[CaseState]) -> None:
    for seen, to in pairwise(walk):
        check_case_move(seen, to)


@pytest.mark.parametrize(("seen", "to"), UNHAPPY.values(), ids=UNHAPPY.keys())
def test_a_case_may_not_move_so(seen: CaseState, to: CaseState) -> None:
    with pytest.raises(CaseMoveRefused) as refused:
        check_case_move(seen, to)
    assert (refused.value.seen, refused.value.to) == (seen, to)


def test_every_state_has_moves_and_a_label() -> None:
    assert set(ALLOWED_CASE_TRANSITIONS) == set(CASE_STATE_LABELS) == set(CaseState)
    assert len(set(CASE_STATE_LABELS.values())) == len(CaseState)


def test_every_state_is_reached_from_the_counter_and_leads_to_an_end() -> None:
    reached, todo = {S.RECEIVED}, [S.RECEIVED]
    while todo:
        new = ALLOWED_CASE_TRANSITIONS[todo.pop()] - reached
        reached |= new
        todo += new
    assert reached == set(CaseState)
    assert {s for s in CaseState if is_final(s)} == {
        S.COMPLETED,
        S.REFUSED,
        S.RETURNED,
        S.WITHDRAWN,
    }


def test_the_clock_runs_from_acceptance_and_stands_in_pauses() -> None:
    history = moved(
        S.RECEIVED,
        S.RECTIFICATION,
        S.ACCEPTED,
        S.UNDER_REVIEW,
        S.SPECIAL_PROCEDURE,
        S.UNDER_REVIEW,
        S.COMPLETED,
    )
    hours = [
        ((start - T0) // timedelta(hours=1), end and (end - T0) // timedelta(hours=1))
        for start, end in running_spans(history)
    ]
    assert hours == [(2, 4), (5, 6)]


def test_the_clock_does_not_run_before_acceptance_and_has_no_end_while_it_runs() -> None:
    assert list(running_spans(moved(S.RECEIVED, S.RECTIFICATION))) == []
    assert list(running_spans(moved(S.RECEIVED, S.ACCEPTED))) == [(T0 + timedelta(hours=1), None)]


def test_urging_does_not_touch_the_clock() -> None:
    history = [*moved(S.RECEIVED, S.ACCEPTED), CaseEvent(T0, "applicant", CaseEventKind.URGED)]
    assert len(list(running_spans(history))) == 1


def test_entering_a_state_finishes_what_came_before() -> None:
    way = enter(steps(S.RECEIVED, S.ACCEPTED, S.UNDER_REVIEW, S.COMPLETED), S.RECEIVED, T0)
    after = enter(way, S.UNDER_REVIEW, T0 + timedelta(hours=1))
    assert [bool(s.finished_at) for s in after] == [True, True, False, False]
    assert [bool(s.started_at) for s in after] == [True, True, True, False]
    done = enter(after, S.COMPLETED, T0 + timedelta(hours=2))
    assert all(step.finished_at for step in done)


def test_a_pause_leaves_the_current_step_open() -> None:
    way = enter(steps(S.RECEIVED, S.ACCEPTED, S.UNDER_REVIEW), S.UNDER_REVIEW, T0)
    assert enter(way, S.SPECIAL_PROCEDURE, T0) == way


def test_a_refusal_closes_the_current_step_and_leaves_the_rest_undone() -> None:
    way = enter(steps(S.RECEIVED, S.ACCEPTED, S.UNDER_REVIEW, S.COMPLETED), S.UNDER_REVIEW, T0)
    after = enter(way, S.REFUSED, T0)
    assert [bool(s.finished_at) for s in after] == [True, True, True, False]


def test_steps_of_one_state_follow_each_other_without_a_move() -> None:
    way = enter(steps(S.RECEIVED, S.UNDER_REVIEW, S.UNDER_REVIEW), S.UNDER_REVIEW, T0)
    after = finish_step(way, T0)
    assert after is not None
    assert [bool(s.finished_at) for s in after] == [True, True, False]
    assert after[2].started_at == T0
    assert finish_step(after, T0) is None


def test_a_case_without_a_running_step_has_none_to_finish() -> None:
    assert finish_step(steps(S.RECEIVED), T0) is None
