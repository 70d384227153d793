"""How far a whistle, complaint or suggestion is: one way in for all three, by number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.feedback import FEEDBACK_STATE_LABELS, Feedback, FeedbackKind, FeedbackState
from bot.domain.identity import proves
from bot.domain.ticket_clocks import DueTime
from bot.domain.tickets import (
    INTERNAL_EVENTS,
    TICKET_STATE_LABELS,
    Ticket,
    TicketDepartment,
    TicketState,
    event_label,
)
from bot.services.operating.numbers import NumberKind, normalise_ticket_number
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.privacy.identity import NotVerified, TooManyTries, judge
from bot.services.times.local_time import local_day

__all__ = [
    "HistoryLine",
    "TicketNotVerified",
    "TicketView",
    "TooManyTries",
    "find",
    "normalise_ticket_number",
    "numbers_of",
    "view_of",
]


class TicketNotVerified(NotVerified):
    """The number does not exist, or the asker has not proven that it is theirs."""


@dataclass(frozen=True)
class HistoryLine:
    """One line of the history as its owner reads it; `label` and `reason` are Chinese.

    Attributes:
        department_id: Who did it, "" for nobody in particular.
        days: Working days of an extension, 0 for none.
    """

    at: datetime
    actor: str
    label: str
    reason: str
    department_id: str = ""
    days: int = 0


@dataclass(frozen=True)
class TicketView:
    """A whistle, complaint or suggestion as its owner sees it.

    Attributes:
        kind: Which of the three.
        state_label: The state in Chinese.
        text: What the owner said.
        departments: Of a whistle, the leading one first; else empty.
        is_proposed: The departments are a proposal that a dispatcher has still to confirm.
        report_in_due: When the departments have to report in; None unless a whistle.
        answer_due: When the answer is due; None unless a whistle.
        due_on: Local day by which the answer is due.
        due_provisional: The calendar on the way is not official yet; say so.
        is_overdue: The answer should have come.
        is_report_in_overdue: The departments should have reported in.
        history: Oldest first.
        is_demo: Made-up data; say so.
    """

    number: str
    kind: NumberKind
    state_label: str
    text: str
    opened_at: datetime
    departments: tuple[TicketDepartment, ...]
    is_proposed: bool
    report_in_due: DueTime | None
    answer_due: DueTime | None
    due_on: date
    due_provisional: bool
    is_overdue: bool
    is_report_in_overdue: bool
    is_final: bool
    history: tuple[HistoryLine, ...]
    is_demo: bool


def find(
    unit_of_work: OpenUnitOfWork,
    *,
    number: str,
    conversation_id: str,
    phone_tail: str | None,
    now: datetime,
) -> TicketView:
    """Show a whistle, complaint or suggestion to the one it belongs to.

    The conversation in which it was filed needs no proof. What was filed without a telephone number
    can be seen only there.

    Args:
        unit_of_work: Opens the transaction.
        number: As `normalise_ticket_number` returns it.
        conversation_id: Who asks.
        phone_tail: The telephone number left with it, or its last 4 digits.
        now: Aware UTC.

    Raises:
        TicketNotVerified: No such number, or not theirs; nobody can tell which.
        TooManyTries: Three failed tries within half an hour, or many on this number.
    """
    with unit_of_work() as uow:
        found = _by_number(uow, number)
        if found and _is_own(uow, found, conversation_id):
            return view_of(found, now)
        verdict = judge(
            uow,
            conversation_id=conversation_id,
            number=number,
            is_proven=proves(phone_tail or "", [(found.contact_phone or "") if found else ""]),
            now=now,
        )
        if found and verdict.error is None:
            return view_of(found, now)
    # outside the transaction, which has to keep the failed try
    if isinstance(verdict.error, NotVerified):
        raise TicketNotVerified(verdict.error.tries_left)
    assert verdict.error is not None
    raise verdict.error


def numbers_of(unit_of_work: OpenUnitOfWork, *, conversation_id: str) -> Sequence[str]:
    """Return all numbers that a conversation has filed, newest first."""
    with unit_of_work() as uow:
        filed = [
            *uow.tickets.followed_by(conversation_id),
            *uow.feedback.filed_in(conversation_id),
        ]
    # by the time alone: of two at the same moment the one read first stays first
    return [number for _, number in sorted(filed, key=lambda one: one[0], reverse=True)]


def view_of(found: Ticket | Feedback, now: datetime) -> TicketView:
    """Show one of the three as it stands at `now`."""
    return _of_ticket(found, now) if isinstance(found, Ticket) else _of_feedback(found, now)


def _by_number(uow: UnitOfWork, number: str) -> Ticket | Feedback | None:
    if number.startswith(NumberKind.WHISTLE.value):
        return uow.tickets.by_number(number)
    return uow.feedback.by_number(number)


def _is_own(uow: UnitOfWork, found: Ticket | Feedback, conversation_id: str) -> bool:
    """Tell whether it was filed in this conversation, or a whistle of this one was joined to it."""
    if isinstance(found, Ticket):
        return uow.tickets.is_followed(found.id, conversation_id)
    return found.conversation_id == conversation_id


def _of_ticket(ticket: Ticket, now: datetime) -> TicketView:
    return TicketView(
        number=ticket.number,
        kind=NumberKind.WHISTLE,
        state_label=TICKET_STATE_LABELS[ticket.state],
        text=ticket.description,
        opened_at=ticket.opened_at,
        departments=ticket.departments,
        is_proposed=ticket.is_proposed,
        report_in_due=ticket.report_in_due,
        answer_due=ticket.answer_due,
        due_on=local_day(ticket.answer_due.at),
        due_provisional=ticket.answer_due.provisional or ticket.report_in_due.provisional,
        is_overdue=ticket.is_answer_overdue(now),
        is_report_in_overdue=ticket.is_report_in_overdue(now),
        is_final=ticket.state is TicketState.CLOSED,
        history=tuple(
            HistoryLine(
                event.at,
                event.actor,
                event_label(event),
                event.reason,
                event.department_id or "",
                event.days or 0,
            )
            for event in ticket.events
            if event.kind not in INTERNAL_EVENTS
        ),
        is_demo=ticket.is_demo,
    )


def _of_feedback(feedback: Feedback, now: datetime) -> TicketView:
    is_complaint = feedback.kind is FeedbackKind.COMPLAINT
    is_answered = feedback.state in {FeedbackState.ANSWERED, FeedbackState.CLOSED}
    return TicketView(
        number=feedback.number,
        kind=NumberKind.COMPLAINT if is_complaint else NumberKind.SUGGESTION,
        state_label=FEEDBACK_STATE_LABELS[feedback.state],
        text=feedback.text,
        opened_at=feedback.opened_at,
        departments=(),
        is_proposed=False,
        report_in_due=None,
        answer_due=None,
        due_on=feedback.due_on,
        due_provisional=feedback.due_provisional,
        is_overdue=not is_answered and local_day(now) > feedback.due_on,
        is_report_in_overdue=False,
        is_final=feedback.state is FeedbackState.CLOSED,
        history=tuple(
            HistoryLine(event.at, event.actor, FEEDBACK_STATE_LABELS[event.to], event.reason)
            for event in feedback.events
        ),
        is_demo=False,
    )
