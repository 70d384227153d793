"""Who sees a plan, and what they are told by themselves."""

import enum
from dataclasses import dataclass, field
from datetime import date

MAX_REMIND_DAYS = 30
"""Calendar days before a due day from which a reminder can be asked for."""

USUAL_REMIND_DAYS = 1


class NoticeKind(enum.Enum):
    """Why somebody is told something about a plan."""

    BEFORE = "before"
    """A due day is near."""

    DUE = "due"
    """A step is due today."""

    MOVED = "moved"
    """The calendar or a rule has changed, and dates have moved."""


@dataclass(frozen=True)
class PlanReader:
    """A conversation that may see a plan, and what it wants to be told.

    Attributes:
        remind_days: Reminded so many calendar days before a due day and on it; None: never.
        remind_on: Next local day on which something may have to be said; None when none.
        is_muted: It wants to hear nothing of this plan by itself.
    """

    plan_id: int
    conversation_id: str = field(repr=False)
    remind_days: int | None
    remind_on: date | None
    is_muted: bool


@dataclass(frozen=True)
class PlanNotice:
    """Something to be said once to one conversation."""

    id: int
    plan_id: int
    conversation_id: str = field(repr=False)
    kind: NoticeKind
    subject: str
    text: str = field(repr=False)
