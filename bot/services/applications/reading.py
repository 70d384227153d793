"""What the desk shows of applications: a list with colours, one page with everything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.application_errors import NotAnApplication
from bot.domain.applications import Application, LaterPaper
from bot.domain.cases import CASE_STATE_LABELS, Case, CaseState
from bot.domain.people import AuditEntry
from bot.services.applications.clock import Urgency, urgency_of
from bot.services.applications.desk import Window
from bot.services.applications.ports import ApplicationFilter
from bot.services.applications.rights import check_sees, decides, departments_seen, receives
from bot.services.cases.desk import UnknownCase
from bot.services.times.local_time import local_day

PAGE_SIZE = 50


@dataclass(frozen=True)
class Row:
    """One line of the list.

    Attributes:
        is_answered: The applicant has handed in what was asked for, and nobody has looked yet.
    """

    case: Case
    urgency: Urgency
    received_on: date
    is_answered: bool


@dataclass(frozen=True)
class ApplicationList:
    """One page of the list.

    Attributes:
        counts: All states with their number, whatever state is shown.
        overdue: Papers accepted as missing whose day is over.
    """

    rows: tuple[Row, ...]
    counts: Mapping[CaseState, int]
    overdue: Sequence[LaterPaper]
    page: int
    has_more: bool


@dataclass(frozen=True)
class ApplicationPage:
    """One application with everything the window needs.

    Attributes:
        names: Who did what: actor of the history to a name.
    """

    case: Case
    application: Application
    urgency: Urgency
    names: Mapping[str, str]
    may_receive: bool
    may_decide: bool

    @property
    def state_label(self) -> str:
        """Return the state in Chinese."""
        return CASE_STATE_LABELS[self.case.state]


def list_applications(window: Window, wanted: ApplicationFilter, page: int) -> ApplicationList:
    """Return one page (from 0) of what this member of staff may see."""
    seen = departments_seen(window.agent)
    if seen is not None:
        wanted = replace(wanted, department_ids=seen)
    today = local_day(window.now)
    with window.unit_of_work() as uow:
        found = uow.applications.find(wanted, limit=PAGE_SIZE + 1, offset=page * PAGE_SIZE)
        rows = []
        for case in found[:PAGE_SIZE]:
            application = uow.applications.by_case(case.id)
            asked = application.requests if application else ()
            waits = case.state is CaseState.RECTIFICATION
            rows.append(
                Row(
                    case=case,
                    urgency=urgency_of(case, today, window.catalogue, window.calendar),
                    received_on=local_day(case.opened_at),
                    is_answered=waits and bool(asked) and asked[-1].answered_at is not None,
                )
            )
        return ApplicationList(
            rows=tuple(rows),
            counts=uow.applications.count_by_state(wanted),
            overdue=uow.applications.overdue_later(today, seen or ()),
            page=page,
            has_more=len(found) > PAGE_SIZE,
        )


def read_application(window: Window, number: str) -> ApplicationPage:
    """Return one application; that it was read goes into the audit trail.

    Raises:
        UnknownCase: No such case.
        NotAnApplication: It was not handed in here.
        NotAllowed: Not for this member of staff.
    """
    with window.unit_of_work() as uow:
        case = uow.cases.by_number(number)
        if case is None:
            raise UnknownCase(number)
        application = uow.applications.by_case(case.id)
        if application is None:
            raise NotAnApplication(number)
        check_sees(window.agent, case, window.catalogue)
        entry = AuditEntry(window.now, window.agent.id, "application_read", number)
        uow.people.add_audit(entry)
        names = {f"agent:{one.id}": one.name for one in uow.people.agents()}
    return ApplicationPage(
        case=case,
        application=application,
        urgency=urgency_of(case, local_day(window.now), window.catalogue, window.calendar),
        names=names,
        may_receive=receives(window.agent, case, window.catalogue),
        may_decide=decides(window.agent, case),
    )
