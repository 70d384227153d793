"""A plan that was worked out in a conversation and kept, to be read under a secret link."""

import enum
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.domain.errors import BotError


class PlanKind(enum.Enum):
    """Which journey made the plan."""

    START_BUSINESS = "start_business"
    PROJECT = "project"
    LIFE_EVENT = "life_event"


@dataclass(frozen=True)
class SavedPlan:
    """A plan as it was when the applicant was shown it.

    Attributes:
        answers: Slot name to value, as given in the conversation.
        snapshot: What the page shows; see `bot.services.plans.snapshot`.
        version: Which one of the plan's snapshots this is; it grows when dates or rules move.
    """

    id: int
    conversation_id: str = field(repr=False)
    kind: PlanKind
    answers: Mapping[str, Any] = field(repr=False)
    snapshot: Mapping[str, Any] = field(repr=False)
    created_at: datetime
    version: int = 1


class UnknownPlan(BotError):
    """No plan lies under this link."""


def token_hash(token: str) -> str:
    """Return what is stored of a link's secret."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
