"""Whose a case is: the look-up in the register, and the view that both sources share."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain.cases import Case, CaseSource
from bot.domain.errors import BotError
from bot.domain.identity import proves
from bot.planner.calendar import WorkingCalendar
from bot.services.cases.views import CaseView, view_case
from bot.services.platform.errors import Trouble
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.privacy.identity import NotVerified, TooManyTries, judge
from bot.services.times.local_time import local_day


class CaseNotVerified(NotVerified):
    """The case does not exist, or the asker has not proven that it is theirs."""


class CredentialNeeded(BotError):
    """This conversation has not proven yet that the case is its own; ask for the proof."""


@dataclass(frozen=True)
class Question:
    """Who asks for which case.

    Attributes:
        number: As `normalise_case_number` returns it.
        credential: What is said to prove it; None asks whether a proof is needed.
        now: Aware UTC.
    """

    number: str
    credential: str | None = field(repr=False)
    conversation_id: str
    now: datetime


def find_in_register(
    unit_of_work: OpenUnitOfWork, asked: Question, calendar: WorkingCalendar
) -> CaseView:
    """Show a case to the one it belongs to; see `bot.services.cases.cases.find_case`."""
    with unit_of_work() as uow:
        case = uow.cases.by_number(asked.number)
        if case and uow.cases.is_granted(case.id, asked.conversation_id):
            return shown(uow, case, asked, calendar)
        if asked.credential is None:
            raise CredentialNeeded
        error = try_proof(uow, asked, is_proven=proves_register(case, asked.credential))
        if case and error is None:
            uow.cases.grant(case.id, asked.conversation_id, asked.now)
            return shown(uow, case, asked, calendar)
    # outside the transaction, which has to keep the failed try
    assert error is not None
    raise error


def proves_register(case: Case | None, credential: str) -> bool:
    """Tell whether the credential fits a case of the register; takes as long without a case."""
    is_ours = case is not None and case.source is CaseSource.REGISTER
    known = (case.phone, case.credential) if case and is_ours else ("", "")
    return proves(credential, known) and is_ours


def try_proof(
    uow: UnitOfWork, asked: Question, *, is_proven: bool
) -> CaseNotVerified | TooManyTries | None:
    """Count one try; the error is raised by the caller after its transaction has ended."""
    verdict = judge(
        uow,
        conversation_id=asked.conversation_id,
        number=asked.number,
        is_proven=is_proven,
        now=asked.now,
    )
    if isinstance(verdict.error, NotVerified):
        return CaseNotVerified(verdict.error.tries_left)
    return verdict.error


def shown(
    uow: UnitOfWork,
    case: Case,
    asked: Question,
    calendar: WorkingCalendar,
    trouble: Trouble | None = None,
) -> CaseView:
    """Return the view of a case; of a copy it says how old it is, and why it is not newer."""
    return aged(
        uow,
        view_case(
            case,
            is_followed=uow.cases.is_followed(case.id, asked.conversation_id),
            today=local_day(asked.now),
            calendar=calendar,
            as_of=asked.now,
        ),
        case,
        asked.now,
        trouble,
    )


def aged(
    uow: UnitOfWork, view: CaseView, case: Case, now: datetime, trouble: Trouble | None = None
) -> CaseView:
    """Return the view of a platform's case with the age of the copy; others as they are."""
    as_of = known_as_of(uow, case)
    if as_of is None:
        return view
    return replace(view, as_of=as_of, age=max(now - as_of, now - now), trouble=trouble)


def known_as_of(uow: UnitOfWork, case: Case) -> datetime | None:
    """Return the moment for which a copy is known to be right, None for a case of the register.

    When the changes have been heard to their end and none is missing, it is right as of then.
    """
    copy = uow.platform.copy_of(case.id) if case.source is CaseSource.PLATFORM else None
    if copy is None:
        return None
    heard_at = uow.platform.heard_at()
    if heard_at is None or copy.wanted > copy.sequence:
        return copy.fetched_at
    return max(copy.fetched_at, heard_at)
