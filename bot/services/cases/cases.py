"""Where a case stands, for its applicant: looking it up, following it, urging it."""

from datetime import date, datetime

from bot.domain.cases import Case, CaseEvent, CaseEventKind, CaseSource
from bot.domain.errors import BotError
from bot.planner.calendar import WorkingCalendar
from bot.services.cases.access import (
    CaseNotVerified,
    CredentialNeeded,
    Question,
    find_in_register,
)
from bot.services.cases.views import CaseView
from bot.services.operating.numbers import normalise_case_number, read_tail
from bot.services.platform.errors import (
    GrantRefused,
    PlatformRefusedUrge,
    PlatformTrouble,
    Trouble,
    UnknownToPlatform,
)
from bot.services.platform.lookup import Platform, PlatformPending, find_with_platform
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.privacy.identity import TooManyTries
from bot.services.times.local_time import local_day

__all__ = [
    "AlreadyUrged",
    "CaseClosed",
    "CaseNotVerified",
    "CaseView",
    "CredentialNeeded",
    "PlatformPending",
    "TooManyTries",
    "find_case",
    "follow_case",
    "is_proven",
    "normalise_case_number",
    "read_tail",
    "recall_by_tail",
    "recall_case_number",
    "unfollow_all",
    "unfollow_case",
    "urge_case",
]

APPLICANT = "applicant"
"""Actor of what the applicant does."""


class CaseClosed(BotError):
    """The case has reached a final state; nothing can be hurried or changed."""


class AlreadyUrged(BotError):
    """The case was urged on this working day (local date) already."""

    def __init__(self, on: date) -> None:
        super().__init__(f"already urged for {on.isoformat()}")
        self.on = on


def find_case(
    unit_of_work: OpenUnitOfWork,
    *,
    number: str,
    credential: str | None,
    conversation_id: str,
    now: datetime,
    calendar: WorkingCalendar,
    platform: Platform | None = None,
) -> CaseView:
    """Show a case to the one it belongs to.

    Once a conversation has proven a case, it needs no proof again.

    Args:
        unit_of_work: Opens the transaction.
        number: As `normalise_case_number` returns it.
        credential: Telephone or credit code or identity number of the case, or the last 4
            characters of one; None asks whether a proof is needed.
        conversation_id: Who asks.
        now: Aware UTC.
        calendar: For the clock of the case.
        platform: The city's approval platform, None where there is none. It is asked after the
            register, or before it if it is set so, and outside of any transaction.

    Raises:
        PlatformPending: The platform has not answered in time; the answer comes by itself.
        CredentialNeeded: `credential` is None and the conversation has not proven the case.
        CaseNotVerified: No such case, or not theirs; nobody can tell which.
        TooManyTries: Three failed tries within half an hour, or many on this number.
    """
    asked = Question(number, credential, conversation_id, now)
    if platform is None:
        return find_in_register(unit_of_work, asked, calendar)
    return find_with_platform(unit_of_work, asked, calendar, platform)


def recall_case_number(
    unit_of_work: OpenUnitOfWork, *, text: str, conversation_id: str
) -> str | None:
    """Return the case number meant by `text`: a whole one, or the tail of a proven case.

    None when there is no number, no proven case ends so, or several do.
    """
    number = normalise_case_number(text)
    if number:
        return number
    fitting = recall_by_tail(unit_of_work, text=text, conversation_id=conversation_id)
    return fitting[0] if len(fitting) == 1 else None


def recall_by_tail(
    unit_of_work: OpenUnitOfWork, *, text: str, conversation_id: str
) -> tuple[str, ...]:
    """Return the proven cases whose number ends with the tail in `text`, the latest first."""
    tail = read_tail(text)
    if tail is None:
        return ()
    with unit_of_work() as uow:
        known = uow.cases.granted_numbers(conversation_id)
    return tuple(number for number in known if number.endswith(tail))


def follow_case(
    unit_of_work: OpenUnitOfWork, *, number: str, conversation_id: str, now: datetime
) -> None:
    """Tell this conversation from now on when the case moves; doing it twice changes nothing.

    Raises:
        CaseNotVerified: The conversation has not proven that the case is its own.
        CaseClosed: Nothing will move any more.
    """
    with unit_of_work() as uow:
        case = _own_case(uow, number, conversation_id)
        if case.is_final:
            raise CaseClosed
        uow.cases.follow(case.id, conversation_id, now)


def unfollow_case(unit_of_work: OpenUnitOfWork, *, number: str, conversation_id: str) -> bool:
    """Tell this conversation no more of a case; what was not told yet is dropped.

    Returns:
        Whether it followed the case.

    Raises:
        CaseNotVerified: The conversation has not proven that the case is its own.
    """
    with unit_of_work() as uow:
        case = _own_case(uow, number, conversation_id)
        uow.case_notices.cancel(case.id, conversation_id)
        return uow.cases.unfollow(case.id, conversation_id)


def unfollow_all(unit_of_work: OpenUnitOfWork, *, conversation_id: str) -> tuple[str, ...]:
    """Tell this conversation no more of any case; returns the numbers that it followed."""
    with unit_of_work() as uow:
        numbers = uow.cases.followed_numbers(conversation_id)
        for number in numbers:
            case = _own_case(uow, number, conversation_id)
            uow.case_notices.cancel(case.id, conversation_id)
            uow.cases.unfollow(case.id, conversation_id)
    return tuple(numbers)


def is_proven(unit_of_work: OpenUnitOfWork, *, number: str, conversation_id: str) -> bool:
    """Tell whether the conversation has proven that the case is its own."""
    with unit_of_work() as uow:
        return number in uow.cases.granted_numbers(conversation_id)


def urge_case(
    unit_of_work: OpenUnitOfWork,
    *,
    number: str,
    conversation_id: str,
    origin: str,
    now: datetime,
    calendar: WorkingCalendar,
    reply_working_days: int = 1,
    platform: Platform | None = None,
) -> CaseEvent:
    """Hurry the department that has the case: an entry in the history and a note for it.

    Once a working day and case; what is said on a day off counts for the next working day. The
    same origin again returns the first entry. The department's answer comes back to this
    conversation.

    Args:
        unit_of_work: Opens the transaction.
        number: The case.
        conversation_id: Who urges.
        origin: Idempotency key.
        now: Aware UTC.
        calendar: Says what a working day is.
        reply_working_days: In which the department answers, counted from the day of the urge.
        platform: Where there is one; a case that it keeps is urged there, outside of any
            transaction.

    Raises:
        CaseNotVerified: The conversation has not proven that the case is its own.
        CaseClosed: The case is finished.
        AlreadyUrged: Somebody has urged it for this working day.
        PlatformTrouble: The platform that keeps the case cannot be asked now.
    """
    on = calendar.add_working_days(local_day(now), 0).on
    _urge_there(unit_of_work, number, conversation_id, on, platform)
    with unit_of_work() as uow:
        case = _own_case(uow, number, conversation_id)
        first = uow.cases.event_by_origin(origin)
        if first:
            return first
        if case.is_final:
            raise CaseClosed
        is_new = uow.case_urges.add(
            case.id,
            department_id=department_in_charge(case),
            on=on,
            conversation_id=conversation_id,
            reply_due_on=calendar.add_working_days(on, reply_working_days).on,
            now=now,
            goes_up=case.source is CaseSource.REGISTER,
        )
        if not is_new:
            raise AlreadyUrged(on)
        event = CaseEvent(now, APPLICANT, CaseEventKind.URGED)
        if case.source is CaseSource.REGISTER:
            uow.cases.append(case.id, event, origin)
        return event


def _urge_there(
    unit_of_work: OpenUnitOfWork,
    number: str,
    conversation_id: str,
    on: date,
    platform: Platform | None,
) -> None:
    """Hurry a case that the platform keeps; the entry comes back with its history."""
    with unit_of_work() as uow:
        case = _own_case(uow, number, conversation_id)
        copy = uow.platform.copy_of(case.id)
        if copy is None or case.is_final:
            return
        if any(urge.on == on for urge in uow.case_urges.of_case(number)):
            raise AlreadyUrged(on)
    if platform is None:
        raise PlatformTrouble(Trouble.DOWN, "not set")
    try:
        key = f"{number}:{on.isoformat()}"
        platform.client.urge(number, copy.grant, key, within_s=platform.within_s)
    except PlatformRefusedUrge as error:
        raise (CaseClosed if error.code == "closed" else AlreadyUrged(on)) from error
    except (GrantRefused, UnknownToPlatform) as error:
        raise PlatformTrouble(Trouble.REFUSED) from error


def department_in_charge(case: Case) -> str:
    """Return the id of the department that has the case now."""
    return case.current_step.department_id if case.current_step else case.department_id


def _own_case(uow: UnitOfWork, number: str, conversation_id: str) -> Case:
    case = uow.cases.by_number(number)
    if case is None or not uow.cases.is_granted(case.id, conversation_id):
        raise CaseNotVerified(0)
    return case
