"""A whistle ticket: a stuck business calls departments, which must report in and answer."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from types import MappingProxyType

from bot.domain.errors import BotError


class TicketState(enum.Enum):
    """Where a ticket stands."""

    NEW = "new"
    DISPATCHED = "dispatched"
    REPORTED_IN = "reported_in"
    IN_PROGRESS = "in_progress"
    CONSULTATION = "consultation"
    ANSWERED = "answered"
    EXTENSION_REQUESTED = "extension_requested"
    CALL_BACK = "call_back"
    CLOSED = "closed"
    RETURNED = "returned"


TICKET_STATE_LABELS: Mapping[TicketState, str] = MappingProxyType(
    {
        TicketState.NEW: "新建",
        TicketState.DISPATCHED: "派单",
        TicketState.REPORTED_IN: "报到",
        TicketState.IN_PROGRESS: "办理",
        TicketState.CONSULTATION: "会商",
        TicketState.ANSWERED: "答复",
        TicketState.EXTENSION_REQUESTED: "申请延期",
        TicketState.CALL_BACK: "回访",
        TicketState.CLOSED: "办结",
        TicketState.RETURNED: "退回",
    }
)
"""The states as businesses and staff read them."""

ALLOWED_TICKET_TRANSITIONS: Mapping[TicketState, frozenset[TicketState]] = MappingProxyType(
    {
        TicketState.NEW: frozenset(
            {TicketState.DISPATCHED, TicketState.RETURNED, TicketState.CLOSED}
        ),
        # a department that is not responsible sends it back, and it is dispatched anew
        TicketState.DISPATCHED: frozenset({TicketState.REPORTED_IN, TicketState.RETURNED}),
        TicketState.RETURNED: frozenset({TicketState.DISPATCHED, TicketState.CLOSED}),
        TicketState.REPORTED_IN: frozenset(
            {TicketState.IN_PROGRESS, TicketState.ANSWERED, TicketState.RETURNED}
        ),
        TicketState.IN_PROGRESS: frozenset(
            {
                TicketState.CONSULTATION,
                TicketState.EXTENSION_REQUESTED,
                TicketState.ANSWERED,
            }
        ),
        TicketState.CONSULTATION: frozenset(
            {
                TicketState.IN_PROGRESS,
                TicketState.EXTENSION_REQUESTED,
                TicketState.ANSWERED,
            }
        ),
        # granted or not, the work goes on
        TicketState.EXTENSION_REQUESTED: frozenset({TicketState.IN_PROGRESS}),
        TicketState.ANSWERED: frozenset({TicketState.CALL_BACK}),
        # back to work when the business is not content
        TicketState.CALL_BACK: frozenset({TicketState.CLOSED, TicketState.IN_PROGRESS}),
        TicketState.CLOSED: frozenset(),
    }
)
"""Every move a ticket may make; a second whistle is a new ticket."""

BEFORE_REPORT_IN = frozenset({TicketState.NEW, TicketState.DISPATCHED, TicketState.RETURNED})
"""The report-in clock still runs in these states."""

AFTER_ANSWER = frozenset({TicketState.ANSWERED, TicketState.CALL_BACK, TicketState.CLOSED})
"""The answer clock has stopped in these states."""


class Urgency(enum.Enum):
    """How pressing it is; the limits depend on it."""

    NORMAL = "normal"
    URGENT = "urgent"


class Role(enum.Enum):
    """What a department does on a ticket; exactly one leads once it is dispatched."""

    LEADING = "leading"
    ASSISTING = "assisting"


class TicketEventKind(enum.Enum):
    """What a line of the history says."""

    OPENED = "opened"
    MOVED = "moved"
    REPORTED_IN = "reported_in"
    EXTENDED = "extended"


TICKET_EVENT_LABELS: Mapping[TicketEventKind, str] = MappingProxyType(
    {
        TicketEventKind.OPENED: "新建",
        TicketEventKind.MOVED: "流转",
        TicketEventKind.REPORTED_IN: "报到",
        TicketEventKind.EXTENDED: "同意延期",
    }
)
"""Lines that no state names."""


class TicketMoveRefused(BotError):
    """The table of transitions does not have this move.

    Attributes:
        seen: The state the ticket is in.
        to: The state that was asked for.
    """

    def __init__(self, seen: TicketState, to: TicketState) -> None:
        super().__init__(f"a ticket cannot go from {seen.value} to {to.value}")
        self.seen = seen
        self.to = to


class NoLeadingDepartment(BotError):
    """A ticket is to be dispatched and nobody leads it."""


class DepartmentNotOnTicket(BotError):
    """A department reports in on a ticket that was not given to it."""


class LimitUnit(enum.Enum):
    """Unit of an operator's limit."""

    WORKING_HOUR = "working_hour"
    WORKING_DAY = "working_day"


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


@dataclass(frozen=True)
class WhistleRules:
    """The operator's limits of the whistle.

    Attributes:
        report_in: By urgency, counted from the whistle.
        answer: By urgency, counted from the whistle.
        extension: Added to the answer when an extension is granted.
        opens_at: Local time at which working hours begin.
        closes_at: Local time at which they end; limits in days end at this time.
        keywords: Words of applicants to matter ids, for the proposal of departments.
    """

    report_in: Mapping[Urgency, OperatorLimit]
    answer: Mapping[Urgency, OperatorLimit]
    extension: OperatorLimit
    opens_at: time
    closes_at: time
    keywords: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class DueTime:
    """A moment by which something has to happen.

    Attributes:
        at: Aware UTC.
        provisional: A day on the way has no official calendar yet, so it may still move.
    """

    at: datetime
    provisional: bool


@dataclass(frozen=True)
class TicketDepartment:
    """A department on a ticket.

    Attributes:
        proposed: Put there by rule; a dispatcher has not confirmed it yet.
        reported_in_at: When it reported in.
    """

    department_id: str
    role: Role
    proposed: bool
    reported_in_at: datetime | None = None


@dataclass(frozen=True)
class TicketEvent:
    """One line of the history, shown to the business; never edited.

    Attributes:
        actor: "applicant", "agent:3" or a department's id.
        reason: In Chinese, for the business to read; "" when there is nothing to add.
    """

    at: datetime
    actor: str
    kind: TicketEventKind
    seen: TicketState | None = None
    to: TicketState | None = None
    reason: str = ""


@dataclass(frozen=True)
class NewTicket:
    """What is written when a business blows the whistle.

    Attributes:
        contact_phone: Digits only.
        description: What the business said, as it said it.
        report_in_due: When the departments must have reported in.
        answer_due: When the leading department must have answered.
    """

    number: str
    conversation_id: str
    origin: str
    business_name: str = field(repr=False)
    contact_phone: str = field(repr=False)
    description: str = field(repr=False)
    district_id: str
    urgency: Urgency
    matter_id: str | None
    case_number: str | None
    departments: tuple[TicketDepartment, ...]
    report_in_due: DueTime
    answer_due: DueTime
    opened_at: datetime
    is_demo: bool = False


@dataclass(frozen=True)
class Ticket(NewTicket):
    """A ticket as it is stored; `events` is the whole history, oldest first."""

    id: int = 0
    state: TicketState = TicketState.NEW
    events: tuple[TicketEvent, ...] = ()

    @property
    def leading(self) -> TicketDepartment | None:
        """The department that answers for the whole; None while nobody could be proposed."""
        return next((d for d in self.departments if d.role is Role.LEADING), None)

    @property
    def assisting(self) -> tuple[TicketDepartment, ...]:
        """The other departments."""
        return tuple(d for d in self.departments if d.role is Role.ASSISTING)

    @property
    def is_proposed(self) -> bool:
        """A dispatcher has still to confirm the departments, or to name them."""
        return not self.departments or any(one.proposed for one in self.departments)

    def is_report_in_overdue(self, now: datetime) -> bool:
        """Tell whether the departments should have reported in and have not."""
        return self.state in BEFORE_REPORT_IN and now > self.report_in_due.at

    def is_answer_overdue(self, now: datetime) -> bool:
        """Tell whether the answer is due and has not come."""
        return self.state not in AFTER_ANSWER and now > self.answer_due.at


def event_label(event: TicketEvent) -> str:
    """Return what a line of the history says: the state it led to, else its kind."""
    if event.to and event.kind is TicketEventKind.MOVED:
        return TICKET_STATE_LABELS[event.to]
    return TICKET_EVENT_LABELS[event.kind]


def check_ticket_move(seen: TicketState, to: TicketState) -> None:
    """Refuse a move that the table does not have.

    Raises:
        TicketMoveRefused: It does not.
    """
    if to not in ALLOWED_TICKET_TRANSITIONS[seen]:
        raise TicketMoveRefused(seen, to)
