"""Cases at the desk: the list, one case, what is done by hand, and answering urges."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.case_rules import CaseRules
from bot.domain.case_watch import CaseFilter, CaseRow, UnknownUrge, Urge, UrgeAnswered
from bot.domain.cases import (
    ALLOWED_CASE_TRANSITIONS,
    Case,
    CaseEvent,
    CaseEventKind,
    CaseState,
)
from bot.domain.people import Agent, AuditEntry, NotAllowed
from bot.planner.calendar import WorkingCalendar
from bot.services.cases import desk as case_desk
from bot.services.cases.access import aged
from bot.services.cases.desk import UnknownCase
from bot.services.cases.explanation import ExplainedDay, explain_days
from bot.services.cases.rights import (
    ReasonNeeded,
    check_moves,
    departments_seen,
    moves,
    sees,
)
from bot.services.cases.stamps import stamp_case
from bot.services.cases.views import CaseView, view_case
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.times.local_time import local_day

PAGE = 50
MOST_URGES = 100
"""Urges shown above the list."""


@dataclass(frozen=True)
class Office:
    """Somebody at the desk of cases, at one moment."""

    unit_of_work: OpenUnitOfWork
    agent: Agent
    now: datetime
    calendar: WorkingCalendar
    rules: CaseRules

    @property
    def today(self) -> date:
        """Return the local day."""
        return local_day(self.now)

    @property
    def actor(self) -> str:
        """Return how the history names this person."""
        return f"agent:{self.agent.id}"


@dataclass(frozen=True)
class CaseList:
    """One page of the list.

    Attributes:
        counts: Cases of each state under the other filters.
        urges: Urges that wait for an answer, the earliest due first; not filtered.
        page: From 0.
    """

    rows: Sequence[CaseRow]
    counts: Mapping[CaseState, int]
    urges: Sequence[Urge]
    page: int
    has_more: bool


@dataclass(frozen=True)
class CasePage:
    """Everything about one case.

    Attributes:
        view: As the applicant sees it.
        days: Every day of the clock.
        leads_to: States that this person may move it to.
        can_finish_step: The current step has another one of the same state after it.
        can_act: This person may answer urges and, unless it is an application, move the case.
        is_application: It was handed in here; the window's page of applications moves it.
        names: Display names of staff in the history, by actor.
    """

    case: Case
    view: CaseView
    urges: Sequence[Urge]
    days: Sequence[ExplainedDay]
    leads_to: Sequence[CaseState]
    can_finish_step: bool
    can_act: bool
    is_application: bool
    names: Mapping[str, str]


def list_cases(office: Office, wanted: CaseFilter, page: int) -> CaseList:
    """Return one page of the cases that this person may see."""
    scoped = _scoped(office, wanted)
    with office.unit_of_work() as uow:
        rows = uow.case_lists.page(scoped, office.today, offset=page * PAGE, limit=PAGE + 1)
        return CaseList(
            rows=rows[:PAGE],
            counts=uow.case_lists.counts(scoped, office.today),
            urges=uow.case_urges.waiting(departments_seen(office.agent), MOST_URGES),
            page=page,
            has_more=len(rows) > PAGE,
        )


def export_cases(office: Office, wanted: CaseFilter, limit: int) -> Iterator[CaseRow]:
    """Yield at most `limit` cases of the filtered list; who took them is written down."""
    scoped = _scoped(office, wanted)
    with office.unit_of_work() as uow:
        _audit(uow, office, "cases_exported", None)
        for count, row in enumerate(uow.case_lists.rows(scoped, office.today)):
            if count == limit:
                return
            yield row


def read_case(office: Office, number: str) -> CasePage:
    """Return one case; that it was read is written down.

    Raises:
        UnknownCase: No such case, or not for this person: deliberately the same.
    """
    with office.unit_of_work() as uow:
        case = _visible(uow, office, number)
        _audit(uow, office, "case_read", number)
        names = {f"agent:{one.id}": one.name for one in uow.people.agents()}
        urges = uow.case_urges.of_case(number)
        is_application = uow.applications.by_case(case.id) is not None
        view = view_case(
            case,
            is_followed=False,
            today=office.today,
            calendar=office.calendar,
            as_of=office.now,
        )
        view = aged(uow, view, case, office.now)
    can_act = moves(office.agent, case)
    can_move = can_act and not is_application
    return CasePage(
        case=case,
        view=view,
        urges=urges,
        days=()
        if view.is_unclear
        else explain_days(case.events, office.today, office.calendar, case.stands_in),
        leads_to=_leads_to(case) if can_move else (),
        can_finish_step=can_move and _has_next_step(case),
        can_act=can_act,
        is_application=is_application,
        names=names,
    )


def move_by_hand(
    office: Office, *, number: str, to: CaseState, reason: str, missing: Sequence[str] = ()
) -> Case:
    """Move a case; the applicant gets the reason, and the due dates are counted at once.

    Raises:
        UnknownCase: As `read_case`.
        NotAllowed: The person may read it and no more.
        ReasonNeeded: No reason.
        CaseMoveRefused, MissingPapersNotNamed, CaseChanged: See `case_desk.advance_case`.
    """
    with office.unit_of_work() as uow:
        _check_by_hand(uow, office, number, reason)
        case = case_desk.advance_case_in(
            uow,
            number=number,
            to=to,
            actor=office.actor,
            now=office.now,
            reason=reason,
            missing=missing,
        )
        stamp_case(uow, case, rules=office.rules, calendar=office.calendar)
        return case


def finish_step_by_hand(office: Office, *, number: str, reason: str) -> Case:
    """Finish the current step and begin the next one of the same state.

    Raises:
        UnknownCase, NotAllowed, ReasonNeeded: As `move_by_hand`.
        CaseChanged: No step of this state is left.
    """
    with office.unit_of_work() as uow:
        _check_by_hand(uow, office, number, reason)
        return case_desk.finish_case_step_in(
            uow, number=number, actor=office.actor, now=office.now, reason=reason
        )


def answer_urge(office: Office, *, number: str, on: date, text: str) -> None:
    """Answer an urge; the answer goes to the conversation that urged, and into the history.

    Raises:
        UnknownCase, NotAllowed, ReasonNeeded: As `move_by_hand`; the answer is the reason.
        UnknownUrge: The case was not urged for this day.
        UrgeAnswered: Somebody else was faster.
    """
    with office.unit_of_work() as uow:
        case = _check(uow, office, number, text)
        urge = next((one for one in uow.case_urges.of_case(number) if one.on == on), None)
        if urge is None:
            raise UnknownUrge
        if not uow.case_urges.reply(case.id, on, text=text, by=office.actor, now=office.now):
            raise UrgeAnswered
        event = CaseEvent(office.now, office.actor, CaseEventKind.URGE_ANSWERED, reason=text)
        event_id = uow.cases.append(case.id, event)
        if urge.conversation_id is not None:
            uow.case_notices.add(case.id, urge.conversation_id, event_id, office.now)


def _scoped(office: Office, wanted: CaseFilter) -> CaseFilter:
    seen = departments_seen(office.agent)
    if seen is None:
        return wanted
    asked = wanted.department_ids
    own = seen if asked is None else tuple(one for one in seen if one in asked)
    return replace(wanted, department_ids=own)


def _check(uow: UnitOfWork, office: Office, number: str, reason: str) -> Case:
    case = _visible(uow, office, number)
    check_moves(office.agent, case)
    if not reason.strip():
        raise ReasonNeeded
    return case


def _check_by_hand(uow: UnitOfWork, office: Office, number: str, reason: str) -> None:
    case = _check(uow, office, number, reason)
    if uow.applications.by_case(case.id) is not None:
        raise NotAllowed  # its own page knows what has to be told once and completely


def _visible(uow: UnitOfWork, office: Office, number: str) -> Case:
    case = uow.cases.by_number(number)
    if case is None or not sees(office.agent, case):
        raise UnknownCase(number)
    return case


def _leads_to(case: Case) -> tuple[CaseState, ...]:
    order = list(CaseState)
    # an applicant withdraws; the department does not do it for them
    allowed = ALLOWED_CASE_TRANSITIONS[case.state] - {CaseState.WITHDRAWN}
    return tuple(sorted(allowed, key=order.index))


def _has_next_step(case: Case) -> bool:
    current = case.current_step
    if current is None:
        return False
    following = case.steps.index(current) + 1
    return following < len(case.steps) and case.steps[following].state is current.state


def _audit(uow: UnitOfWork, office: Office, action: str, subject: str | None) -> None:
    uow.people.add_audit(AuditEntry(office.now, office.agent.id, action, subject))
