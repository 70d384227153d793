"""A hot issue: many businesses say the same; a supervisor takes it up and closes it."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from bot.domain.errors import BotError


class HotState(enum.Enum):
    """Where a hot issue stands."""

    RAISED = "raised"
    TAKEN_UP = "taken_up"
    CLOSED = "closed"


HOT_STATE_LABELS: Mapping[HotState, str] = MappingProxyType(
    {HotState.RAISED: "待处理", HotState.TAKEN_UP: "已受理", HotState.CLOSED: "已办结"}
)
"""The states as staff read them."""

ALLOWED_HOT_TRANSITIONS: Mapping[HotState, frozenset[HotState]] = MappingProxyType(
    {
        # closed at once when it is no issue after all
        HotState.RAISED: frozenset({HotState.TAKEN_UP, HotState.CLOSED}),
        HotState.TAKEN_UP: frozenset({HotState.CLOSED}),
        HotState.CLOSED: frozenset(),
    }
)
"""Every move an issue may make; what comes up again later is a new issue."""


class HotEventKind(enum.Enum):
    """What a line of the history says."""

    RAISED = "raised"
    JOINED = "joined"
    TAKEN_UP = "taken_up"
    CLOSED = "closed"
    MERGED = "merged"
    SPLIT = "split"


HOT_EVENT_LABELS: Mapping[HotEventKind, str] = MappingProxyType(
    {
        HotEventKind.RAISED: "发现热点",
        HotEventKind.JOINED: "并入诉求",
        HotEventKind.TAKEN_UP: "受理",
        HotEventKind.CLOSED: "办结",
        HotEventKind.MERGED: "合并",
        HotEventKind.SPLIT: "拆出",
    }
)
"""The lines as staff read them."""


class UnknownHotIssue(BotError):
    """No such issue."""


class HotIssueChanged(BotError):
    """Somebody else moved it first; look at it again."""


class HotMoveRefused(BotError):
    """The table of transitions does not have this move, or the issue is closed."""


class HotReasonNeeded(BotError):
    """What a person does to an issue needs a reason."""


class NothingChosen(BotError):
    """A split without a member, or with all of them; a merge with nothing or with itself."""


@dataclass(frozen=True)
class OpenText:
    """A whistle or complaint that is not closed.

    Attributes:
        number: `CS-…` or `TC-…`.
        business: Key of who said it: equal for the same business.
        name: Of the business as it was given; "" for a complaint.
    """

    number: str
    text: str = field(repr=False)
    business: str = field(repr=False)
    name: str = field(repr=False)
    opened_at: datetime


@dataclass(frozen=True)
class HotMember:
    """A whistle or complaint in an issue; in one at most.

    Attributes:
        by: "clock" or "agent:3".
    """

    number: str
    business: str = field(repr=False)
    joined_at: datetime
    by: str


@dataclass(frozen=True)
class HotEvent:
    """One line of the history; never edited."""

    at: datetime
    actor: str
    kind: HotEventKind
    reason: str = ""


@dataclass(frozen=True)
class NewHotIssue:
    """What is written when an issue is raised.

    Attributes:
        title: The first words of the text that stands in the middle.
        category: Of the text, see `bot.domain.routing`.
        department_id: Who would lead, if known.
    """

    title: str
    category: str
    department_id: str | None
    raised_at: datetime


@dataclass(frozen=True)
class HotIssue(NewHotIssue):
    """An issue as it is stored; `events` is the whole history, oldest first."""

    id: int = 0
    state: HotState = HotState.RAISED
    updated_at: datetime | None = None
    merged_into: int | None = None
    members: tuple[HotMember, ...] = ()
    events: tuple[HotEvent, ...] = ()

    @property
    def businesses(self) -> int:
        """Return how many different ones have said it."""
        return len({one.business for one in self.members})

    @property
    def is_open(self) -> bool:
        """Tell whether there is still something to do."""
        return self.state is not HotState.CLOSED


@dataclass(frozen=True)
class HotRules:
    """When an issue is raised; kept by the operator in `data/services/hot.yml`.

    Attributes:
        businesses: Different ones that make an issue, >= 2.
        window_days: Calendar days that a whistle counts for.
        likeness: Least likeness of two texts, 0 to 1.
    """

    businesses: int
    window_days: int
    likeness: float


def check_hot_move(seen: HotState, to: HotState) -> None:
    """Refuse a move that the table does not have; raises `HotMoveRefused`."""
    if to not in ALLOWED_HOT_TRANSITIONS[seen]:
        raise HotMoveRefused(f"a hot issue cannot go from {seen.value} to {to.value}")
