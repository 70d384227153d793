"""The clock of the register: counts due dates after moves, and sends overdue cases upwards."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.case_rules import CaseRules, Escalation
from bot.domain.cases import CaseEvent, CaseEventKind
from bot.planner.calendar import WorkingCalendar
from bot.services.case_ports import DueCase
from bot.services.case_stamps import clock_key, escalation_day, stamp_case
from bot.services.local_time import local_day
from bot.services.ports import OpenUnitOfWork, UnitOfWork

CLOCK = "clock"
"""Actor of what happens by itself."""

BATCH = 100
"""Cases in one round; a batch holds the database for a moment only."""


@dataclass(frozen=True)
class CaseWatch:
    """What the clock of the register needs."""

    unit_of_work: OpenUnitOfWork
    rules: CaseRules
    calendar: WorkingCalendar


def count_again(watch: CaseWatch, *, limit: int = BATCH) -> int:
    """Store the due dates of cases that have moved; returns how many.

    One transaction; of two clocks each takes cases that the other does not have.
    """
    with watch.unit_of_work() as uow:
        numbers = uow.case_clocks.take_unstamped(limit)
        for number in numbers:
            case = uow.cases.by_number(number)
            if case is not None:
                stamp_case(uow, case, rules=watch.rules, calendar=watch.calendar)
    return len(numbers)


def adopt_rules(watch: CaseWatch, *, limit: int = BATCH) -> int:
    """Mark open cases whose dates were counted with other rules or another calendar.

    `count_again` then counts them; call both until both return 0.
    """
    with watch.unit_of_work() as uow:
        return uow.case_clocks.forget_stamps(clock_key(watch.rules, watch.calendar), limit)


def escalate_overdue(watch: CaseWatch, *, now: datetime, limit: int = BATCH) -> tuple[DueCase, ...]:
    """Send overdue cases one level up: once a level, with an entry in the history.

    The claims and the entries of a round are one transaction: two clocks at once escalate once, as
    the second waits and then finds another level, and one that is cut off has done nothing of the
    round. A case that is far overdue passes the levels one after the other, round by round, so that
    each is in the history.

    Returns:
        The cases as they were before, in the order in which they were overdue.
    """
    with watch.unit_of_work() as uow:
        due = uow.case_clocks.to_escalate(local_day(now), limit)
        return tuple(case for case in due if _raise(uow, watch, case, now))


def _raise(uow: UnitOfWork, watch: CaseWatch, case: DueCase, now: datetime) -> bool:
    level = case.escalation + 1
    if level > len(watch.rules.escalations):
        uow.case_clocks.escalate(case.id, level - 1, None)
        return False
    following = escalation_day(case.due_on, level + 1, watch.rules, watch.calendar)
    if not uow.case_clocks.escalate(case.id, level, following):
        return False
    rule: Escalation = watch.rules.escalations[level - 1]
    event = CaseEvent(now, CLOCK, CaseEventKind.ESCALATED, reason=rule.name)
    uow.cases.append(case.id, event)
    return True
