"""What the desk's list of tickets shows, what it filters by, and what is still to be told."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.case_rules import Colour
from bot.domain.ticket_clocks import ClockKind, Urgency
from bot.domain.tickets import TicketEvent, TicketState


@dataclass(frozen=True)
class TicketFilter:
    """What the list shows; None and "" mean all.

    Attributes:
        department_ids: Tickets that one of these leads or assists on.
        needs_report: Departments that have not reported in, of `department_ids` if given.
        level: Tickets that have gone at least so far up.
        is_open: Only open ones, or only closed ones.
        text: Part of number, business or description.
    """

    department_ids: tuple[str, ...] | None = None
    district_id: str | None = None
    state: TicketState | None = None
    colour: Colour | None = None
    needs_report: bool = False
    level: int = 0
    is_open: bool | None = True
    text: str = ""


@dataclass(frozen=True)
class TicketRow:
    """One line of the list.

    Attributes:
        leading_id: None before anybody leads.
        due_kind: What is due next.
        escalation: As `ClockLevel`.
    """

    number: str
    business_name: str = field(repr=False)
    description: str = field(repr=False)
    district_id: str
    urgency: Urgency
    state: TicketState
    leading_id: str | None
    assisting_ids: tuple[str, ...]
    opened_at: datetime
    closed_at: datetime | None
    due_at: datetime | None
    due_kind: ClockKind | None
    is_provisional: bool
    colour: Colour
    escalation: int
    is_demo: bool


@dataclass(frozen=True)
class TicketNotice:
    """Something that happened to a ticket and that a conversation has not been told of."""

    id: int
    conversation_id: str
    ticket_number: str
    event: TicketEvent


def colour_at(now: datetime, yellow_at: datetime | None, due_at: datetime | None) -> Colour:
    """Return the colour of a ticket: red after the due time, yellow from the warning on."""
    if due_at is None:
        return Colour.GREY
    if now > due_at:
        return Colour.RED
    return Colour.YELLOW if yellow_at is not None and now >= yellow_at else Colour.GREEN
