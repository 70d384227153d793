"""What an applicant is shown of a case: ids and facts; names and sentences are made elsewhere."""

import enum
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.cases import PAUSED_STATES, Case, CaseEvent, CaseSource, CaseState, Limit
from bot.planner.calendar import DueDate, WorkingCalendar
from bot.services.cases.clock import CaseClock, read_clock
from bot.services.platform.errors import Trouble
from bot.services.times.local_time import local_day

ACCEPTANCE_WORKING_DAYS = 5
"""In which a case is accepted, or all missing papers are named. Source: 行政许可法 第三十二条."""


class Progress(enum.Enum):
    """Where a step stands."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"


@dataclass(frozen=True)
class StepView:
    """One step; days are local."""

    name: str
    department_id: str
    progress: Progress
    started_on: date | None
    finished_on: date | None


@dataclass(frozen=True)
class CaseView:
    """A case as its applicant sees it; all days are local, all days counted are working days.

    Attributes:
        state_label: The state in Chinese.
        steps: In order; those of a case that ended early are left as they were.
        holder_id: Department that has it now; None when the applicant has, or it is final.
        department_phone: Only if the department gave one for this case.
        is_paused: The clock stands; `due` is then None unless it had passed before.
        waits_for_applicant: Papers are missing, listed in `to_do`.
        working_days_used: Days on which the clock ran.
        working_days_left: Of the promised limit, else of the statutory one; negative when overdue.
        due: By the same limit.
        statutory_due: By the statutory limit.
        is_overdue: `due` is over and the case is not finished.
        reason: What the department said with the last move; "" for nothing.
        is_demo: Made-up data; say so.
        as_of: When this was so; now for the register, earlier for a copy of somebody else's data.
        statutory_left: Working days left of the statutory limit, negative when over.
        accept_by: Last day for accepting the case or asking for papers; None once that is done.
        escalation: Level to which the overdue case has gone; 0 for none.
        source: Who keeps the case.
        is_unclear: The platform has a state of its own: nobody knows what the clock does.
        age: How old the copy of a platform's case is; None for the register, which is never old.
        trouble: Why there is no newer copy; None when the copy is as new as it should be.
    """

    number: str
    matter_id: str
    matter_name: str
    district_id: str
    state: CaseState
    state_label: str
    steps: tuple[StepView, ...]
    holder_id: str | None
    department_phone: str | None
    is_final: bool
    is_paused: bool
    waits_for_applicant: bool
    to_do: tuple[str, ...]
    reason: str
    working_days_used: int
    working_days_left: int | None
    due: DueDate | None
    statutory_due: DueDate | None
    is_overdue: bool
    promised: Limit | None
    statutory: Limit | None
    opened_on: date
    accepted_on: date | None
    finished_on: date | None
    events: tuple[CaseEvent, ...]
    is_followed: bool
    is_demo: bool
    as_of: datetime | None = None
    statutory_left: int | None = None
    accept_by: DueDate | None = None
    escalation: int = 0
    source: CaseSource = CaseSource.REGISTER
    is_unclear: bool = False
    stands_in: frozenset[CaseState] = PAUSED_STATES
    age: timedelta | None = None
    trouble: Trouble | None = None


def view_case(
    case: Case,
    *,
    is_followed: bool,
    today: date,
    calendar: WorkingCalendar,
    as_of: datetime | None = None,
) -> CaseView:
    """Show a case as it stands on the local day `today`."""
    is_unclear = case.state_words is not None
    clock = _clock(case, case.promised or case.statutory, today, calendar)
    statutory = _clock(case, case.statutory, today, calendar)
    waits = case.state is CaseState.RECTIFICATION and not is_unclear
    moves = [event for event in case.events if event.to]
    return CaseView(
        number=case.number,
        matter_id=case.matter_id,
        matter_name=case.matter_name,
        district_id=case.district_id,
        state=case.state,
        state_label=case.state_label,
        steps=_steps(case),
        holder_id=None if waits else _holder(case),
        department_phone=case.department_phone,
        is_final=case.is_final,
        is_paused=case.is_paused,
        waits_for_applicant=waits,
        to_do=case.missing if waits else (),
        reason=moves[-1].reason if moves else "",
        working_days_used=clock.days_used,
        working_days_left=clock.days_left,
        due=clock.due,
        statutory_due=statutory.due,
        is_overdue=clock.is_overdue,
        promised=case.promised,
        statutory=case.statutory,
        opened_on=local_day(case.opened_at),
        accepted_on=local_day(case.accepted_at) if case.accepted_at else None,
        finished_on=local_day(case.finished_at) if case.finished_at else None,
        events=case.events,
        is_followed=is_followed,
        is_demo=case.is_demo,
        as_of=as_of,
        statutory_left=statutory.days_left,
        accept_by=accept_by(case, calendar),
        escalation=case.escalation,
        source=case.source,
        is_unclear=is_unclear,
        stands_in=case.stands_in,
    )


def _clock(case: Case, limit: Limit | None, today: date, calendar: WorkingCalendar) -> CaseClock:
    """Count the days of one limit; in a state that nobody knows there is none."""
    days = limit.working_days if limit and case.state_words is None else None
    return read_clock(case.events, days, today, calendar, case.stands_in)


def _holder(case: Case) -> str | None:
    step = case.current_step
    if case.is_final:
        return None
    return step.department_id if step else case.department_id


def accept_by(case: Case, calendar: WorkingCalendar) -> DueDate | None:
    """Return the last day for accepting a case that has only been received.

    Source: 行政许可法 第三十二条 (five days; without notice the case counts as accepted).
    """
    if case.state is not CaseState.RECEIVED or case.state_words is not None:
        return None
    return calendar.add_working_days(local_day(case.opened_at), ACCEPTANCE_WORKING_DAYS)


def _steps(case: Case) -> tuple[StepView, ...]:
    views = []
    for step in case.steps:
        is_now = step == case.current_step
        done = step.finished_at is not None
        progress = Progress.DONE if done else Progress.NOW if is_now else Progress.NEXT
        views.append(
            StepView(
                name=step.name,
                department_id=step.department_id,
                progress=progress,
                started_on=local_day(step.started_at) if step.started_at else None,
                finished_on=local_day(step.finished_at) if step.finished_at else None,
            )
        )
    return tuple(views)
