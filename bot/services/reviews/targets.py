"""What a review is about: the department behind it, and the telephone number it belongs to."""

from bot.domain.bookings import BookingState, UnknownBooking
from bot.domain.cases import CaseState
from bot.domain.feedback import FeedbackState
from bot.domain.reviews import TargetKind
from bot.domain.tickets import TicketState
from bot.services.ports import UnitOfWork

CASE_ENDS = frozenset({CaseState.COMPLETED, CaseState.REFUSED, CaseState.WITHDRAWN})
MET = frozenset({BookingState.ARRIVED, BookingState.DONE})


def department_of(unit: UnitOfWork, kind: TargetKind, number: str) -> str | None:
    """Return which department was rated, None for the help desk itself.

    Args:
        unit: The open transaction.
        kind: What was rated.
        number: Of it, as people write it.
    """
    if kind is TargetKind.CASE:
        case = unit.cases.by_number(number)
        return None if case is None else case.department_id
    if kind is not TargetKind.TICKET:
        return None
    ticket = unit.tickets.by_number(number)
    if ticket is not None:
        return ticket.leading.department_id if ticket.leading else None
    filed = unit.feedback.by_number(number)
    return None if filed is None else filed.target.department_id


def phone_of(unit: UnitOfWork, kind: TargetKind, number: str) -> str | None:
    """Return the telephone number left with a service, None without such a service or number."""
    if kind is TargetKind.CASE:
        case = unit.cases.by_number(number)
        return None if case is None else case.phone
    if kind is TargetKind.BOOKING:
        try:
            return unit.bookings.by_number(number).contact_phone
        except UnknownBooking:
            return None
    if kind is not TargetKind.TICKET:
        return None
    ticket = unit.tickets.by_number(number)
    if ticket is not None:
        return ticket.contact_phone
    filed = unit.feedback.by_number(number)
    return None if filed is None else filed.contact_phone


def is_over(unit: UnitOfWork, kind: TargetKind, number: str) -> bool:
    """Tell whether a service has come so far that it can be reviewed."""
    if kind is TargetKind.CASE:
        case = unit.cases.by_number(number)
        return case is not None and case.state in CASE_ENDS
    if kind is TargetKind.BOOKING:
        try:
            return unit.bookings.by_number(number).state in MET
        except UnknownBooking:
            return False
    ticket = unit.tickets.by_number(number)
    if ticket is not None:
        return ticket.state in {TicketState.ANSWERED, TicketState.CLOSED}
    filed = unit.feedback.by_number(number)
    return filed is not None and filed.state in {FeedbackState.ANSWERED, FeedbackState.CLOSED}
