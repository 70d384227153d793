"""One helper for the whole plan (帮办代办): asked for, agreed to, ended by either side."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import BotError


class AssistanceState(enum.Enum):
    """Where it stands; nothing is shown to the helper before the applicant agreed."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    DECLINED = "declined"
    ENDED = "ended"


ALLOWED_ASSISTANCE_STATES: Mapping[AssistanceState, frozenset[AssistanceState]] = {
    AssistanceState.PROPOSED: frozenset(
        {AssistanceState.ACTIVE, AssistanceState.DECLINED, AssistanceState.ENDED}
    ),
    AssistanceState.ACTIVE: frozenset({AssistanceState.ENDED}),
    AssistanceState.DECLINED: frozenset(),
    AssistanceState.ENDED: frozenset(),
}

OPEN_ASSISTANCE = frozenset({AssistanceState.PROPOSED, AssistanceState.ACTIVE})


@dataclass(frozen=True)
class Assistance:
    """A helper at one applicant's side.

    Attributes:
        subject: Number of the booking or whistle it came from.
        plan_id: The plan it is for; None until the applicant has one.
        agreed_at: When the applicant said yes, None before.
        ended_by: "applicant", "plan" or "agent:<id>"; "" while it is open.
    """

    id: int
    conversation_id: str
    agent_id: int
    subject: str
    plan_id: int | None
    state: AssistanceState
    proposed_at: datetime
    agreed_at: datetime | None
    ended_at: datetime | None
    ended_by: str

    @property
    def is_open(self) -> bool:
        """Tell whether it is proposed or going on."""
        return self.state in OPEN_ASSISTANCE


@dataclass(frozen=True)
class AssistanceEvent:
    """One line of its history; never edited."""

    assistance_id: int
    state: AssistanceState
    actor: str
    reason: str
    at: datetime


class UnknownAssistance(BotError):
    """No such assistance, or it is somebody else's: callers are not told which."""


class AssistanceClosed(BotError):
    """It was declined or has ended."""


class HasHelper(BotError):
    """The applicant has a helper, or is being asked about one, already."""
