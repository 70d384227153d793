"""Real dates laid over plans: what was on time moves nothing, what was not moves what follows."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.planner.actuals import with_actuals
from bot.planner.day_index import DayIndex
from bot.planner.graph import Step, StepGraph
from bot.planner.plan import Plan, build_plan
from tests.planner.test_plan import CALENDAR, graphs, step

START = date(2026, 9, 16)
"""Wednesday; National Day (1 to 7 October) and two make-up days lie ahead."""

INDEX = DayIndex(CALENDAR, date(2026, 1, 1), date(2027, 12, 31))
DAYS = st.dates(date(2025, 12, 1), date(2028, 2, 1))


def dues(plan: Plan) -> dict[str, date]:
    return {planned.step.id: planned.due.on for planned in plan.steps}


def plan(*steps: Step) -> Plan:
    return build_plan(steps, START, CALENDAR)


def done_first(graph: StepGraph, share: int) -> list[Step]:
    """Return the first steps in an order in which each stands after all it waits for."""
    return list(graph.ordered()[: share % (len(graph.steps) + 1)])


@given(start=DAYS, n=st.floats(0, 400))
def test_the_table_adds_as_the_calendar_does(start: date, n: float) -> None:
    assert INDEX.add_working_days(start, n) == CALENDAR.add_working_days(start, n)


@given(start=DAYS, end=DAYS)
def test_the_table_counts_as_the_calendar_does(start: date, end: date) -> None:
    assert INDEX.working_days_between(start, end) == CALENDAR.working_days_between(start, end)


@settings(deadline=None)
@given(graph=graphs(), start=st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_nothing_done_is_the_plan_composed_anew_on_that_day(graph: StepGraph, start: date) -> None:
    anew = build_plan(graph.steps, start, CALENDAR)
    moved = with_actuals(build_plan(graph.steps, START, CALENDAR), {}, INDEX, start_on=start)
    assert moved.steps == anew.steps
    assert (moved.finishes, moved.critical_path) == (anew.finishes, anew.critical_path)


@settings(deadline=None)
@given(graph=graphs(), share=st.integers(0, 8), fraction=st.sampled_from((1.0, 0.25, 0.7)))
def test_what_is_done_on_its_due_day_moves_nothing(
    graph: StepGraph, share: int, fraction: float
) -> None:
    steps = [replace(s, working_days=s.working_days * fraction) for s in graph.steps]
    composed = build_plan(steps, START, CALENDAR)
    finished = {s.id: dues(composed)[s.id] for s in done_first(graph, share)}
    assert dues(with_actuals(composed, finished, INDEX)) == dues(composed)


@settings(deadline=None)
@given(graph=graphs(), share=st.integers(0, 8), data=st.data())
def test_real_dates_give_what_composing_anew_with_real_lengths_gives(
    graph: StepGraph, share: int, data: st.DataObject
) -> None:
    """A done step becomes one without predecessors that takes until its real working day."""
    composed = build_plan(graph.steps, START, CALENDAR)
    finished: dict[str, date] = {}
    lengths: dict[str, int] = {}
    for done in done_first(graph, share):
        earliest = max((lengths[p] for p in done.depends_on), default=0)
        lengths[done.id] = earliest + data.draw(st.integers(0, 15))
        finished[done.id] = CALENDAR.add_working_days(START, lengths[done.id]).on
    anew = [
        replace(s, working_days=lengths[s.id], depends_on=(), is_skipped=False)
        if s.id in lengths
        else s
        for s in graph.steps
    ]
    expected = build_plan(anew, START, CALENDAR)
    moved = with_actuals(composed, finished, INDEX)
    open_steps = [s.id for s in graph.steps if s.id not in finished]
    assert {i: dues(moved)[i] for i in open_steps} == {i: dues(expected)[i] for i in open_steps}


@settings(deadline=None)
@given(graph=graphs(), today=st.dates(date(2026, 9, 1), date(2026, 12, 1)))
def test_an_open_step_never_ends_before_today(graph: StepGraph, today: date) -> None:
    moved = with_actuals(build_plan(graph.steps, START, CALENDAR), {}, INDEX, today=today)
    assert all(p.due.on >= today for p in moved.active())


@pytest.mark.parametrize(
    ("done_on", "follower_due"),
    [
        (date(2026, 9, 16), date(2026, 9, 18)),  # a day early: Thursday, Friday
        (date(2026, 9, 17), date(2026, 9, 20)),  # as planned: Friday, and a Sunday that is worked
        (date(2026, 9, 30), date(2026, 10, 9)),  # before the holiday: Thursday 8, Friday 9
        (date(2026, 10, 3), date(2026, 10, 9)),  # inside the holiday: the same
    ],
)
def test_followers_are_counted_from_the_real_day(done_on: date, follower_due: date) -> None:
    composed = plan(step("a", 1), step("b", 2, "a"))
    moved = with_actuals(composed, {"a": done_on}, INDEX)
    assert dues(moved) == {"a": done_on, "b": follower_due}


def test_what_is_done_at_once_after_a_weekend_is_not_dated_before_it() -> None:
    composed = plan(step("a", 1), step("b", 0, "a"))
    saturday = date(2026, 9, 26)
    b = dues(with_actuals(composed, {"a": saturday}, INDEX))["b"]
    assert b == date(2026, 9, 28)


def test_the_critical_path_leaves_out_what_is_behind() -> None:
    composed = plan(step("a", 5), step("b", 3, "a"), step("c", 1))
    assert composed.critical_path == ("a", "b")
    late: Mapping[str, date] = {"c": date(2026, 10, 30)}
    assert with_actuals(composed, {"a": START}, INDEX).critical_path == ("b",)
    assert with_actuals(composed, late, INDEX).critical_path == ()


def test_the_applicants_own_work_is_no_assumption_once_it_is_done() -> None:
    composed = plan(step("own", 0, is_open_ended=True), step("b", 2, "own"))
    assert composed.steps[1].assumes == ("own",)
    moved = with_actuals(composed, {"own": date(2026, 9, 28)}, INDEX)
    assert moved.steps[1].assumes == ()
    assert moved.steps[1].due.on == CALENDAR.add_working_days(date(2026, 9, 28), 2).on
