"""After the answer: the business says whether it is solved; if not, it is done again, once."""

from bot.domain.reviews import TicketOutcome, Verdict
from bot.domain.ticket_clocks import WhistleRules
from bot.domain.tickets import AFTER_ANSWER, Ticket, TicketState
from bot.planner.calendar import WorkingCalendar
from bot.services.ports import UnitOfWork
from bot.services.tickets import steps
from bot.services.tickets.stamps import Timing
from bot.services.tickets.tickets import APPLICANT
from bot.services.tickets.whistle_settings import current_rules

MOST_ROUNDS = 1
"""How often a business can have its ticket reopened; then a complaint is offered."""


def rated_as(ticket: Ticket) -> str:
    """Return what a review of a ticket names: each answer is rated once, the way before it too."""
    if ticket.state not in AFTER_ANSWER:
        return ticket.number
    return f"{ticket.number}/{ticket.round + 1}"


def after_rating(
    uow: UnitOfWork,
    number: str,
    verdict: Verdict,
    *,
    calendar: WorkingCalendar,
    rules: WhistleRules,
) -> TicketOutcome | None:
    """Take an answered ticket on by what the business thinks of the answer, in its transaction.

    Content: it is closed. Not content: the work begins again with a new time to answer, one level
    up, once; after that a complaint is offered and the dispatcher calls back.

    Returns:
        What became of it; None when nothing was answered yet.
    """
    is_negative, comment, now = verdict.is_negative, verdict.comment, verdict.at
    ticket = steps.held(uow, number)
    if ticket.state is TicketState.CLOSED:
        return TicketOutcome.COMPLAINT if is_negative else None
    if ticket.state not in AFTER_ANSWER:
        return None
    if ticket.state is TicketState.ANSWERED:
        to = TicketState.CALL_BACK
        ticket = steps.move(uow, ticket, to, actor=APPLICANT, reason=comment, now=now)
    outcome = TicketOutcome.COMPLAINT
    if not is_negative:
        outcome = TicketOutcome.CLOSED
        steps.move(uow, ticket, TicketState.CLOSED, actor=APPLICANT, reason="", now=now)
    elif ticket.round < MOST_ROUNDS:
        outcome = TicketOutcome.REOPENED
        steps.reopen(uow, ticket, actor=APPLICANT, reason=comment, now=now)
    steps.counted(uow, ticket, Timing(current_rules(uow, rules), calendar), now)
    return outcome
