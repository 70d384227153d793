"""Tickets at the desk: the list with its counters, one ticket, and every act on it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.assistance import Assistance
from bot.domain.attachments import Attachment
from bot.domain.case_rules import Colour
from bot.domain.catalogue import Catalogue
from bot.domain.people import DEPARTMENT_ROLES, Agent, AuditEntry, Role
from bot.domain.ticket_acts import Act, possible_acts
from bot.domain.ticket_clocks import ClockLevel, WhistleRules
from bot.domain.ticket_lists import TicketFilter, TicketRow
from bot.domain.tickets import Ticket, TicketState
from bot.planner.calendar import WorkingCalendar
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.tickets import steps
from bot.services.tickets.explanation import ExplainedClock, explained
from bot.services.tickets.stamps import Timing
from bot.services.tickets.steps import UnknownTicket
from bot.services.tickets.whistle_settings import current_rules

PAGE = 50


@dataclass(frozen=True)
class TicketOffice:
    """Somebody at the desk of tickets, at one moment; `rules` are those of the file."""

    unit_of_work: OpenUnitOfWork
    agent: Agent
    now: datetime
    calendar: WorkingCalendar
    rules: WhistleRules
    catalogue: Catalogue

    @property
    def actor(self) -> str:
        """Return how the history names this person."""
        return f"agent:{self.agent.id}"

    def timing(self, uow: UnitOfWork) -> Timing:
        """Return what counts now."""
        return Timing(current_rules(uow, self.rules), self.calendar)


@dataclass(frozen=True)
class TicketList:
    """One page of the list.

    Attributes:
        counts: Tickets of each state under the other filters.
        counters: What waits for this person, by the name of the filter; zeros included.
        page: From 0.
    """

    rows: Sequence[TicketRow]
    counts: Mapping[TicketState, int]
    counters: Mapping[str, int]
    page: int
    has_more: bool


@dataclass(frozen=True)
class TicketPage:
    """Everything about one ticket.

    Attributes:
        acts: What this person may do now.
        extension_left: Working days that may still be asked for.
        names: Display names of staff in the history, by actor.
        assistance: The one-to-one help of its conversation, proposed or under way.
    """

    ticket: Ticket
    clocks: Sequence[ExplainedClock]
    files: Sequence[Attachment]
    acts: Sequence[Act]
    extension_left: int
    names: Mapping[str, str]
    assistance: Assistance | None = None


def departments_seen(agent: Agent) -> tuple[str, ...] | None:
    """Return whose tickets somebody's list shows; None for all of them."""
    if agent.role not in DEPARTMENT_ROLES:
        return None
    return (agent.department_id,) if agent.department_id else ()


def sees(agent: Agent, ticket: Ticket) -> bool:
    """Tell whether somebody may read a ticket: the departments on it, and the help desk."""
    if not agent.is_active:
        return False
    seen = departments_seen(agent)
    if seen is None:
        return True
    return any(one.department_id in seen and not one.proposed for one in ticket.departments)


def counter_filters(agent: Agent) -> Mapping[str, TicketFilter]:
    """Return what somebody has an eye on, by name, in the order of the page."""
    common = {
        "yellow": TicketFilter(colour=Colour.YELLOW),
        "red": TicketFilter(colour=Colour.RED),
        "breached": TicketFilter(level=ClockLevel.BREACHED),
    }
    if agent.role in DEPARTMENT_ROLES:
        own = {
            "report": TicketFilter(needs_report=True),
            "contact": TicketFilter(state=TicketState.REPORTED_IN),
        }
        return {**own, **common}
    desk = {
        "new": TicketFilter(state=TicketState.NEW),
        "returned": TicketFilter(state=TicketState.RETURNED),
        "extension": TicketFilter(state=TicketState.EXTENSION_REQUESTED),
        "answered": TicketFilter(state=TicketState.ANSWERED),
    }
    raised = {"raised": TicketFilter(level=ClockLevel.RAISED)}
    return {**desk, **common, **(raised if agent.role in {Role.SUPERVISOR, Role.ADMIN} else {})}


def list_tickets(office: TicketOffice, wanted: TicketFilter, page: int) -> TicketList:
    """Return one page of the tickets that this person may see."""
    scoped = _scoped(office, wanted)
    with office.unit_of_work() as uow:
        lists, now = uow.ticket_lists, office.now
        rows = lists.page(scoped, now, offset=page * PAGE, limit=PAGE + 1)
        return TicketList(
            rows=rows[:PAGE],
            counts=lists.counts(scoped, now),
            counters={
                name: lists.count(_scoped(office, one), now)
                for name, one in counter_filters(office.agent).items()
            },
            page=page,
            has_more=len(rows) > PAGE,
        )


def export_tickets(office: TicketOffice, wanted: TicketFilter, limit: int) -> Iterator[TicketRow]:
    """Yield at most `limit` tickets of the filtered list; who took them is written down."""
    scoped = _scoped(office, wanted)
    with office.unit_of_work() as uow:
        _audit(uow, office, "tickets_exported", None)
        for count, row in enumerate(uow.ticket_lists.rows(scoped, office.now)):
            if count == limit:
                return
            yield row


def read_ticket(office: TicketOffice, number: str) -> TicketPage:
    """Return one ticket; that it was read is written down.

    Raises:
        UnknownTicket: No such ticket, or not for this person: deliberately the same.
    """
    with office.unit_of_work() as uow:
        ticket = visible(uow, office, number)
        _audit(uow, office, "ticket_read", number)
        timing = office.timing(uow)
        return TicketPage(
            ticket=ticket,
            clocks=explained(ticket, timing, office.now),
            files=uow.ticket_files.of_ticket(ticket.id),
            acts=possible_acts(office.agent, ticket),
            extension_left=timing.rules.extension.value - ticket.granted_days,
            names={f"agent:{one.id}": one.name for one in uow.people.agents()},
            assistance=uow.assistances.open_of(ticket.conversation_id),
        )


def read_file(office: TicketOffice, number: str, file_id: int) -> tuple[Attachment, bytes]:
    """Return a file and its content; that it was read is written down.

    Raises:
        UnknownTicket: No such ticket or file, or not for this person: deliberately the same.
    """
    with office.unit_of_work() as uow:
        ticket = visible(uow, office, number)
        return file_of(uow, ticket, file_id, lambda: _audit(uow, office, "file_read", number))


def file_of(
    uow: UnitOfWork, ticket: Ticket, file_id: int, note: Callable[[], None] = lambda: None
) -> tuple[Attachment, bytes]:
    """Return a file of a ticket and its content; raises `UnknownTicket` when there is none."""
    for one in uow.ticket_files.of_ticket(ticket.id):
        content = uow.ticket_files.content(one.digest) if one.id == file_id else None
        if content is not None:
            note()
            return one, content
    raise UnknownTicket(ticket.number)


def visible(uow: UnitOfWork, office: TicketOffice, number: str) -> Ticket:
    """Return a ticket that this person may read; raises `UnknownTicket`."""
    ticket = steps.get(uow, number)
    if not sees(office.agent, ticket):
        raise UnknownTicket(number)
    return ticket


def _scoped(office: TicketOffice, wanted: TicketFilter) -> TicketFilter:
    seen = departments_seen(office.agent)
    if seen is None:
        return wanted
    asked = wanted.department_ids
    own = seen if asked is None else tuple(one for one in seen if one in asked)
    return replace(wanted, department_ids=own)


def _audit(uow: UnitOfWork, office: TicketOffice, action: str, subject: str | None) -> None:
    uow.people.add_audit(AuditEntry(office.now, office.agent.id, action, subject))
