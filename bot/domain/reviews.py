"""Service reviews (好差评): five levels, and the rectification a bad one opens."""

import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.errors import BotError

MAX_COMMENT_LENGTH = 1000


class TargetKind(enum.Enum):
    """What a review is about."""

    CASE = "case"
    BOOKING = "booking"
    TICKET = "ticket"
    CONVERSATION = "conversation"
    """One service in one conversation; `service_target` makes the target id."""


class RectificationState(enum.Enum):
    """Where the handling of a bad review stands."""

    OPEN = "open"
    FOLLOWED_UP = "followed_up"
    APPEALED = "appealed"
    RECTIFIED = "rectified"
    EXPLAINED = "explained"
    REJECTED = "rejected"


ALLOWED_RECTIFICATION_STATES: Mapping[RectificationState, frozenset[RectificationState]] = {
    RectificationState.OPEN: frozenset({RectificationState.FOLLOWED_UP}),
    RectificationState.FOLLOWED_UP: frozenset(
        {
            RectificationState.RECTIFIED,
            # a demand without a legal basis is explained
            RectificationState.EXPLAINED,
            # the rated side says that it is mistaken or malicious
            RectificationState.APPEALED,
        }
    ),
    RectificationState.APPEALED: frozenset(
        {RectificationState.REJECTED, RectificationState.FOLLOWED_UP}
    ),
    RectificationState.RECTIFIED: frozenset(),
    RectificationState.EXPLAINED: frozenset(),
    RectificationState.REJECTED: frozenset(),
}

THIS_CONVERSATION = "conversation"
"""Stands where a number would, in the button that reviews the conversation itself."""

OWNER = "owner:"
"""How a line of the history begins that names who sees to it; the id of the account follows."""

RECTIFICATION_DONE = frozenset(
    state for state, after in ALLOWED_RECTIFICATION_STATES.items() if not after
)
"""States after which no deadline runs."""


@dataclass(frozen=True)
class Review:
    """One rating. `conversation_id` and `comment` say who rated and stay out of `repr`.

    Attributes:
        level: 5 (best) to 1.
    """

    id: int
    conversation_id: str = field(repr=False)
    target_kind: TargetKind
    target_id: str = field(repr=False)
    level: int
    comment: str = field(repr=False)
    created_at: datetime


@dataclass(frozen=True)
class AnonymousReview:
    """What the rated side sees: no conversation, no target number, no hour of the day.

    Attributes:
        comment: With telephone, identity and case numbers masked.
        rated_on: Local date.
    """

    id: int
    level: int
    comment: str
    rated_on: date


@dataclass(frozen=True)
class Rectification:
    """The task a bad review opens.

    Attributes:
        follow_up_due_on: Local date until which the review must be followed up.
        due_on: Local date until which it must be settled.
        provisional: A due date rests on a year whose calendar is not published.
        owner_id: Who sees to it; None as long as nobody was named.
        department_id: Which department was rated; None for the help desk itself.
    """

    id: int
    review_id: int
    state: RectificationState
    follow_up_due_on: date
    due_on: date
    provisional: bool
    created_at: datetime
    updated_at: datetime
    owner_id: int | None = None
    department_id: str | None = None

    def is_overdue(self, today: date) -> bool:
        """Tell whether a deadline has passed on the local date `today`."""
        if self.state in RECTIFICATION_DONE:
            return False
        is_open = self.state is RectificationState.OPEN
        return today > self.due_on or (is_open and today > self.follow_up_due_on)


@dataclass(frozen=True)
class RectificationEvent:
    """One line of a rectification's history; never edited."""

    rectification_id: int
    state: RectificationState
    actor: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class Verdict:
    """What a rating says about the answer to a whistle, complaint or suggestion."""

    is_negative: bool
    comment: str = field(repr=False)
    at: datetime


class TicketOutcome(enum.Enum):
    """What rating the answer to a whistle did to it."""

    CLOSED = "closed"
    REOPENED = "reopened"
    COMPLAINT = "complaint"
    """It was reopened before: a complaint is offered."""


@dataclass(frozen=True)
class Rating:
    """The outcome of rating: the review and, for a bad one, its task.

    Attributes:
        ticket: What became of a whistle whose answer was rated; None for everything else.
    """

    review: Review
    rectification: Rectification | None
    ticket: TicketOutcome | None = None

    @property
    def rectification_due_on(self) -> date | None:
        """Return the local date until which a bad review is settled, None for a good one."""
        return self.rectification.due_on if self.rectification else None


class AlreadyRated(BotError):
    """This target has its one review already."""


class BadLevel(BotError):
    """Not one of the five levels."""


class UnknownTarget(BotError):
    """The rated thing does not exist or is not this applicant's."""


class RatingClosed(BotError):
    """The target cannot be rated at this time; `reason` is "too_early", "too_late" or "closed"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class UnknownRectification(BotError):
    """No such rectification task."""


class RectificationChanged(BotError):
    """The step is not allowed from the present state, or somebody was faster."""


def service_target(conversation_id: str, service: str = "") -> str:
    """Return the target id of one service in a conversation, or of the whole conversation."""
    return f"{conversation_id}:{service}" if service else conversation_id


def masked_comment(comment: str) -> str:
    """Return a comment without the numbers that could name a person or a case."""
    return re.sub(r"(?i)[a-z]{0,2}[\d０-９][\d０-９\-\sx]{5,}[\d０-９x]", "＊＊＊", comment)
