"""Handing in an application, correcting what is missing, taking it back: the applicant's side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.application_errors import (
    ConsentMissing,
    IncompleteForm,
    NoPapersNamed,
    NothingAsked,
)
from bot.domain.applications import Application, AppliedPaper, NewApplication, PaperRequest
from bot.domain.cases import Case, CaseEvent, CaseEventKind, CaseState
from bot.domain.catalogue import Catalogue
from bot.domain.errors import BotError
from bot.domain.single_form import FilledForm
from bot.planner.calendar import DueDate, WorkingCalendar
from bot.services.applications.target import Target
from bot.services.cases.cases import CaseClosed, CaseNotVerified
from bot.services.cases.desk import APPLICANT, advance_case_in, open_case_in
from bot.services.operating.freezes import refuse_frozen
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.times.local_time import local_day


class HandedInAlready(BotError):
    """The same matter was handed in from this conversation and is still under way.

    Attributes:
        number: Its case.
    """

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


@dataclass(frozen=True)
class Receipt:
    """What the applicant gets for an application.

    Attributes:
        case: As it was opened.
        answer_by: Last day on which the window says whether it is accepted.
        due_if_accepted_today: Last day of the promised limit if it were accepted today; None when
            the matter has no limit that can be counted.
    """

    case: Case
    answer_by: DueDate
    due_if_accepted_today: DueDate | None


@dataclass(frozen=True)
class OpenApplication:
    """A case of this conversation together with its application."""

    case: Case
    application: Application

    @property
    def request(self) -> PaperRequest | None:
        """Return the notice that waits for papers, None when there is none."""
        latest = self.application.requests[-1:] if not self.case.is_final else ()
        return next((one for one in latest if one.answered_at is None), None)

    @property
    def wanted(self) -> tuple[str, ...]:
        """Return the papers that the applicant may hand in now: asked for, or due later."""
        asked = self.request.outstanding if self.request else ()
        later = [one.name for one in self.application.later if one.received_at is None]
        return tuple(dict.fromkeys((*asked, *later))) if not self.case.is_final else ()


def hand_in(
    unit_of_work: OpenUnitOfWork,
    *,
    origin: str,
    target: Target,
    filled: FilledForm,
    papers: Sequence[AppliedPaper],
    has_consent: bool,
    conversation_id: str,
    now: datetime,
    catalogue: Catalogue,
    calendar: WorkingCalendar,
) -> Receipt:
    """Hand in an application; the same origin again returns the first receipt.

    The conversation may look at the case at once, and hears of every move.

    Args:
        unit_of_work: Opens the transaction.
        origin: Idempotency key of this draft, not of the message: pressing twice sends once.
        target: What is applied for.
        filled: The single form.
        papers: As `applied_papers` returns them.
        has_consent: The applicant agreed to the declaration.
        conversation_id: Who hands it in.
        now: Aware UTC.
        catalogue: Knows limits and departments.
        calendar: For the days.

    Raises:
        IncompleteForm: A field is empty or wrong.
        ConsentMissing: There is no consent.
        MatterFrozen: The matter, or one that it joins, is frozen.
        HandedInAlready: The same is under way from this conversation.
    """
    if not filled.is_complete or not filled.credential:
        raise IncompleteForm
    if not has_consent:
        raise ConsentMissing
    with unit_of_work() as uow:
        if uow.cases.by_origin(origin) is None:
            refuse_frozen(uow, target.matter_ids, now)
            _refuse_second(uow, target, filled, conversation_id)
        case = open_case_in(
            uow,
            origin=origin,
            matter_id=target.matter.id,
            applicant_name=filled.applicant,
            phone=filled.phone,
            credential=filled.credential,
            district_id=filled.district_id,
            now=now,
            catalogue=catalogue,
            steps=target.steps,
        )
        application = NewApplication(
            form_id=filled.form.id,
            values=filled.values,
            matter_ids=target.matter_ids,
            papers=tuple(papers),
            conversation_id=conversation_id,
            consented_at=now,
        )
        uow.applications.add(case.id, application)
        uow.cases.grant(case.id, conversation_id, now)
        uow.cases.follow(case.id, conversation_id, now)
    return _receipt(case, catalogue, calendar)


def open_applications(
    unit_of_work: OpenUnitOfWork, conversation_id: str
) -> tuple[OpenApplication, ...]:
    """Return what this conversation has handed in and is not finished, newest first."""
    with unit_of_work() as uow:
        found = []
        for case in uow.applications.of_conversation(conversation_id):
            application = uow.applications.by_case(case.id)
            if application is not None and not case.is_final:
                found.append(OpenApplication(case, application))
        return tuple(found)


def withdraw(
    unit_of_work: OpenUnitOfWork, *, number: str, conversation_id: str, reason: str, now: datetime
) -> Case:
    """Take an application back; a second time changes nothing.

    Raises:
        CaseNotVerified: It is not this conversation's.
        CaseClosed: It is finished in another way.
    """
    with unit_of_work() as uow:
        case = _own(uow, number, conversation_id)
        if case.state is CaseState.WITHDRAWN:
            return case
        if case.is_final:
            raise CaseClosed
        to = CaseState.WITHDRAWN
        return advance_case_in(uow, number=number, to=to, actor=APPLICANT, now=now, reason=reason)


def supplement(
    unit_of_work: OpenUnitOfWork,
    *,
    number: str,
    conversation_id: str,
    papers: Sequence[str],
    origin: str,
    now: datetime,
) -> OpenApplication:
    """Hand in papers that the window asked for or that were to come later.

    The same origin again changes nothing. The window looks at them; until it has, the case stays
    where it is.

    Raises:
        CaseNotVerified: It is not this conversation's.
        CaseClosed: It is finished.
        NothingAsked: Nothing is missing.
        NoPapersNamed: None of the papers named is missing.
    """
    with unit_of_work() as uow:
        case = _own(uow, number, conversation_id)
        if uow.cases.event_by_origin(origin) is not None:
            return _opened(uow, case)
        if case.is_final:
            raise CaseClosed
        opened = _opened(uow, case)
        if not opened.wanted:
            raise NothingAsked
        given = tuple(paper for paper in opened.wanted if paper in papers)
        if not given:
            raise NoPapersNamed
        _note(uow, opened, given, now)
        said = "、".join(given)
        event = CaseEvent(now, APPLICANT, CaseEventKind.SUPPLEMENTED, reason=said)
        uow.cases.append(case.id, event, origin)
        return _opened(uow, _own(uow, number, conversation_id))


def _note(uow: UnitOfWork, opened: OpenApplication, given: tuple[str, ...], now: datetime) -> None:
    request = opened.request
    if request is not None:
        supplied = tuple(p for p in request.papers if p in request.supplied or p in given)
        is_whole = set(supplied) == set(request.papers)
        uow.applications.supply(request.id, supplied, now if is_whole else None)
        left = tuple(paper for paper in request.papers if paper not in supplied)
        uow.cases.set_missing(opened.case.id, left)
    later = opened.application.later
    uow.applications.offer_later([one.id for one in later if one.name in given], now)


def _refuse_second(
    uow: UnitOfWork, target: Target, filled: FilledForm, conversation_id: str
) -> None:
    for case in uow.applications.of_conversation(conversation_id):
        is_same = case.matter_id == target.matter.id and case.credential == filled.credential
        if is_same and not case.is_final:
            raise HandedInAlready(case.number)


def _receipt(case: Case, catalogue: Catalogue, calendar: WorkingCalendar) -> Receipt:
    on = local_day(case.opened_at)
    days = catalogue.service_rules.acceptance.notice_once_working_days
    limit = case.promised or case.statutory
    due = calendar.add_working_days(on, limit.working_days) if limit else None
    return Receipt(case, calendar.add_working_days(on, days), due)


def _own(uow: UnitOfWork, number: str, conversation_id: str) -> Case:
    case = uow.cases.by_number(number)
    if case is None or not uow.cases.is_granted(case.id, conversation_id):
        raise CaseNotVerified(0)
    return case


def _opened(uow: UnitOfWork, case: Case) -> OpenApplication:
    application = uow.applications.by_case(case.id)
    if application is None:
        raise NothingAsked
    return OpenApplication(case, application)
