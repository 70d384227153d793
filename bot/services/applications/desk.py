"""What the window and the departments do with an application; every move reaches the applicant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.application_errors import NoPapersNamed, NotAnApplication, ReasonMissing
from bot.domain.applications import (
    Application,
    LaterPaper,
    PaperRequest,
    check_finish,
    check_request,
)
from bot.domain.cases import Case, CaseEvent, CaseEventKind, CaseState
from bot.domain.catalogue import Catalogue
from bot.domain.people import Agent, AuditEntry
from bot.planner.calendar import WorkingCalendar
from bot.services.applications.rights import check_decides, check_receives
from bot.services.applications.texts import ApplicationTexts
from bot.services.cases.desk import UnknownCase, advance_case_in, finish_case_step_in
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.times.local_time import local_day


@dataclass(frozen=True)
class Window:
    """What the desk's moves are made with.

    Attributes:
        unit_of_work: Opens the transactions.
        agent: Who moves.
        now: Aware UTC.
        catalogue: Knows remedies and limits.
        calendar: Makes and checks days.
        texts: Words of what applicants read.
    """

    unit_of_work: OpenUnitOfWork
    agent: Agent
    now: datetime
    catalogue: Catalogue
    calendar: WorkingCalendar
    texts: ApplicationTexts

    @property
    def actor(self) -> str:
        """Return the actor of the history."""
        return f"agent:{self.agent.id}"


class BadDay(NoPapersNamed):
    """A later paper without a day, or with one that has passed."""


def accept(
    window: Window, *, number: str, later: Sequence[tuple[str, date]] = (), reason: str = ""
) -> Case:
    """Accept an application, with a day for each paper that may come later.

    Raises:
        NotAllowed, UnknownCase, NotAnApplication, CaseMoveRefused, CaseChanged: See there.
        BadDay: A paper without a day from tomorrow on.
    """
    today = local_day(window.now)
    if any(not name or day <= today for name, day in later):
        raise BadDay
    with window.unit_of_work() as uow:
        case, application = _received(window, uow, number)
        known = {one.name for one in application.later}
        fresh = [
            LaterPaper(0, number, name, day, not window.calendar.covers(day))
            for name, day in later
            if name not in known
        ]
        uow.applications.add_later(case.id, fresh)
        said = [window.texts.accepted_with(fresh)] if fresh else []
        told = "\n".join([*filter(None, [reason.strip()]), *said])
        return _move(window, uow, case, CaseState.ACCEPTED, told)


def ask_for_papers(
    window: Window, *, number: str, papers: Sequence[str], reason: str, cause: str = ""
) -> Case:
    """Tell the applicant once and completely what is missing.

    Args:
        window: Who and when.
        number: The case.
        papers: Everything that is missing.
        reason: What is wrong, for the applicant.
        cause: Of a further notice: the paper of the applicant's answer that made it necessary.

    Raises:
        PapersAskedAlready: A further notice that the answer did not cause.
        NoPapersNamed, ReasonMissing: See there.
        NotAllowed, UnknownCase, NotAnApplication, CaseMoveRefused, CaseChanged: See there.

    Source: 行政许可法 第三十二条.
    """
    wanted = tuple(dict.fromkeys(" ".join(paper.split()) for paper in papers if paper.strip()))
    with window.unit_of_work() as uow:
        case, application = _received(window, uow, number)
        check_request(application, wanted, reason, cause)
        request = PaperRequest(
            id=0,
            papers=wanted,
            reason=reason.strip(),
            asked_at=window.now,
            asked_by=window.actor,
            caused_by=cause,
        )
        uow.applications.add_request(case.id, request)
        told = window.texts.second_notice_for(cause, reason) if cause else reason
        if case.state is CaseState.RECTIFICATION:
            return _ask_again(window, uow, case, wanted, told)
        to = CaseState.RECTIFICATION
        return _move(window, uow, case, to, told, missing=wanted)


def begin_review(window: Window, *, number: str) -> Case:
    """Begin the review of an accepted application."""
    with window.unit_of_work() as uow:
        case, _ = _decided(window, uow, number)
        return _move(window, uow, case, CaseState.UNDER_REVIEW, "")


def finish_step(window: Window, *, number: str) -> Case:
    """Finish the current step of the review and begin the next one."""
    with window.unit_of_work() as uow:
        case, _ = _decided(window, uow, number)
        return finish_case_step_in(uow, number=case.number, actor=window.actor, now=window.now)


def complete(window: Window, *, number: str, reason: str = "") -> Case:
    """Finish an application with its result.

    Raises:
        PapersOutstanding: Papers accepted as missing have not come.
    """
    with window.unit_of_work() as uow:
        case, application = _decided(window, uow, number)
        check_finish(application, CaseState.COMPLETED)
        return _move(window, uow, case, CaseState.COMPLETED, reason)


def refuse(window: Window, *, number: str, reason: str) -> Case:
    """Refuse with reason and remedy.

    An application that was accepted is taken into review by the same move.

    Source: 行政许可法 第三十八条.
    """
    with window.unit_of_work() as uow:
        case, _ = _decided(window, uow, number)
        if case.state is CaseState.ACCEPTED:
            case = _move(window, uow, case, CaseState.UNDER_REVIEW, "")
        return _move(window, uow, case, CaseState.REFUSED, _with_remedies(window, reason))


def give_back(window: Window, *, number: str, reason: str) -> Case:
    """Return an application that cannot be accepted, with reason and remedy."""
    with window.unit_of_work() as uow:
        case, _ = _decided(window, uow, number)
        return _move(window, uow, case, CaseState.RETURNED, _with_remedies(window, reason))


def receive_later(window: Window, *, number: str, paper_id: int) -> None:
    """Write down that a paper accepted as missing has come; a second time changes nothing."""
    with window.unit_of_work() as uow:
        case, application = _received(window, uow, number)
        paper = next((one for one in application.later if one.id == paper_id), None)
        if paper is None:
            raise NoPapersNamed
        if uow.applications.receive_later(case.id, paper_id, window.now):
            event = CaseEvent(
                window.now, window.actor, CaseEventKind.SUPPLEMENTED, reason=paper.name
            )
            uow.cases.append(case.id, event)


def remedies_text(catalogue: Catalogue) -> str:
    """Return what an applicant may do against a refusal, each with its source."""
    return "\n".join(
        f"· {one.text}（{one.provenance.source}"
        + ("" if one.provenance.verified else "，以决定书为准")
        + "）"
        for one in catalogue.service_rules.remedies
    )


def _with_remedies(window: Window, reason: str) -> str:
    if not reason.strip():
        raise ReasonMissing
    return window.texts.refused_because(reason.strip(), remedies_text(window.catalogue))


def _move(
    window: Window,
    uow: UnitOfWork,
    case: Case,
    to: CaseState,
    reason: str,
    *,
    missing: Sequence[str] = (),
) -> Case:
    moved = advance_case_in(
        uow,
        number=case.number,
        to=to,
        actor=window.actor,
        now=window.now,
        reason=reason,
        missing=missing,
    )
    entry = AuditEntry(window.now, window.agent.id, f"case_{to.value}", case.number)
    uow.people.add_audit(entry)
    return moved


def _ask_again(
    window: Window, uow: UnitOfWork, case: Case, papers: Sequence[str], reason: str
) -> Case:
    """Put a further notice into the history of a case that waits for papers already."""
    uow.cases.set_missing(case.id, papers)
    state = case.state
    event = CaseEvent(window.now, window.actor, CaseEventKind.MOVED, state, state, reason)
    uow.cases.append(case.id, event)
    found = uow.cases.by_number(case.number)
    assert found is not None
    return found


def _received(window: Window, uow: UnitOfWork, number: str) -> tuple[Case, Application]:
    case, application = _known(uow, number)
    check_receives(window.agent, case, window.catalogue)
    return case, application


def _decided(window: Window, uow: UnitOfWork, number: str) -> tuple[Case, Application]:
    case, application = _known(uow, number)
    check_decides(window.agent, case)
    return case, application


def _known(uow: UnitOfWork, number: str) -> tuple[Case, Application]:
    case = uow.cases.by_number(number)
    if case is None:
        raise UnknownCase(number)
    application = uow.applications.by_case(case.id)
    if application is None:
        raise NotAnApplication(number)
    return case, application
