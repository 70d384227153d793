"""Complaints and suggestions (吐槽找茬): filed with a number, answered in working days."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from bot.domain.errors import BotError


class FeedbackKind(enum.Enum):
    """What it is."""

    COMPLAINT = "complaint"
    SUGGESTION = "suggestion"


class FeedbackState(enum.Enum):
    """Where it stands."""

    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    CHECKING = "checking"
    """An answer is written and waits for a supervisor; the applicant has not read it."""
    ANSWERED = "answered"
    CLOSED = "closed"


FEEDBACK_KIND_LABELS: Mapping[FeedbackKind, str] = MappingProxyType(
    {FeedbackKind.COMPLAINT: "投诉", FeedbackKind.SUGGESTION: "建议"}
)
"""The kinds as applicants and staff read them."""

FEEDBACK_STATE_LABELS: Mapping[FeedbackState, str] = MappingProxyType(
    {
        FeedbackState.RECEIVED: "已登记",
        FeedbackState.IN_PROGRESS: "办理中",
        FeedbackState.CHECKING: "答复待审核",
        FeedbackState.ANSWERED: "已答复",
        FeedbackState.CLOSED: "办结",
    }
)
"""The states as applicants and staff read them."""

ALLOWED_FEEDBACK_TRANSITIONS: Mapping[FeedbackState, frozenset[FeedbackState]] = MappingProxyType(
    {
        FeedbackState.RECEIVED: frozenset({FeedbackState.IN_PROGRESS, FeedbackState.CHECKING}),
        FeedbackState.IN_PROGRESS: frozenset({FeedbackState.CHECKING}),
        # nothing goes out unchecked
        FeedbackState.CHECKING: frozenset({FeedbackState.ANSWERED, FeedbackState.IN_PROGRESS}),
        # done again when the applicant is not content
        FeedbackState.ANSWERED: frozenset({FeedbackState.CLOSED, FeedbackState.IN_PROGRESS}),
        FeedbackState.CLOSED: frozenset(),
    }
)
"""Every move it may make."""


class FeedbackMoveRefused(BotError):
    """The table of transitions does not have this move.

    Attributes:
        seen: The state it is in.
        to: The state that was asked for.
    """

    def __init__(self, seen: FeedbackState, to: FeedbackState) -> None:
        super().__init__(f"feedback cannot go from {seen.value} to {to.value}")
        self.seen = seen
        self.to = to


@dataclass(frozen=True)
class FeedbackTarget:
    """What it is about; any of the three may be unknown.

    Attributes:
        place: Window, person or page in the applicant's words.
    """

    matter_id: str | None = None
    department_id: str | None = None
    place: str = ""


@dataclass(frozen=True)
class FeedbackEvent:
    """One line of the history, shown to the applicant; never edited."""

    at: datetime
    actor: str
    seen: FeedbackState | None
    to: FeedbackState
    reason: str = ""


@dataclass(frozen=True)
class NewFeedback:
    """What is written when somebody complains or suggests.

    Attributes:
        contact_phone: Digits only, or None: nobody has to leave one.
        due_on: Local day by which it is answered.
        due_provisional: The calendar of that year is not official yet, so the day may move.
    """

    number: str
    conversation_id: str
    origin: str
    kind: FeedbackKind
    text: str = field(repr=False)
    target: FeedbackTarget
    contact_phone: str | None = field(repr=False)
    due_on: date
    due_provisional: bool
    opened_at: datetime


@dataclass(frozen=True)
class Feedback(NewFeedback):
    """It as it is stored; `events` is the whole history, oldest first.

    Attributes:
        owner_id: Who answers for it, None as long as nobody was named; staff only.
    """

    id: int = 0
    state: FeedbackState = FeedbackState.RECEIVED
    events: tuple[FeedbackEvent, ...] = ()
    owner_id: int | None = None


def check_feedback_move(seen: FeedbackState, to: FeedbackState) -> None:
    """Refuse a move that the table does not have.

    Raises:
        FeedbackMoveRefused: It does not.
    """
    if to not in ALLOWED_FEEDBACK_TRANSITIONS[seen]:
        raise FeedbackMoveRefused(seen, to)
