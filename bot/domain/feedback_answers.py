"""Answers to complaints and suggestions: written by one, checked by another, then sent."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from bot.domain.errors import BotError
from bot.domain.feedback import FeedbackKind, FeedbackState

SHORTEST_ANSWER = 10
LONGEST_ANSWER = 3000


class Decision(enum.Enum):
    """What the checker made of an answer."""

    OPEN = "open"
    APPROVED = "approved"
    RETURNED = "returned"


class Mark(enum.Enum):
    """What a good answer does; the checker says of each whether it does."""

    ANSWERS = "answers"
    BASIS = "basis"
    NEXT_STEP = "next_step"


MARK_LABELS: Mapping[Mark, str] = MappingProxyType(
    {
        Mark.ANSWERS: "回答了所问的事",
        Mark.BASIS: "说明了依据",
        Mark.NEXT_STEP: "说清了下一步",
    }
)


@dataclass(frozen=True)
class Answer:
    """One answer, as written and as decided; never edited.

    Attributes:
        change: What was changed because of the suggestion (被采纳), "" when it was not taken up.
        remark: Of the checker, for colleagues.
        marks: What the checker found good; empty until decided.
    """

    id: int
    feedback_id: int
    text: str
    change: str
    author_id: int
    written_at: datetime
    decision: Decision = Decision.OPEN
    checker_id: int | None = None
    checked_at: datetime | None = None
    remark: str = ""
    marks: frozenset[Mark] = frozenset()


@dataclass(frozen=True)
class FeedbackFilter:
    """What the desk's list shows; None and "" narrow nothing.

    Attributes:
        department_id: "" for what no department has.
        owner_id: Only what this person answers for.
        is_escalated: Only what waits and went to the supervisors.
        due_until: Only what waits and has its day between today and this one, both included.
    """

    is_open: bool | None = True
    state: FeedbackState | None = None
    kind: FeedbackKind | None = None
    department_id: str | None = None
    is_overdue: bool = False
    due_until: date | None = None
    owner_id: int | None = None
    is_escalated: bool = False
    text: str = ""


@dataclass(frozen=True)
class FeedbackRow:
    """One line of the desk's list."""

    number: str
    kind: FeedbackKind
    text: str
    department_id: str | None
    state: FeedbackState
    opened_at: datetime
    due_on: date
    due_provisional: bool
    owner_id: int | None = None

    def days_over(self, today: date) -> int:
        """Return by how many days the answer is late, 0 when it is not or has gone out."""
        is_due = self.state in WAITING and today > self.due_on
        return (today - self.due_on).days if is_due else 0


WAITING = frozenset({FeedbackState.RECEIVED, FeedbackState.IN_PROGRESS, FeedbackState.CHECKING})
"""States in which the applicant waits for an answer."""


class BadAnswer(BotError):
    """Too short to say anything, or too long."""


class NothingToCheck(BotError):
    """No answer waits, or somebody has decided meanwhile."""


class OwnAnswer(BotError):
    """Whoever wrote an answer does not approve it."""


class RemarkMissing(BotError):
    """An answer goes back without a word why."""


def check_answer(text: str) -> str:
    """Return an answer as it is kept; raises `BadAnswer`."""
    kept = text.strip()
    if not SHORTEST_ANSWER <= len(kept) <= LONGEST_ANSWER:
        raise BadAnswer
    return kept
