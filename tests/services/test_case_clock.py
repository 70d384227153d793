from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from bot.domain.cases import Case, CaseEvent, CaseEventKind, CaseState
from bot.planner.calendar import ONE_DAY
from bot.services.cases.clock import read_clock
from bot.services.cases.explanation import explain_days
from bot.services.cases.stamps import stamp_of
from bot.services.cases.views import view_case
from tests.casework_factories import OpenUnit, calendar, case, case_rules, local, opened

S = CaseState
START = date(2026, 1, 1)
RUNNING = {S.ACCEPTED, S.UNDER_REVIEW}


def history(*moves: tuple[CaseState, str]) -> list[CaseEvent]:
    return [
        CaseEvent(local(f"{day} 10:00"), "approval", CaseEventKind.MOVED, None, state)
        for state, day in moves
    ]


@pytest.mark.parametrize(
    ("moves", "limit", "today", "used", "left", "due", "overdue"),
    [
        # accepted Fri 20 Nov, 3 days: Mon 23, Tue 24, Wed 25
        ([(S.ACCEPTED, "2026-11-20")], 3, "2026-11-20", 0, 3, "2026-11-25", False),
        ([(S.ACCEPTED, "2026-11-20")], 3, "2026-11-22", 0, 3, "2026-11-25", False),  # Sun
        ([(S.ACCEPTED, "2026-11-20")], 3, "2026-11-25", 3, 0, "2026-11-25", False),  # Wed
        ([(S.ACCEPTED, "2026-11-20")], 3, "2026-11-26", 4, -1, "2026-11-25", True),  # Thu
        # over National Day, with make-up Sat 10 Oct: accepted Wed 30 Sep, 2 days: Thu 8, Fri 9
        ([(S.ACCEPTED, "2026-09-30")], 2, "2026-10-09", 2, 0, "2026-10-09", False),
        ([(S.ACCEPTED, "2026-09-30")], 3, "2026-10-09", 2, 1, "2026-10-10", False),
        # papers asked for on Tue, brought on Thu: Wed and Thu do not count, Mon and Fri do
        (
            [
                (S.ACCEPTED, "2026-11-20"),
                (S.RECTIFICATION, "2026-11-24"),
                (S.UNDER_REVIEW, "2026-11-26"),
            ],
            3,
            "2026-11-26",
            2,
            1,
            "2026-11-27",
            False,
        ),
        # standing still: nobody knows the due day
        (
            [(S.ACCEPTED, "2026-11-20"), (S.SPECIAL_PROCEDURE, "2026-11-24")],
            3,
            "2026-12-10",
            2,
            1,
            None,
            False,
        ),
        # it was late before it stood still, and stays late
        (
            [(S.ACCEPTED, "2026-11-16"), (S.RECTIFICATION, "2026-11-20")],
            3,
            "2026-11-23",
            4,
            -1,
            "2026-11-19",
            True,
        ),
        # done in time: the days stay as they were
        (
            [(S.ACCEPTED, "2026-11-16"), (S.COMPLETED, "2026-11-18")],
            3,
            "2026-12-01",
            2,
            1,
            None,
            False,
        ),
        # on the spot
        ([(S.ACCEPTED, "2026-11-20")], 0, "2026-11-20", 0, 0, "2026-11-20", False),
        ([(S.RECEIVED, "2026-11-20")], 3, "2026-11-24", 0, None, None, False),
    ],
)
def test_the_clock_counts_working_days_without_pauses(
    moves: list[tuple[CaseState, str]],
    limit: int,
    today: str,
    used: int,
    left: int | None,
    due: str | None,
    overdue: bool,
) -> None:
    clock = read_clock(history(*moves), limit, date.fromisoformat(today), calendar())
    assert (clock.days_used, clock.days_left) == (used, left)
    assert clock.due == (None if due is None else clock.due)
    assert clock.due is None or clock.due.on == date.fromisoformat(due or "")
    assert clock.is_overdue is overdue


def test_without_a_limit_days_are_counted_and_nothing_is_due() -> None:
    clock = read_clock(history((S.ACCEPTED, "2026-11-20")), None, date(2026, 11, 24), calendar())
    assert (clock.days_used, clock.days_left, clock.due) == (2, None, None)


def test_a_due_day_in_an_unpublished_year_is_provisional() -> None:
    clock = read_clock(history((S.ACCEPTED, "2026-12-25")), 10, date(2026, 12, 25), calendar())
    assert clock.due is not None
    assert clock.due.provisional


@st.composite
def walks(draw: st.DrawFn) -> tuple[list[CaseEvent], date]:
    """Return a history of running and standing still, and a day not before its end."""
    day = START + timedelta(days=draw(st.integers(0, 300)))
    state, events = S.ACCEPTED, []
    for gap in draw(st.lists(st.integers(0, 12), max_size=6)):
        events.append((state, day))
        state = S.UNDER_REVIEW if state is S.RECTIFICATION else S.RECTIFICATION
        day += timedelta(days=gap)
    events.append((state, day))
    today = day + timedelta(days=draw(st.integers(0, 20)))
    return history(*((s, d.isoformat()) for s, d in events)), today


@settings(max_examples=150, deadline=None)
@given(walk=walks(), limit=st.integers(1, 15))
def test_the_clock_agrees_with_going_through_the_days_one_by_one(
    walk: tuple[list[CaseEvent], date], limit: int
) -> None:
    """A day counts when it is worked and the clock ran on the evening before it.

    A limit used up on the very day on which the clock stops is due when it goes on.
    """
    events, today = walk
    count, used, due = 0, 0, None
    day = _day(events[0].at)
    while day < today + timedelta(days=60):
        ran = _runs(events, day)
        day += ONE_DAY
        if not calendar().is_working_day(day):
            continue
        count += ran
        used += ran and day <= today
        if due is None and (count > limit or (count == limit and _runs(events, day))):
            due = day
    clock = read_clock(events, limit, today, calendar())
    last = today if _runs(events, today) else _day(events[-1].at)
    is_in_time = due is not None and last <= due  # nobody in time has fewer than no days left
    assert clock.days_used == used
    assert clock.days_left == (max(limit - used, 0) if is_in_time else limit - used)
    if _runs(events, today):
        assert due is not None
        assert clock.due is not None
        assert clock.due.on == due
        assert clock.is_overdue is (today > due)


def _day(moment: datetime) -> date:
    return (moment + timedelta(hours=8)).date()


def _runs(events: list[CaseEvent], day: date) -> bool:
    """Tell whether the clock runs on the evening of `day`."""
    states = [event.to for event in events if _day(event.at) <= day]
    return bool(states) and states[-1] in RUNNING


def test_the_clock_of_a_matter_whose_limit_covers_the_publicity_goes_on(
    sqlite_engine: Engine,
) -> None:
    unit = opened(sqlite_engine)
    moves = (
        (S.ACCEPTED, local("2026-11-24 10:00")),
        (S.UNDER_REVIEW, local("2026-11-25 10:00")),
        (S.PUBLICITY, local("2026-11-26 10:00")),
    )
    covered = case(unit, *moves, matter_id="prj-eia", origin="a")
    other = case(unit, *moves, origin="b")
    today = date(2026, 12, 1)  # Tuesday

    seen = [
        view_case(one, is_followed=False, today=today, calendar=calendar())
        for one in (read(unit, covered), read(unit, other))
    ]

    assert [(one.is_paused, one.working_days_used) for one in seen] == [(False, 5), (True, 2)]
    assert seen[0].due is not None
    assert seen[0].due.on == date(2026, 12, 4)  # 8 working days from Wednesday on
    assert seen[1].due is None
    days = explain_days(seen[0].events, today, calendar(), seen[0].stands_in)
    assert days[-1].number == 5
    stamp = stamp_of(read(unit, covered), rules=case_rules(), calendar=calendar())
    assert stamp.escalate_on is not None


def read(unit: OpenUnit, made: Case) -> Case:
    with unit() as uow:
        found = uow.cases.by_number(made.number)
    assert found is not None
    return found
