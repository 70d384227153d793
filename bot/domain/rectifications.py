"""What may be done with the task of a bad review, from which state, and where it leads."""

import enum
from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.reviews import RectificationState

S = RectificationState


class Act(enum.Enum):
    """A step; the value stands in the address of its button."""

    FOLLOW_UP = "follow-up"
    RECTIFY = "rectify"
    EXPLAIN = "explain"
    APPEAL = "appeal"
    UPHOLD = "uphold"
    DISMISS = "dismiss"


ACTS: Mapping[Act, tuple[frozenset[RectificationState], RectificationState]] = MappingProxyType(
    {
        Act.FOLLOW_UP: (frozenset({S.OPEN}), S.FOLLOWED_UP),
        Act.RECTIFY: (frozenset({S.FOLLOWED_UP}), S.RECTIFIED),
        Act.EXPLAIN: (frozenset({S.FOLLOWED_UP}), S.EXPLAINED),
        Act.APPEAL: (frozenset({S.FOLLOWED_UP}), S.APPEALED),
        Act.UPHOLD: (frozenset({S.APPEALED}), S.REJECTED),
        # not right to appeal: it has to be put right
        Act.DISMISS: (frozenset({S.APPEALED}), S.FOLLOWED_UP),
    }
)
"""From where each act leads where; every move is in `ALLOWED_RECTIFICATION_STATES` too."""
