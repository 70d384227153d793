"""Held slots and the waiting list: who keeps a place while deciding, and who is next."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.halls import Mode
from bot.domain.slots import SlotKind


class HoldPurpose(enum.Enum):
    """Why a slot is held."""

    DECIDING = "deciding"
    OFFERED = "offered"


@dataclass(frozen=True)
class Hold:
    """A place kept for one conversation until a moment; after it the place is free by itself."""

    conversation_id: str
    purpose: HoldPurpose
    district: str
    mode: Mode
    starts_at: datetime
    ends_at: datetime
    kind: SlotKind
    until: datetime
    agent_id: int | None = None

    def is_live(self, now: datetime) -> bool:
        """Tell whether the place is still kept."""
        return now < self.until


class WaitState(enum.Enum):
    """Where a line of the waiting list stands."""

    WAITING = "waiting"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    LEFT = "left"
    MISSED = "missed"


ALLOWED_WAIT_STATES: Mapping[WaitState, frozenset[WaitState]] = {
    # MISSED: the time has come and nothing became free
    WaitState.WAITING: frozenset({WaitState.OFFERED, WaitState.LEFT, WaitState.MISSED}),
    WaitState.OFFERED: frozenset({WaitState.ACCEPTED, WaitState.DECLINED, WaitState.EXPIRED}),
    WaitState.ACCEPTED: frozenset(),
    WaitState.DECLINED: frozenset(),
    WaitState.EXPIRED: frozenset(),
    WaitState.LEFT: frozenset(),
    WaitState.MISSED: frozenset(),
}

ON_THE_LIST = frozenset({WaitState.WAITING, WaitState.OFFERED})


@dataclass(frozen=True)
class Wait:
    """One applicant on the waiting list; ids grow in the order of joining.

    Attributes:
        first_at: Slots that start in [first_at, last_at) are wanted; UTC.
        offered_at: Start of the slot that is offered, None before.
        offer_until: Until when it is kept, None before.
    """

    id: int
    conversation_id: str
    district: str
    mode: Mode
    first_at: datetime
    last_at: datetime
    state: WaitState
    contact_name: str = field(repr=False)
    contact_phone: str = field(repr=False)
    matter_id: str | None
    offered_at: datetime | None
    offer_until: datetime | None
    joined_at: datetime

    def wants(self, starts_at: datetime) -> bool:
        """Tell whether a slot is among those waited for."""
        return self.first_at <= starts_at < self.last_at
