"""A whistle ticket: a stuck business calls departments, which must report in and answer."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from bot.domain.errors import BotError
from bot.domain.ticket_clocks import ClockKind, DueTime, TicketClock, Urgency


class TicketState(enum.Enum):
    """Where a ticket stands."""

    NEW = "new"
    DISPATCHED = "dispatched"
    REPORTED_IN = "reported_in"
    IN_PROGRESS = "in_progress"
    CONSULTATION = "consultation"
    WAITING = "waiting"
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
        TicketState.WAITING: "等待企业补充",
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
                TicketState.WAITING,
                TicketState.EXTENSION_REQUESTED,
                TicketState.ANSWERED,
            }
        ),
        TicketState.CONSULTATION: frozenset(
            {
                TicketState.IN_PROGRESS,
                TicketState.WAITING,
                TicketState.EXTENSION_REQUESTED,
                TicketState.ANSWERED,
            }
        ),
        # the clocks stand until the business has said what it was asked
        TicketState.WAITING: frozenset({TicketState.IN_PROGRESS}),
        # granted or not, the work goes on
        TicketState.EXTENSION_REQUESTED: frozenset({TicketState.IN_PROGRESS}),
        TicketState.ANSWERED: frozenset({TicketState.CALL_BACK}),
        # back to work when the business is not content
        TicketState.CALL_BACK: frozenset({TicketState.CLOSED, TicketState.IN_PROGRESS}),
        TicketState.CLOSED: frozenset(),
    }
)
"""Every move a ticket may make; `ticket_acts.ACTS` says who makes them."""

BEFORE_REPORT_IN = frozenset({TicketState.NEW, TicketState.DISPATCHED, TicketState.RETURNED})
"""The report-in clock still runs in these states."""

AFTER_ANSWER = frozenset({TicketState.ANSWERED, TicketState.CALL_BACK, TicketState.CLOSED})
"""The answer clock has stopped in these states."""


class Role(enum.Enum):
    """What a department does on a ticket; exactly one leads once it is dispatched."""

    LEADING = "leading"
    ASSISTING = "assisting"


class DepartmentState(enum.Enum):
    """How far one department is on a ticket."""

    GIVEN = "given"
    REPORTED_IN = "reported_in"
    CONTRIBUTED = "contributed"
    RETURNED = "returned"


DEPARTMENT_STATE_LABELS: Mapping[DepartmentState, str] = MappingProxyType(
    {
        DepartmentState.GIVEN: "待报到",
        DepartmentState.REPORTED_IN: "已报到",
        DepartmentState.CONTRIBUTED: "已交意见",
        DepartmentState.RETURNED: "已退回",
    }
)


class TicketEventKind(enum.Enum):
    """What a line of the history says."""

    OPENED = "opened"
    MOVED = "moved"
    REPORTED_IN = "reported_in"
    CONTRIBUTED = "contributed"
    DEPARTMENT_LEFT = "department_left"
    EXTENDED = "extended"
    NOT_EXTENDED = "not_extended"
    SUPPLEMENTED = "supplemented"
    JOINED = "joined"
    FILE_ADDED = "file_added"
    WARNED = "warned"
    BREACHED = "breached"
    RAISED = "raised"
    REOPENED = "reopened"


TICKET_EVENT_LABELS: Mapping[TicketEventKind, str] = MappingProxyType(
    {
        TicketEventKind.OPENED: "新建",
        TicketEventKind.MOVED: "流转",
        TicketEventKind.REPORTED_IN: "报到",
        TicketEventKind.CONTRIBUTED: "交协办意见",
        TicketEventKind.DEPARTMENT_LEFT: "协办部门退回",
        TicketEventKind.EXTENDED: "同意延期",
        TicketEventKind.NOT_EXTENDED: "不同意延期",
        TicketEventKind.SUPPLEMENTED: "企业补充",
        TicketEventKind.JOINED: "再次吹哨，并入本单",
        TicketEventKind.FILE_ADDED: "企业交附件",
        TicketEventKind.WARNED: "快到期提醒",
        TicketEventKind.BREACHED: "二次吹哨",
        TicketEventKind.RAISED: "提级督办",
        TicketEventKind.REOPENED: "重新办理",
    }
)
"""Lines that no state names."""

INTERNAL_EVENTS = frozenset({TicketEventKind.WARNED, TicketEventKind.CONTRIBUTED})
"""Lines that staff reads and the business does not."""

UNTOLD_EVENTS = INTERNAL_EVENTS | {TicketEventKind.OPENED, TicketEventKind.JOINED}
"""Lines that are not told as news: whoever whistles, or has it done, reads the answer to that."""


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


@dataclass(frozen=True)
class TicketDepartment:
    """A department on a ticket.

    Attributes:
        proposed: Put there by rule; a dispatcher has not confirmed it yet.
        reported_in_at: When it reported in.
        state: How far it is.
    """

    department_id: str
    role: Role
    proposed: bool
    reported_in_at: datetime | None = None
    state: DepartmentState = DepartmentState.GIVEN


@dataclass(frozen=True)
class TicketEvent:
    """One line of the history, shown to the business; never edited.

    Attributes:
        actor: "applicant", "clock", "agent:3" or a department's id.
        reason: In Chinese, for the business to read; "" when there is nothing to add.
        department_id: The department that it is about, if it is about one.
        days: Working days of an extension asked for or granted.
        clock: The clock that a warning, breach or escalation is about.
    """

    at: datetime
    actor: str
    kind: TicketEventKind
    seen: TicketState | None = None
    to: TicketState | None = None
    reason: str = ""
    department_id: str | None = None
    days: int | None = None
    clock: ClockKind | None = None


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
    """A ticket as it is stored.

    Attributes:
        events: The whole history, oldest first.
        clocks: As stored at the last change.
        escalation: The highest level that a clock of it has reached.
        round: How often the business had it reopened.
    """

    id: int = 0
    state: TicketState = TicketState.NEW
    events: tuple[TicketEvent, ...] = ()
    clocks: tuple[TicketClock, ...] = ()
    escalation: int = 0
    round: int = 0

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
        stands = AFTER_ANSWER | {TicketState.WAITING}
        return self.state not in stands and now > self.answer_due.at

    def department(self, department_id: str | None) -> TicketDepartment | None:
        """Return a department on the ticket, None when it is not on it."""
        return next((d for d in self.departments if d.department_id == department_id), None)

    @property
    def is_over(self) -> bool:
        """Nothing can happen any more."""
        return self.state is TicketState.CLOSED

    @property
    def asked_days(self) -> int | None:
        """Return the working days of the extension asked for last."""
        asked = (e for e in reversed(self.events) if e.to is TicketState.EXTENSION_REQUESTED)
        return next((event.days for event in asked), None)

    @property
    def granted_days(self) -> int:
        """Return the working days by which the answer has been put off in this round."""
        total = 0
        for event in self.events:
            if event.kind is TicketEventKind.REOPENED:
                total = 0
            elif event.kind is TicketEventKind.EXTENDED:
                total += event.days or 0
        return total


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
