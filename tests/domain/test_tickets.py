from itertools import pairwise

import pytest

from bot.domain.tickets import (
    ALLOWED_TICKET_TRANSITIONS,
    TICKET_STATE_LABELS,
    TicketMoveRefused,
    TicketState,
    check_ticket_move,
)

S = TicketState

HAPPY = {
    "solved": [
        S.NEW,
        S.DISPATCHED,
        S.REPORTED_IN,
        S.IN_PROGRESS,
        S.ANSWERED,
        S.CALL_BACK,
        S.CLOSED,
    ],
    "solved at the report": [S.DISPATCHED, S.REPORTED_IN, S.ANSWERED],
    "several departments confer": [S.IN_PROGRESS, S.CONSULTATION, S.ANSWERED],
    "more time": [S.IN_PROGRESS, S.EXTENSION_REQUESTED, S.IN_PROGRESS],
    "not ours": [S.DISPATCHED, S.RETURNED, S.DISPATCHED],
    "business not content": [S.CALL_BACK, S.IN_PROGRESS, S.ANSWERED],
    "no whistle at all": [S.NEW, S.RETURNED, S.CLOSED],
}
UNHAPPY = {
    "no answer before the report": (S.DISPATCHED, S.ANSWERED),
    "no end without a call back": (S.ANSWERED, S.CLOSED),
    "no report before the dispatch": (S.NEW, S.REPORTED_IN),
    "no answer while more time is asked": (S.EXTENSION_REQUESTED, S.ANSWERED),
    "nothing after the end": (S.CLOSED, S.IN_PROGRESS),
}


@pytest.mark.parametrize("walk", HAPPY.values(), ids=HAPPY.keys())
def test_a_ticket_may_walk_this_way(walk: list[TicketState]) -> None:
    for seen, to in pairwise(walk):
        check_ticket_move(seen, to)


@pytest.mark.parametrize(("seen", "to"), UNHAPPY.values(), ids=UNHAPPY.keys())
def test_a_ticket_may_not_move_so(seen: TicketState, to: TicketState) -> None:
    with pytest.raises(TicketMoveRefused) as refused:
        check_ticket_move(seen, to)
    assert (refused.value.seen, refused.value.to) == (seen, to)


def test_every_state_has_moves_and_a_label_and_only_closed_is_final() -> None:
    assert set(ALLOWED_TICKET_TRANSITIONS) == set(TICKET_STATE_LABELS) == set(TicketState)
    assert [s for s in TicketState if not ALLOWED_TICKET_TRANSITIONS[s]] == [S.CLOSED]
