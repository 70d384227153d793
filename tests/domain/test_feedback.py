from itertools import pairwise

import pytest

from bot.domain.feedback import (
    ALLOWED_FEEDBACK_TRANSITIONS,
    FEEDBACK_STATE_LABELS,
    FeedbackMoveRefused,
    FeedbackState,
    check_feedback_move,
)

S = FeedbackState


def test_feedback_is_worked_on_checked_answered_and_closed_and_may_go_back() -> None:
    walk = [S.RECEIVED, S.IN_PROGRESS, S.CHECKING, S.IN_PROGRESS, S.CHECKING, S.ANSWERED]
    walk += [S.IN_PROGRESS, S.CHECKING, S.ANSWERED, S.CLOSED]
    for seen, to in pairwise(walk):
        check_feedback_move(seen, to)


@pytest.mark.parametrize(
    ("seen", "to"),
    [
        (S.RECEIVED, S.CLOSED),
        (S.IN_PROGRESS, S.CLOSED),
        (S.CLOSED, S.IN_PROGRESS),
        (S.RECEIVED, S.ANSWERED),
        (S.IN_PROGRESS, S.ANSWERED),
    ],
)
def test_feedback_is_not_answered_unchecked_nor_closed_unanswered(
    seen: FeedbackState, to: FeedbackState
) -> None:
    with pytest.raises(FeedbackMoveRefused):
        check_feedback_move(seen, to)


def test_every_state_has_moves_and_a_label() -> None:
    assert set(ALLOWED_FEEDBACK_TRANSITIONS) == set(FEEDBACK_STATE_LABELS) == set(FeedbackState)
