"""Due dates of a case that are stored when they change, so that no sweep has to compute them."""

import hashlib
from datetime import date

from bot.domain.case_rules import CaseRules, Stamp
from bot.domain.cases import Case, CaseSource, CaseState
from bot.planner.calendar import ONE_DAY, DueDate, WorkingCalendar
from bot.services.cases.clock import read_clock
from bot.services.cases.views import ACCEPTANCE_WORKING_DAYS, accept_by
from bot.services.ports import UnitOfWork
from bot.services.times.local_time import local_day

KEY_LENGTH = 16


def stamp_case(
    uow: UnitOfWork,
    case: Case,
    *,
    rules: CaseRules,
    calendar: WorkingCalendar,
) -> Stamp:
    """Count the due dates of a case and store them, in the caller's transaction."""
    stamp = stamp_of(case, rules=rules, calendar=calendar)
    uow.case_clocks.set_stamp(case.id, stamp)
    return stamp


def stamp_of(case: Case, *, rules: CaseRules, calendar: WorkingCalendar) -> Stamp:
    """Return the due dates of a case; they hold until it moves, whatever day it is.

    Args:
        case: With its whole history.
        rules: Colours and levels.
        calendar: The working calendar.

    Source: 行政许可法 第三十二条 (acceptance), 第八十二条 (working days).
    """
    key = clock_key(rules, calendar)
    if case.is_final or case.state_words is not None:
        return Stamp(None, None, False, None, None, None, key)
    opened = local_day(case.opened_at)
    if case.state is CaseState.RECEIVED:
        acceptance = accept_by(case, calendar)
        return _stamp(
            case,
            limit=ACCEPTANCE_WORKING_DAYS,
            due=acceptance,
            statutory=None,
            rules=rules,
            calendar=calendar,
        )
    limit = case.promised or case.statutory
    days = limit.working_days if limit else None
    due = read_clock(case.events, days, opened, calendar, case.stands_in).due
    by_law = case.statutory.working_days if case.statutory else None
    statutory = read_clock(case.events, by_law, opened, calendar, case.stands_in).due
    return _stamp(
        case, limit=days or 0, due=due, statutory=statutory, rules=rules, calendar=calendar
    )


def clock_key(rules: CaseRules, calendar: WorkingCalendar) -> str:
    """Return the fingerprint of what due dates depend on besides the case."""
    text = f"{rules.colours}{rules.escalations}{calendar.fingerprint}"
    return hashlib.sha256(text.encode()).hexdigest()[:KEY_LENGTH]


def _stamp(
    case: Case,
    *,
    limit: int,
    due: DueDate | None,
    statutory: DueDate | None,
    rules: CaseRules,
    calendar: WorkingCalendar,
) -> Stamp:
    key = clock_key(rules, calendar)
    statutory_on = statutory.on if statutory else None
    if due is None:
        provisional = statutory is not None and statutory.provisional
        return Stamp(None, statutory_on, provisional, None, None, None, key)
    colours = rules.colours
    left = colours.red_days_left
    return Stamp(
        due_on=due.on,
        statutory_due_on=statutory_on,
        is_provisional=due.provisional or (statutory is not None and statutory.provisional),
        yellow_on=_first_day_with(colours.yellow_from(limit), due.on, calendar),
        red_on=due.on + ONE_DAY if left < 0 else _first_day_with(left, due.on, calendar),
        escalate_on=_escalate_on(case, due.on, rules, calendar),
        key=key,
    )


def escalation_day(
    due_on: date, level: int, rules: CaseRules, calendar: WorkingCalendar
) -> date | None:
    """Return the local day on which `level` (from 1) is told; None when there is no such level."""
    if level > len(rules.escalations):
        return None
    days = rules.escalations[level - 1].after_working_days
    return calendar.add_working_days(due_on, days).on


def _escalate_on(
    case: Case, due_on: date, rules: CaseRules, calendar: WorkingCalendar
) -> date | None:
    if case.source is CaseSource.PLATFORM:
        return None  # the platform's own people see to it
    if case.is_paused:
        return None  # it was late, but now it waits for somebody else
    return escalation_day(due_on, case.escalation + 1, rules, calendar)


def _first_day_with(left: int, due_on: date, calendar: WorkingCalendar) -> date:
    """Return the first day after which `left` or fewer working days remain until `due_on`."""
    day, remaining = due_on, 0
    while True:
        remaining += calendar.is_working_day(day)
        if remaining > left:
            return day
        day -= ONE_DAY
