"""Who answers for a complaint or suggestion, and what the clock does for it."""

import enum
from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import BotError

CLOCK = "clock"
"""Who acts when no person does."""


class OwnerStep(enum.Enum):
    """What happened; history is only appended."""

    NAMED = "named"
    REMINDED = "reminded"
    ESCALATED = "escalated"


OWNER_STEPS = {
    OwnerStep.NAMED: "指定责任人",
    OwnerStep.REMINDED: "提醒责任人",
    OwnerStep.ESCALATED: "超期，提给主管",
}
"""The steps as staff read them; applicants do not see them."""


@dataclass(frozen=True)
class OwnerEvent:
    """One line of it.

    Attributes:
        actor: `agent:<id>`, or `clock`.
    """

    kind: OwnerStep
    owner_id: int
    actor: str
    at: datetime


@dataclass(frozen=True)
class OwnerNotice:
    """What the clock has to write: who is reminded of what, or over whom it goes.

    Attributes:
        feedback_id: The complaint or suggestion.
    """

    feedback_id: int
    owner_id: int
    kind: OwnerStep


class NotAnOwner(BotError):
    """This person does not work in the department, or not on complaints."""
