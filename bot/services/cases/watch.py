"""The clock of the register: counts due dates after moves, and sends overdue cases upwards."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.case_rules import CaseRules, Escalation
from bot.domain.cases import CaseEvent, CaseEventKind
from bot.planner.calendar import WorkingCalendar
from bot.services.cases.ports import DueCase, DueUrge
from bot.services.cases.stamps import clock_key, escalation_day, stamp_case
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.times.local_time import local_day

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


def escalate_urges(watch: CaseWatch, *, now: datetime, limit: int = BATCH) -> tuple[DueUrge, ...]:
    """Send urges that nobody answered in time one level up, as overdue cases go.

    Once a level, with an entry in the history; whoever urged is told. An urge of a case that is
    finished meanwhile goes nowhere. One transaction; of two clocks each takes urges that the other
    does not have.

    Returns:
        The urges as they were before.
    """
    today = local_day(now)
    with watch.unit_of_work() as uow:
        due = uow.case_urges.to_escalate(today, limit)
        return tuple(urge for urge in due if _raise_urge(uow, watch, urge, now))


def _raise_urge(uow: UnitOfWork, watch: CaseWatch, urge: DueUrge, now: datetime) -> bool:
    level = urge.escalation + 1
    case = uow.cases.by_number(urge.number)
    day = escalation_day(urge.reply_due_on, level, watch.rules, watch.calendar)
    if case is None or case.is_final or day is None:
        uow.case_urges.look_again(urge, None)
        return False
    if day > local_day(now):
        uow.case_urges.look_again(urge, day)
        return False
    following = escalation_day(urge.reply_due_on, level + 1, watch.rules, watch.calendar)
    if not uow.case_urges.escalate(urge, following):
        return False
    name = watch.rules.escalations[level - 1].name
    event = CaseEvent(now, CLOCK, CaseEventKind.URGE_ESCALATED, reason=name)
    event_id = uow.cases.append(urge.case_id, event)
    if urge.conversation_id is not None:
        uow.case_notices.add(urge.case_id, urge.conversation_id, event_id, now)
    return True
