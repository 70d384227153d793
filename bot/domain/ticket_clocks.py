"""The clocks of a whistle ticket: limits that the operator sets, and what a stored clock holds."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from types import MappingProxyType


class Urgency(enum.Enum):
    """How pressing it is; the limits depend on it."""

    NORMAL = "normal"
    URGENT = "urgent"


class ClockKind(enum.Enum):
    """What has to happen in time."""

    REPORT_IN = "report_in"
    """Every department on the ticket reports in; one clock a department."""
    FIRST_CONTACT = "first_contact"
    """The leading department speaks with the business."""
    ANSWER = "answer"
    """The leading department answers."""
    SOLVE = "solve"
    """The ticket is closed."""


CLOCK_LABELS: Mapping[ClockKind, str] = MappingProxyType(
    {
        ClockKind.REPORT_IN: "报到",
        ClockKind.FIRST_CONTACT: "首次联系",
        ClockKind.ANSWER: "答复",
        ClockKind.SOLVE: "办结",
    }
)

URGENCY_LABELS: Mapping[Urgency, str] = MappingProxyType(
    {Urgency.NORMAL: "一般", Urgency.URGENT: "紧急"}
)


class LimitUnit(enum.Enum):
    """Unit of an operator's limit."""

    WORKING_HOUR = "working_hour"
    WORKING_DAY = "working_day"


UNIT_LABELS: Mapping[LimitUnit, str] = MappingProxyType(
    {LimitUnit.WORKING_HOUR: "工作小时", LimitUnit.WORKING_DAY: "个工作日"}
)


@dataclass(frozen=True)
class OperatorLimit:
    """A time limit that the operator has set for itself; never presented as law.

    Attributes:
        value: Number in `unit`, > 0.
        source: Who set it, in Chinese.
        verified: False until the operator has confirmed it.
    """

    value: int
    unit: LimitUnit
    source: str
    verified: bool


Periods = tuple[tuple[time, time], ...]
"""Local times (open, close) of one day, in order, without overlap."""


@dataclass(frozen=True)
class OwnHours:
    """Where a department differs from the common working time.

    Attributes:
        periods: Its own spans of a day; empty for the common ones.
        days_off: Days on which it alone does not work.
        extra_days: Days on which it alone works.
    """

    periods: Periods = ()
    days_off: frozenset[date] = frozenset()
    extra_days: frozenset[date] = frozenset()


Limits = Mapping[ClockKind, Mapping[Urgency, OperatorLimit]]
"""By clock and urgency; those of one kind of matter hold only what differs."""


@dataclass(frozen=True)
class MatterKind:
    """A kind of matter that may have limits of its own.

    Attributes:
        name: In Chinese.
        matters: Ids of its matters.
    """

    name: str
    matters: frozenset[str]


@dataclass(frozen=True)
class WhistleRules:
    """The operator's rules of the whistle.

    Attributes:
        limits: Those of any matter; the report-in and the answer count from the whistle, the first
            contact from the report-in, the end from the whistle.
        extension: Most working days by which an answer may be put off in all.
        warn_minutes: Working minutes left at which a warning is given, or half of a shorter limit.
        escalate_minutes: Working minutes after a breach at which the supervisor gets it.
        periods: Common working time of a day.
        departments: Own working time, by department id.
        keywords: Words of applicants to matter ids, for the proposal of departments.
        urgent_words: Words that make a whistle urgent.
        kinds: Kinds of matter by id, no matter in two of them.
        own_limits: What differs for a kind of matter, by its id.
    """

    limits: Limits
    extension: OperatorLimit
    warn_minutes: int
    escalate_minutes: int
    periods: Periods
    departments: Mapping[str, OwnHours] = field(default_factory=dict)
    keywords: Mapping[str, str] = field(default_factory=dict)
    urgent_words: tuple[str, ...] = ()
    kinds: Mapping[str, MatterKind] = field(default_factory=dict)
    own_limits: Mapping[str, Limits] = field(default_factory=dict)

    def kind_of(self, matter_id: str | None) -> str:
        """Return the id of the kind of a matter, "" for none or an unknown one."""
        return next((name for name, one in self.kinds.items() if matter_id in one.matters), "")

    def limit(self, clock: ClockKind, urgency: Urgency, matter_id: str | None) -> OperatorLimit:
        """Return the limit of a matter's kind, else the one of any matter."""
        own = self.own_limits.get(self.kind_of(matter_id), {}).get(clock, {})
        return own.get(urgency) or self.limits[clock][urgency]

    def hours_of(self, department_id: str) -> OwnHours:
        """Return the working time of a department; "" asks for the common one."""
        own = self.departments.get(department_id, OwnHours())
        return OwnHours(own.periods or self.periods, own.days_off, own.extra_days)


@dataclass(frozen=True)
class DueTime:
    """A moment by which something has to happen.

    Attributes:
        at: Aware UTC.
        provisional: A day on the way has no official calendar yet, so it may still move.
    """

    at: datetime
    provisional: bool


class ClockState(enum.Enum):
    """Whether a clock runs."""

    RUNNING = "running"
    STANDING = "standing"
    """It waits for the business."""
    MET = "met"
    """What it waited for has happened."""


class ClockLevel(enum.IntEnum):
    """How far a clock has gone; each is fired once for one due time."""

    NONE = 0
    WARNED = 1
    BREACHED = 2
    """The second whistle (二次吹哨): it is the head of the department's now."""
    RAISED = 3
    """The supervisor has it."""


@dataclass(frozen=True)
class TicketClock:
    """One clock as it is stored.

    Attributes:
        department_id: Whose clock it is; "" before anybody leads: the dispatcher's.
        started_at: Aware UTC, as the other moments.
        due: None while it stands.
        warn_at: When the warning is due.
        raise_at: When the supervisor gets it.
        met_at: When what it waited for happened.
    """

    kind: ClockKind
    department_id: str
    started_at: datetime
    state: ClockState
    due: DueTime | None
    warn_at: datetime | None
    raise_at: datetime | None
    met_at: datetime | None
    level: ClockLevel
    id: int = field(default=0, compare=False)

    @property
    def next_at(self) -> datetime | None:
        """Return when the next level is due; None when nothing more can happen by itself."""
        if self.state is not ClockState.RUNNING or self.due is None:
            return None
        moments = (self.warn_at, self.due.at, self.raise_at, None)
        return moments[self.level]

    def is_overdue(self, now: datetime) -> bool:
        """Tell whether it was not met in time."""
        if self.due is None:
            return False
        return (self.met_at or now) > self.due.at
