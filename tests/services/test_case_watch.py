"""Stored due dates, escalation, the append-only history; two clocks at once."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from bot.domain.case_rules import Colour, colour_on
from bot.domain.cases import Case, CaseEvent, CaseEventKind, CaseState, Limit
from bot.services.cases.clock import read_clock
from bot.services.cases.desk import advance_case_in
from bot.services.cases.stamps import clock_key, stamp_of
from bot.services.cases.watch import CaseWatch, adopt_rules, count_again, escalate_overdue
from tests.casework_factories import NOW, OpenUnit, calendar, case, case_rules, local, opened

S = CaseState


def watch(unit: OpenUnit) -> CaseWatch:
    return CaseWatch(unit, case_rules(), calendar())


def columns(engine: Engine, number: str) -> dict[str, object]:
    with engine.connect() as connection:
        row = connection.execute(text("SELECT * FROM cases WHERE number = :n"), {"n": number})
        return dict(row.mappings().one())


def events(unit: OpenUnit, number: str) -> list[CaseEventKind]:
    with unit() as uow:
        found = uow.cases.by_number(number)
    assert found is not None
    return [event.kind for event in found.events]


def test_due_dates_are_stored_after_a_move_and_taken_away_at_the_end(engine: Engine) -> None:
    unit = opened(engine)
    number = case(unit, (S.ACCEPTED, NOW)).number  # Mon 23 Nov, 3 working days
    assert columns(engine, number)["clock_key"] is None
    assert count_again(watch(unit)) == 1
    stored = columns(engine, number)
    assert str(stored["due_on"]) == "2026-11-26"  # Thu
    assert str(stored["statutory_due_on"]) == "2026-12-07"
    assert str(stored["escalate_on"]) == "2026-11-27"  # Fri, the first working day after
    assert count_again(watch(unit)) == 0

    case(unit, (S.ACCEPTED, NOW), (S.COMPLETED, NOW), origin="msg-2:case")
    count_again(watch(unit))
    with engine.connect() as connection:
        row = connection.execute(text("SELECT * FROM cases WHERE state = 'completed'")).one()
    assert (row.due_on, row.red_on, row.escalate_on) == (None, None, None)
    assert row.closed_at is not None


def test_a_received_case_is_due_for_acceptance(engine: Engine) -> None:
    unit = opened(engine)
    number = case(unit).number  # Mon 23 Nov
    count_again(watch(unit))
    assert str(columns(engine, number)["due_on"]) == "2026-11-30"  # five working days


def test_other_rules_let_open_cases_be_counted_again(engine: Engine) -> None:
    unit = opened(engine)
    number = case(unit, (S.ACCEPTED, NOW)).number
    case(unit, (S.ACCEPTED, NOW), (S.COMPLETED, NOW), origin="msg-2:case")
    count_again(watch(unit))
    assert adopt_rules(watch(unit)) == 0
    colours = replace(case_rules().colours, yellow_days_left=2)
    changed = CaseWatch(unit, replace(case_rules(), colours=colours), calendar())
    assert adopt_rules(changed) == 1  # the closed one stays
    count_again(changed)
    assert str(columns(engine, number)["yellow_on"]) == "2026-11-24"
    assert adopt_rules(changed) == 0


def test_an_overdue_case_goes_up_level_by_level_once_each(engine: Engine) -> None:
    unit = opened(engine)
    number = case(unit, (S.ACCEPTED, NOW)).number  # due Thu 26 Nov
    count_again(watch(unit))

    def at(day: str) -> int:
        return len(escalate_overdue(watch(unit), now=local(f"{day} 09:00")))

    assert at("2026-11-26") == 0
    assert [at("2026-11-27"), at("2026-11-27")] == [1, 0]  # Fri: the head
    assert [at("2026-11-30"), at("2026-12-01"), at("2026-12-02")] == [0, 1, 0]  # Tue: the third day
    with unit() as uow:
        found = uow.cases.by_number(number)
    assert found is not None
    assert found.escalation == 2
    raised = [e for e in found.events if e.kind is CaseEventKind.ESCALATED]
    assert [(event.actor, event.reason) for event in raised] == [
        ("clock", "部门负责人"),
        ("clock", "值班主管"),
    ]


def test_a_case_that_waits_for_the_applicant_is_not_escalated(engine: Engine) -> None:
    unit = opened(engine)
    late = local("2026-11-30 10:00")
    case(unit, (S.ACCEPTED, NOW), (S.UNDER_REVIEW, NOW), (S.RECTIFICATION, late))
    count_again(watch(unit))
    assert escalate_overdue(watch(unit), now=local("2026-12-10 10:00")) == ()


def at_once(*works: Callable[[], object]) -> None:
    barrier = threading.Barrier(len(works))

    def run(work: Callable[[], object]) -> None:
        barrier.wait()
        work()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)


def test_two_clocks_at_once_escalate_once(engine: Engine) -> None:
    unit = opened(engine)
    numbers = [case(unit, (S.ACCEPTED, NOW), origin=f"m-{i}").number for i in range(5)]
    count_again(watch(unit))
    late = local("2026-11-27 09:00")
    raised: list[int] = []

    def sweep() -> None:
        raised.append(len(escalate_overdue(watch(unit), now=late)))

    at_once(sweep, sweep, sweep)
    assert sum(raised) == 5
    for number in numbers:
        assert events(unit, number).count(CaseEventKind.ESCALATED) == 1


def test_counting_again_beside_a_move_never_leaves_dates_of_before(engine: Engine) -> None:
    unit = opened(engine)
    made = case(unit, (S.ACCEPTED, NOW))

    def complete() -> None:
        with unit() as uow:
            advance_case_in(
                uow, number=made.number, to=S.COMPLETED, actor="approval", now=NOW, reason=""
            )

    at_once(lambda: count_again(watch(unit)), complete)
    count_again(watch(unit))
    stored = columns(engine, made.number)
    assert (stored["state"], stored["due_on"], stored["escalate_on"]) == ("completed", None, None)


@pytest.mark.parametrize(
    "statement", ["UPDATE case_events SET reason = 'x'", "DELETE FROM case_events"]
)
def test_the_database_refuses_to_change_the_history(engine: Engine, statement: str) -> None:
    unit = opened(engine)
    made = case(unit, (S.ACCEPTED, NOW))
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text(statement))
    assert events(unit, made.number) == [event.kind for event in made.events]


def running(accepted: date, limit: int) -> Case:
    """Return a case that runs since a day; never stored."""
    moment = local(f"{accepted} 10:00")
    moves = (S.RECEIVED, S.ACCEPTED)
    return Case(
        number="371500202601010001",
        matter_id="m",
        matter_name="m",
        applicant_name="李雷",
        phone="1",
        credential="",
        district_id="371502",
        department_id="approval",
        steps=(),
        promised=Limit(limit, "s", verified=True),
        statutory=None,
        opened_at=moment,
        origin="o",
        state=S.ACCEPTED,
        events=tuple(
            CaseEvent(moment, "approval", CaseEventKind.MOVED, None, state) for state in moves
        ),
    )


@settings(max_examples=200, deadline=None)
@example(start=292, limit=0, later=2)  # accepted on a Saturday, to be done at once
@given(start=st.integers(0, 300), limit=st.integers(0, 25), later=st.integers(0, 60))
def test_the_stored_colour_is_that_of_the_days_left_on_any_day(
    start: int, limit: int, later: int
) -> None:
    accepted = date(2026, 1, 5) + timedelta(days=start)
    made = running(accepted, limit)
    stamp = stamp_of(made, rules=case_rules(), calendar=calendar())
    today = accepted + timedelta(days=later)
    clock = read_clock(made.events, limit, today, calendar())
    assert clock.days_left is not None
    expected = case_rules().colours.colour(clock.days_left, limit)
    stored = colour_on(today, stamp.yellow_on, stamp.red_on)
    if clock.is_overdue and not calendar().is_working_day(today) and clock.days_left == 0:
        expected = Colour.RED  # overdue since yesterday, though no working day has passed
    assert stored is expected


def test_the_fingerprint_changes_with_the_calendar_and_with_the_rules() -> None:
    years = calendar().years
    last = years[-1]
    other = replace(last, days_off={**last.days_off, date(last.year, 6, 3): "试"})
    changed = replace(calendar(), years=(*years[:-1], other))
    assert clock_key(case_rules(), changed) != clock_key(case_rules(), calendar())
    fewer = replace(case_rules(), escalations=case_rules().escalations[:1])
    assert clock_key(fewer, calendar()) != clock_key(case_rules(), calendar())
