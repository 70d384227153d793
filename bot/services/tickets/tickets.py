"""The whistle: opening a ticket, and each step that departments and dispatchers take on it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain.catalogue import Catalogue
from bot.domain.errors import BotError
from bot.domain.identity import compact
from bot.domain.ticket_clocks import ClockKind, DueTime, Urgency, WhistleRules
from bot.domain.tickets import (
    NewTicket,
    NoLeadingDepartment,
    Ticket,
    TicketEvent,
    TicketEventKind,
    TicketState,
)
from bot.planner.calendar import WorkingCalendar
from bot.services.operating.numbers import NumberKind, hold_numbers, next_number
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.tickets import steps
from bot.services.tickets.dispatch import find_matter
from bot.services.tickets.routing import Router, record_decision, record_proposal, route
from bot.services.tickets.similar import business_key
from bot.services.tickets.stamps import Timing
from bot.services.tickets.steps import TicketChanged as TicketChanged  # noqa: PLC0414 - raised here
from bot.services.tickets.steps import UnknownTicket as UnknownTicket  # noqa: PLC0414 - likewise
from bot.services.tickets.whistle_settings import current_rules
from bot.services.times.deadlines import due_after

APPLICANT = "applicant"


class WhistleIncomplete(BotError):
    """A whistle without a business, or without saying what is stuck.

    Attributes:
        lacks_business: Who is stuck was not said; otherwise what is.
    """

    def __init__(self, *, lacks_business: bool) -> None:
        super().__init__("business" if lacks_business else "description")
        self.lacks_business = lacks_business


@dataclass(frozen=True)
class Whistle:
    """What a business says when it blows the whistle.

    Attributes:
        actor: Who opens it: the business itself, or who writes it down for the business.
    """

    origin: str
    conversation_id: str
    business_name: str = field(repr=False)
    phone: str = field(repr=False)
    district: str
    description: str = field(repr=False)
    case_number: str | None = None
    actor: str = APPLICANT


def open_whistle(
    unit_of_work: OpenUnitOfWork,
    *,
    origin: str,
    conversation_id: str,
    business_name: str,
    phone: str,
    district: str,
    description: str,
    now: datetime,
    calendar: WorkingCalendar,
    catalogue: Catalogue,
    rules: WhistleRules,
    matter_id: str | None = None,
    case_number: str | None = None,
    urgency: Urgency | None = None,
    is_demo: bool = False,
    router: Router | None = None,
) -> Ticket:
    """Open a ticket with proposed departments; the same origin again returns the first ticket.

    Args:
        unit_of_work: Opens the transaction.
        origin: Idempotency key.
        conversation_id: Where the business talks to us; it may see the ticket without proof.
        business_name: As the business calls itself.
        phone: Digits of the telephone to call back.
        district: Id of a division or functional zone.
        description: What is stuck, in the business's words.
        now: Aware UTC.
        calendar: For the due times.
        catalogue: Knows departments and matters.
        rules: The operator's limits in the file; what was saved in the desk counts before them.
        matter_id: The matter it is about, if known; else the words decide.
        case_number: The case it is about, if any.
        urgency: Decides the limits; None lets the words decide.
        is_demo: Made-up data.
        router: Proposes departments by the text too; without it only by rule.

    Raises:
        WhistleIncomplete: No business or no description.
        UnknownMatter: The catalogue does not have the matter.
        UnknownDistrict: The catalogue does not have the district.
    """
    whistle = Whistle(
        origin=origin,
        conversation_id=conversation_id,
        business_name=business_name,
        phone=phone,
        district=district,
        description=description,
        case_number=case_number,
    )
    with unit_of_work() as uow:
        return open_whistle_in(
            uow,
            whistle,
            now=now,
            catalogue=catalogue,
            timing=Timing(current_rules(uow, rules), calendar),
            matter_id=matter_id,
            urgency=urgency,
            is_demo=is_demo,
            router=router,
        )


def open_whistle_in(
    uow: UnitOfWork,
    whistle: Whistle,
    *,
    now: datetime,
    catalogue: Catalogue,
    timing: Timing,
    matter_id: str | None = None,
    urgency: Urgency | None = None,
    is_demo: bool = False,
    router: Router | None = None,
) -> Ticket:
    """Open a ticket in an open transaction; as `open_whistle`."""
    catalogue.district(whistle.district)
    for text in (whistle.business_name, whistle.description):
        if not text.strip():
            raise WhistleIncomplete(lacks_business=text is whistle.business_name)
    rules, said = timing.rules, whistle.description
    matter = (
        catalogue.matter(matter_id) if matter_id else find_matter(catalogue, rules.keywords, said)
    )
    proposal, departments = route(router, catalogue, matter, said)
    level = urgency or urgency_of(said, rules)
    hold_numbers(uow, NumberKind.WHISTLE, now)
    known = uow.tickets.by_origin(whistle.origin)
    if known:
        return known
    matter_known = matter.id if matter else None
    report_in, answer = _first_due(timing, level, matter_known, now)
    ticket = NewTicket(
        number=next_number(uow, NumberKind.WHISTLE, now),
        conversation_id=whistle.conversation_id,
        origin=whistle.origin,
        business_name=whistle.business_name,
        contact_phone=compact(whistle.phone),
        description=said,
        district_id=whistle.district,
        urgency=level,
        matter_id=matter_known,
        case_number=whistle.case_number,
        departments=departments,
        report_in_due=report_in,
        answer_due=answer,
        opened_at=now,
        is_demo=is_demo,
    )
    ticket_id = uow.tickets.add(ticket, business_key(whistle.business_name))
    record_proposal(uow, ticket.number, proposal, now)
    opened = TicketEvent(now, whistle.actor, TicketEventKind.OPENED, None, TicketState.NEW)
    uow.tickets.append(ticket_id, opened)
    return steps.counted(uow, steps.get(uow, ticket.number), timing, now)


def _first_due(
    timing: Timing, level: Urgency, matter_id: str | None, now: datetime
) -> tuple[DueTime, DueTime]:
    """Return by when somebody reports in and by when there is an answer."""
    rules = timing.rules
    report_in, answer = (
        due_after(rules.limit(clock, level, matter_id), now, rules, timing.calendar)
        for clock in (ClockKind.REPORT_IN, ClockKind.ANSWER)
    )
    return report_in, answer


def urgency_of(description: str, rules: WhistleRules) -> Urgency:
    """Return how pressing the words make it; a dispatcher may change it."""
    is_urgent = any(word in description for word in rules.urgent_words)
    return Urgency.URGENT if is_urgent else Urgency.NORMAL


def my_tickets(unit_of_work: OpenUnitOfWork, *, conversation_id: str) -> Sequence[Ticket]:
    """Return the tickets of a conversation, newest first."""
    with unit_of_work() as uow:
        return uow.tickets.of_conversation(conversation_id)


def dispatch_ticket(
    unit_of_work: OpenUnitOfWork,
    *,
    number: str,
    leading: str,
    assisting: Sequence[str],
    actor: str,
    now: datetime,
    calendar: WorkingCalendar,
    catalogue: Catalogue,
    rules: WhistleRules,
    reason: str = "",
) -> Ticket:
    """Confirm or change the departments and send the ticket to them.

    Dispatched a second time, after a department sent it back, the new departments get a new time
    to report in; the answer stays due when it was promised.

    Raises:
        UnknownTicket: No such ticket.
        UnknownDepartment: The catalogue does not have a department.
        TicketMoveRefused: It is neither new nor returned.
        TicketChanged: Somebody else moved it at the same time.
    """
    for department_id in (leading, *assisting):
        catalogue.department(department_id)
    with unit_of_work() as uow:
        timing = Timing(current_rules(uow, rules), calendar)
        ticket = steps.get(uow, number)
        steps.move(uow, ticket, TicketState.DISPATCHED, actor=actor, reason=reason, now=now)
        steps.give_to(uow, ticket, leading, assisting)
        record_decision(uow, subject=number, decided_id=leading, actor=actor, now=now)
        return steps.counted(uow, ticket, timing, now)


def report_in(
    unit_of_work: OpenUnitOfWork,
    *,
    number: str,
    department_id: str,
    actor: str,
    now: datetime,
    calendar: WorkingCalendar,
    rules: WhistleRules,
) -> Ticket:
    """A department reports in; the leading one takes the ticket on. Twice changes nothing.

    Raises:
        UnknownTicket: No such ticket.
        DepartmentNotOnTicket: It was not given to this department.
        TicketMoveRefused: It has not been dispatched, or is closed.
        TicketChanged: Somebody else moved it at the same time.
    """
    with unit_of_work() as uow:
        ticket = steps.held(uow, number)
        steps.report_in(uow, ticket, department_id, actor=actor, now=now)
        return steps.counted(uow, ticket, Timing(current_rules(uow, rules), calendar), now)


def move_ticket(
    unit_of_work: OpenUnitOfWork,
    *,
    number: str,
    to: TicketState,
    actor: str,
    reason: str,
    now: datetime,
    calendar: WorkingCalendar,
    rules: WhistleRules,
) -> Ticket:
    """Move a ticket; the business reads state and reason.

    Dispatching as proposed confirms the proposal. Work that starts again because the business was
    not content gets a new time to answer.

    Raises:
        UnknownTicket: No such ticket.
        TicketMoveRefused: The table of transitions does not have this move.
        NoLeadingDepartment: It is to be dispatched and nobody leads.
        TicketChanged: Somebody else moved it at the same time.
    """
    with unit_of_work() as uow:
        timing = Timing(current_rules(uow, rules), calendar)
        ticket = steps.get(uow, number)
        if ticket.state is TicketState.CALL_BACK and to is TicketState.IN_PROGRESS:
            steps.reopen(uow, ticket, actor=actor, reason=reason, now=now)
            return steps.counted(uow, ticket, timing, now)
        if to is TicketState.DISPATCHED and ticket.leading is None:
            raise NoLeadingDepartment(number)
        steps.move(uow, ticket, to, actor=actor, reason=reason, now=now)
        if to is TicketState.DISPATCHED:
            confirmed = [replace(d, proposed=False) for d in ticket.departments]
            uow.tickets.set_departments(ticket.id, confirmed)
        return steps.counted(uow, ticket, timing, now)


def grant_extension(
    unit_of_work: OpenUnitOfWork,
    *,
    number: str,
    actor: str,
    reason: str,
    now: datetime,
    calendar: WorkingCalendar,
    rules: WhistleRules,
) -> Ticket:
    """Grant the extension that was asked for: the answer is due later, and work goes on.

    Raises:
        UnknownTicket: No such ticket.
        TicketMoveRefused: Nobody has asked for an extension.
        TicketChanged: Somebody else moved it at the same time.
    """
    with unit_of_work() as uow:
        timing = Timing(current_rules(uow, rules), calendar)
        ticket = steps.get(uow, number)
        steps.decide_extension(
            uow, ticket, timing, is_granted=True, actor=actor, reason=reason, now=now
        )
        return steps.counted(uow, ticket, timing, now)
