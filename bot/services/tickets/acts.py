"""Doing what a button of the ticket's page says: checked, in one transaction, with its history."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.ticket_acts import ACTS, Act, check_act
from bot.domain.ticket_clocks import Urgency
from bot.domain.tickets import (
    DepartmentState,
    NoLeadingDepartment,
    Ticket,
    TicketEvent,
    TicketEventKind,
    TicketState,
)
from bot.services.ports import UnitOfWork
from bot.services.tickets import steps
from bot.services.tickets.office import TicketOffice, visible
from bot.services.tickets.steps import TicketChanged


@dataclass(frozen=True)
class ActRequest:
    """What the form of a button sends.

    Attributes:
        seen: The state on the page; somebody who acts on another one is told so.
        text: Reason, question, opinion or answer.
        leading: Department that leads, for a dispatch.
        assisting: Departments that assist, for a dispatch.
        urgency: For a dispatch; None leaves it.
        days: Working days, for an extension.
    """

    act: Act
    seen: TicketState
    text: str = ""
    leading: str = ""
    assisting: Sequence[str] = ()
    urgency: Urgency | None = None
    days: int = 0


def act_on(office: TicketOffice, number: str, request: ActRequest) -> Ticket:
    """Do it; of two who press at once, or of two presses, the second is told so.

    Raises:
        UnknownTicket: No such ticket, or not for this person.
        TicketChanged: It is not in the state that was on the page, or somebody was faster.
        ActRefused, ReasonMissing: See `check_act`.
        ExtensionTooLate, ExtensionTooLong, NoLeadingDepartment, UnknownDepartment: As named.
    """
    with office.unit_of_work() as uow:
        visible(uow, office, number)
        ticket = steps.held(uow, number)
        if ticket.state is not request.seen:
            raise TicketChanged(number)
        check_act(request.act, office.agent, ticket, request.text)
        DOERS.get(request.act, _move)(uow, office, ticket, request)
        return steps.counted(uow, ticket, office.timing(uow), office.now)


def _move(uow: UnitOfWork, office: TicketOffice, ticket: Ticket, request: ActRequest) -> None:
    to = ACTS[request.act].to
    assert to is not None
    steps.move(uow, ticket, to, actor=office.actor, reason=request.text, now=office.now)


def _dispatch(uow: UnitOfWork, office: TicketOffice, ticket: Ticket, request: ActRequest) -> None:
    if not request.leading:
        raise NoLeadingDepartment(ticket.number)
    for department_id in (request.leading, *request.assisting):
        office.catalogue.department(department_id)
    if request.urgency is not None and request.urgency is not ticket.urgency:
        uow.tickets.set_urgency(ticket.id, request.urgency)
    _move(uow, office, ticket, request)
    steps.give_to(uow, ticket, request.leading, request.assisting)


def _report_in(uow: UnitOfWork, office: TicketOffice, ticket: Ticket, request: ActRequest) -> None:
    assert request.act is Act.REPORT_IN
    own = str(office.agent.department_id)
    steps.report_in(uow, ticket, own, actor=office.actor, now=office.now)


def _assist(uow: UnitOfWork, office: TicketOffice, ticket: Ticket, request: ActRequest) -> None:
    """An assisting department hands in its opinion, or says that it is not its business."""
    mine = ticket.department(office.agent.department_id)
    assert mine is not None
    state, kind = ASSISTING[request.act]
    steps.set_department(uow, ticket, replace(mine, state=state))
    event = TicketEvent(
        office.now, office.actor, kind, reason=request.text, department_id=mine.department_id
    )
    uow.tickets.append(ticket.id, event)


ASSISTING = {
    Act.CONTRIBUTE: (DepartmentState.CONTRIBUTED, TicketEventKind.CONTRIBUTED),
    Act.LEAVE: (DepartmentState.RETURNED, TicketEventKind.DEPARTMENT_LEFT),
}


def _ask_extension(
    uow: UnitOfWork, office: TicketOffice, ticket: Ticket, request: ActRequest
) -> None:
    steps.ask_extension(
        uow,
        ticket,
        office.timing(uow),
        days=request.days,
        actor=office.actor,
        reason=request.text,
        now=office.now,
    )


def _decide(uow: UnitOfWork, office: TicketOffice, ticket: Ticket, request: ActRequest) -> None:
    steps.decide_extension(
        uow,
        ticket,
        office.timing(uow),
        is_granted=request.act is Act.GRANT_EXTENSION,
        actor=office.actor,
        reason=request.text,
        now=office.now,
    )


def _reopen(uow: UnitOfWork, office: TicketOffice, ticket: Ticket, request: ActRequest) -> None:
    steps.reopen(uow, ticket, actor=office.actor, reason=request.text, now=office.now)


Doer = Callable[[UnitOfWork, TicketOffice, Ticket, ActRequest], None]
DOERS: Mapping[Act, Doer] = {
    Act.DISPATCH: _dispatch,
    Act.REPORT_IN: _report_in,
    Act.CONTRIBUTE: _assist,
    Act.LEAVE: _assist,
    Act.ASK_EXTENSION: _ask_extension,
    Act.GRANT_EXTENSION: _decide,
    Act.REFUSE_EXTENSION: _decide,
    Act.REOPEN: _reopen,
}
"""Acts that do more than move the ticket."""
