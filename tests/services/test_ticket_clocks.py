"""The clocks of a ticket: what starts, stops and holds them, and that they are counted right."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache

import numpy as np
import pytest
from sqlalchemy.engine import Engine

from bot.domain.ticket_acts import Act
from bot.domain.ticket_clocks import (
    ClockKind,
    ClockState,
    LimitUnit,
    OperatorLimit,
    OwnHours,
    Urgency,
    WhistleRules,
)
from bot.domain.ticket_errors import ExtensionTooLate, ExtensionTooLong
from bot.services.times.clock_explanation import PartKind, explain_clock
from bot.services.times.deadlines import due_of
from bot.services.times.local_time import LOCAL, at_local
from bot.services.times.working_time import WorkingTime, working_time
from tests.casework_factories import NOW, calendar, local, opened, rules, whistle
from tests.whistle_factories import SUPERVISOR, Desk

K = ClockKind
TICKETS = 10_000
FIRST = date(2026, 1, 1)
DAYS = 365 + 200
"""Days that are laid out: a year of starts, and room for the longest limit with its pauses."""

MINUTES = 24 * 60


def started(engine: Engine) -> tuple[Desk, str]:
    ticket = whistle(opened(engine))
    return Desk(opened(engine), NOW, assisting=("housing",)), ticket.number


def test_every_department_has_its_own_clock_to_report_in(engine: Engine) -> None:
    desk, number = started(engine)
    assert desk.clock(number, K.REPORT_IN).department_id == ""  # the dispatcher's
    desk.act(number, Act.DISPATCH)
    desk.act(number, Act.REPORT_IN)

    assert desk.clock(number, K.REPORT_IN, "power-supply").state is ClockState.MET
    assert desk.clock(number, K.REPORT_IN, "housing").state is ClockState.RUNNING


def test_the_first_contact_counts_from_the_report_in(engine: Engine) -> None:
    desk, number = started(engine)
    desk.act(number, Act.DISPATCH)
    desk.act(number, Act.REPORT_IN, at=local("2026-11-24 11:00"))
    clock = desk.clock(number, K.FIRST_CONTACT)
    assert clock.due is not None
    assert clock.due.at == local("2026-11-25 17:00")  # Wednesday

    desk.act(number, Act.CONTACT)

    assert desk.clock(number, K.FIRST_CONTACT).state is ClockState.MET


def test_the_clocks_stand_while_the_business_is_waited_for(engine: Engine) -> None:
    desk, number = started(engine)
    before = desk.clock(number, K.ANSWER).due
    assert before is not None
    desk.until(number, Act.CONTACT)
    desk.act(number, Act.ASK_BUSINESS, at=local("2026-11-24 10:00"))  # one day is used
    assert desk.clock(number, K.ANSWER).due is None
    assert desk.clock(number, K.ANSWER).next_at is None

    desk.act(number, Act.GO_ON, at=local("2026-12-01 10:00"))  # Tuesday

    after = desk.clock(number, K.ANSWER).due
    assert after is not None
    assert (before.at, after.at) == (local("2026-11-30 17:00"), local("2026-12-07 17:00"))


def test_an_extension_is_asked_in_time_under_the_ceiling_and_granted_by_others(
    engine: Engine,
) -> None:
    desk, number = started(engine)
    desk.until(number, Act.CONTACT)
    with pytest.raises(ExtensionTooLong):
        desk.act(number, Act.ASK_EXTENSION, days=6)
    desk.act(number, Act.ASK_EXTENSION, "线路施工", days=3)
    desk.act(number, Act.GRANT_EXTENSION, by=SUPERVISOR)
    due = desk.clock(number, K.ANSWER).due
    assert due is not None
    assert due.at == local("2026-12-03 17:00")  # 30 November and three days
    with pytest.raises(ExtensionTooLong):
        desk.act(number, Act.ASK_EXTENSION, days=3)  # two are left
    with pytest.raises(ExtensionTooLate):
        desk.act(number, Act.ASK_EXTENSION, days=1, at=due.at + timedelta(seconds=1))


def test_an_extension_that_is_refused_changes_no_due_time(engine: Engine) -> None:
    desk, number = started(engine)
    desk.until(number, Act.CONTACT)
    before = desk.clock(number, K.ANSWER).due
    desk.act(number, Act.ASK_EXTENSION, days=2)
    desk.act(number, Act.REFUSE_EXTENSION, "不需要")
    assert desk.clock(number, K.ANSWER).due == before


def test_a_departments_own_days_count(engine: Engine) -> None:
    day = date(2026, 11, 24)
    off = replace(rules(), departments={"housing": OwnHours(days_off=frozenset({day}))})
    limit = OperatorLimit(1, LimitUnit.WORKING_DAY, "测试", verified=False)

    def due(department: str) -> datetime:
        found = due_of(limit, [(NOW, None)], working_time(off, calendar(), department))
        assert found is not None
        return found.at

    assert (due(""), due("housing")) == (local("2026-11-24 17:00"), local("2026-11-25 17:00"))


def test_a_clock_over_new_year_2027_says_that_it_is_provisional() -> None:
    limit = rules().limits[K.ANSWER][Urgency.NORMAL]
    start = local("2026-12-30 15:00")
    found = due_of(limit, [(start, None)], working_time(rules(), calendar()))
    assert found is not None
    assert (found.at, found.provisional) == (local("2027-01-07 17:00"), True)  # 1 Jan is off

    parts = explain_clock(limit, [(start, None)], working_time(rules(), calendar()), start)

    names = [part.holiday for part in parts if part.kind is PartKind.DAY_OFF]
    assert names == ["元旦", "", ""]  # Friday, and the weekend
    assert parts[-1].kind is PartKind.DUE
    assert not parts[-1].is_official
    assert [part.number for part in parts if part.number] == [1, 2, 3, 4, 5]


def test_the_way_to_a_due_time_in_hours_names_the_noon_break() -> None:
    limit = OperatorLimit(3, LimitUnit.WORKING_HOUR, "测试", verified=False)
    start = local("2026-11-27 11:00")  # Friday
    parts = explain_clock(limit, [(start, None)], working_time(rules(), calendar()), start)
    assert [part.kind for part in parts] == [
        PartKind.START,
        PartKind.USED,
        PartKind.NOON,
        PartKind.USED,
        PartKind.DUE,
    ]
    assert sum(part.minutes for part in parts) == 180


# 10,000 random tickets through a year: due times against a plain count


@cache
def _worked_minutes(department: str) -> tuple[np.ndarray, np.ndarray]:
    """Return how many minutes were worked before each minute, and whether each day is worked.

    Written without any code of the product but the calendar's data: a table of every minute of
    the laid-out days, summed up, so that counting minutes is looking them up.
    """
    own = RULES.departments.get(department, OwnHours())
    table = np.zeros((DAYS, MINUTES), dtype=bool)
    days = np.zeros(DAYS, dtype=bool)
    holidays, make_up = _published()
    for index in range(DAYS):
        day = FIRST + timedelta(days=index)
        off = day in holidays or (day.weekday() >= 5 and day not in make_up)
        off = day in own.days_off or (off and day not in own.extra_days)
        days[index] = not off
        if not off:
            for opens, closes in own.periods or RULES.periods:
                table[index, opens.hour * 60 + opens.minute : closes.hour * 60 + closes.minute] = 1
    return np.concatenate(([0], np.cumsum(table.reshape(-1)))), days


def _published() -> tuple[set[date], set[date]]:
    years = [year for year in calendar().years if year.year in {2026, 2027}]
    holidays = {day for year in years for day in year.days_off}
    fixed = {date(2027, 1, 1), *(date(2027, 5, day) for day in (1, 2))}
    return holidays | fixed, {day for year in years for day in year.make_up_days}


RULES: WhistleRules = replace(
    rules(),
    departments={
        "housing": OwnHours(days_off=frozenset({date(2026, 6, 30), date(2026, 7, 1)})),
        "tax": OwnHours(
            periods=((time(8, 30), time(11, 30)), (time(14), time(17, 30))),
            extra_days=frozenset({date(2026, 5, 1), date(2026, 8, 8)}),
        ),
    },
)


def _plain_due(
    limit: OperatorLimit, spans: list[tuple[int, int | None]], department: str
) -> int | None:
    """Return the minute of the due time by counting; spans are minutes since `FIRST`."""
    worked, days = _worked_minutes(department)
    if limit.unit is LimitUnit.WORKING_HOUR:
        wanted = limit.value * 60
        for start, end in spans:
            last = DAYS * MINUTES if end is None else end
            if worked[last] - worked[start] >= wanted:
                return int(np.searchsorted(worked, worked[start] + wanted))
            wanted -= worked[last] - worked[start]
        return None
    periods = RULES.departments.get(department, OwnHours()).periods or RULES.periods
    closes = periods[-1][1].hour * 60 + periods[-1][1].minute
    left = limit.value
    for start, end in spans:
        day, last = start // MINUTES, (end or DAYS * MINUTES) // MINUTES
        counted = [index for index in range(day + 1, min(last + 1, DAYS)) if days[index]]
        if len(counted) >= left:
            due = counted[left - 1] * MINUTES + closes
            if end is None or due <= end:
                return due
        left = max(left - len(counted), 1)
    return None


def _tickets(seed: int) -> Iterator[tuple[OperatorLimit, list[tuple[int, int | None]], str]]:
    source = random.Random(seed)  # noqa: S311 - the same tickets every time
    for _ in range(TICKETS):
        unit = source.choice(list(LimitUnit))
        most = 20 if unit is LimitUnit.WORKING_DAY else 60
        limit = OperatorLimit(source.randint(1, most), unit, "测试", verified=False)
        moments = sorted(
            source.randrange(365 * MINUTES) if n == 0 else source.randrange(390 * MINUTES)
            for n in range(source.choice([1, 1, 1, 2, 3]))
        )
        # an odd number of moments leaves the clock running, an even one leaves it standing
        spans = [
            (start, moments[n + 1] if n + 1 < len(moments) else None)
            for n, start in enumerate(moments)
            if n % 2 == 0
        ]
        yield limit, spans, source.choice(["", "housing", "tax"])


def test_ten_thousand_random_tickets_are_due_when_a_plain_count_says() -> None:
    begin = at_local(FIRST, time())

    def moment(minute: int | None) -> datetime | None:
        return None if minute is None else begin + timedelta(minutes=minute)

    checked = 0
    works = {one: working_time(RULES, calendar(), one) for one in ("", "housing", "tax")}
    for limit, spans, department in _tickets(20261126):
        work = works[department]
        given = [(moment(a) or begin, moment(b)) for a, b in spans]
        due = due_of(limit, given, work)
        plain = moment(_plain_due(limit, spans, department))
        assert (due.at if due else None) == plain, (limit, spans, department)
        checked += 1
    assert checked == TICKETS


def test_minutes_back_and_forth_are_the_same() -> None:
    source = random.Random(7)  # noqa: S311 - the same every time
    work: WorkingTime = working_time(RULES, calendar(), "tax")
    for _ in range(300):
        day = FIRST + timedelta(days=source.randrange(300))
        start = datetime.combine(day, time(10), LOCAL)
        minutes = source.randint(1, 3000)
        due = work.after(start, minutes).at
        back = work.before(due, minutes)
        assert work.between(back, due) == minutes
        assert work.between(start, due) == minutes
