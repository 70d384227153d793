from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.planner.calendar import DueDate
from bot.planner.errors import (
    CalendarNotCovered,
    CyclicPlan,
    DuplicateStep,
    NegativeWorkingDays,
    UnknownPredecessor,
    UnknownStep,
)
from bot.planner.graph import Step, StepGraph
from bot.planner.plan import Promise, build_plan
from bot.planner.schedule import critical_path, one_after_the_other, total_days, windows
from bot.store.calendars import load_calendar

CALENDAR = load_calendar(Path("data/calendar"))
WEDNESDAY = date(2026, 9, 16)
MEASURES = (None, "main", "full")


def step(step_id: str, days: float = 1, *after: str, **more: object) -> Step:
    return Step(id=step_id, name=step_id, working_days=days, depends_on=after, **more)  # type: ignore[arg-type]


@st.composite
def graphs(draw: st.DrawFn) -> StepGraph:
    """Random plans of up to eight steps; edges go from earlier to later ids."""
    size = draw(st.integers(1, 8))
    steps = []
    for i in range(size):
        earlier = [f"s{j}" for j in range(i)]
        steps.append(
            Step(
                id=f"s{i}",
                name=f"step {i}",
                working_days=draw(st.integers(0, 20)),
                depends_on=tuple(draw(st.lists(st.sampled_from(earlier), unique=True)))
                if earlier
                else (),
                counts_in=frozenset(draw(st.sets(st.sampled_from(("main", "full"))))),
                is_skipped=draw(st.booleans()),
                is_open_ended=draw(st.booleans()),
            )
        )
    return StepGraph(tuple(draw(st.permutations(steps))))


def all_paths(graph: StepGraph) -> list[tuple[Step, ...]]:
    """Every path from a step without predecessors, the slow and obvious way."""
    paths = [(s,) for s in graph.steps if not s.depends_on]
    found = list(paths)
    while paths:
        paths = [(*p, s) for p in paths for s in graph.steps if p[-1].id in s.depends_on]
        found += paths
    return found


@settings(deadline=None)
@given(graph=graphs(), measure=st.sampled_from(MEASURES))
def test_total_is_the_longest_of_all_paths(graph: StepGraph, measure: str | None) -> None:
    longest = max(sum(s.days(measure) for s in path) for path in all_paths(graph))
    assert total_days(graph, measure) == longest
    assert sum(graph[s].days(measure) for s in critical_path(graph, measure)) == longest


@settings(deadline=None)
@given(graph=graphs(), measure=st.sampled_from(MEASURES))
def test_steps_of_the_critical_path_wait_for_each_other(
    graph: StepGraph, measure: str | None
) -> None:
    times = windows(graph, measure)
    path = critical_path(graph, measure)
    assert all(times[s].slack == 0 for s in path)
    assert all(before in graph.ancestors(after) for before, after in pairwise(path))


@settings(deadline=None)
@given(graph=graphs(), measure=st.sampled_from(MEASURES))
def test_slack_is_never_negative_and_nothing_starts_too_early(
    graph: StepGraph, measure: str | None
) -> None:
    times = windows(graph, measure)
    for s in graph.steps:
        window = times[s.id]
        assert window.slack >= 0
        assert window.latest_finish <= total_days(graph, measure)
        for p in s.depends_on:
            assert times[p].earliest_finish <= window.earliest_start
            assert times[p].latest_finish <= window.latest_start


@settings(deadline=None)
@given(graph=graphs(), data=st.data())
def test_using_up_the_slack_does_not_delay_the_plan(graph: StepGraph, data: st.DataObject) -> None:
    late = data.draw(st.sampled_from(graph.steps))
    assume(not late.is_skipped)
    slack = windows(graph)[late.id].slack
    for extra, delayed in ((slack, False), (slack + 1, True)):
        steps = tuple(
            step(s.id, s.days() + extra * (s is late), *s.depends_on) for s in graph.steps
        )
        assert (total_days(StepGraph(steps)) > total_days(graph)) is delayed


@settings(deadline=None)
@given(graph=graphs(), measure=st.sampled_from(MEASURES))
def test_side_by_side_is_never_longer_than_one_after_the_other(
    graph: StepGraph, measure: str | None
) -> None:
    assert total_days(graph, measure) <= one_after_the_other(graph, measure)


@settings(deadline=None)
@given(graph=graphs(), data=st.data())
def test_waiting_for_one_more_step_never_shortens(graph: StepGraph, data: st.DataObject) -> None:
    ordered = graph.ordered()
    later = data.draw(st.integers(1, len(ordered)))
    assume(later < len(ordered))
    earlier = data.draw(st.integers(0, later - 1))
    chosen, new = ordered[later], ordered[earlier].id
    steps = tuple(
        step(s.id, s.days(), *s.depends_on, *({new} - set(s.depends_on) if s is chosen else ()))
        for s in graph.steps
    )
    assert total_days(StepGraph(steps)) >= total_days(graph)


@settings(deadline=None)
@given(graph=graphs())
def test_steps_of_one_group_never_wait_for_each_other(graph: StepGraph) -> None:
    plan = build_plan(graph.steps, WEDNESDAY, CALENDAR)
    for group in plan.parallel_groups():
        for one in group:
            assert not graph.ancestors(one).intersection(group)


@settings(deadline=None)
@given(graph=graphs())
def test_dates_follow_the_calendar_and_the_order(graph: StepGraph) -> None:
    plan = build_plan(graph.steps, date(2026, 1, 5), CALENDAR)
    dates = {p.step.id: p for p in plan.steps}
    for p in plan.steps:
        assert p.due == CALENDAR.add_working_days(plan.start_on, p.window.earliest_finish)
        assert all(dates[before].due.on <= p.starts.on for before in p.step.depends_on)
        assert p.due.on <= plan.finishes.on
        assert all(graph[a].is_open_ended and not graph[a].is_skipped for a in p.assumes)


def test_a_small_plan_with_its_dates() -> None:
    """Register in two hours, then two licences side by side, then opening."""
    plan = build_plan(
        (
            step("register", 0.25, stage="开办"),
            step("food", 3, "register", stage="准营"),
            step("sign", 1, "register", stage="准营"),
            step("ad", 5, "register", stage="准营", is_skipped=True),
            step("open", 0, "food", "sign", "ad", clock="none", stage="准营"),
        ),
        WEDNESDAY,
        CALENDAR,
    )
    due = {p.step.id: p.due.on for p in plan.steps}
    assert due["register"] == date(2026, 9, 17)  # Thu
    assert due["sign"] == date(2026, 9, 18)  # 1.25 days, rounded up: Fri
    assert due["food"] == date(2026, 9, 21)  # 3.25 days: Mon; the Sunday before is worked
    assert plan.finishes == DueDate(date(2026, 9, 21), provisional=False)
    assert plan.critical_path == ("register", "food")
    assert plan.parallel_groups() == (("food", "sign"),)
    assert plan.totals.elapsed == 3.25
    assert plan.one_after_the_other.elapsed == 4.25
    assert [p.step.id for p in plan.active()] == ["register", "food", "sign", "open"]


def test_a_skipped_step_passes_on_what_came_before() -> None:
    plan = build_plan(
        (step("a", 4), step("b", 9, "a", is_skipped=True), step("c", 2, "b")), WEDNESDAY, CALENDAR
    )
    assert plan.totals.elapsed == 6
    assert plan.critical_path == ("a", "c")


def test_dates_after_an_open_ended_step_say_so() -> None:
    plan = build_plan(
        (step("a"), step("design", 0, "a", is_open_ended=True), step("b", 1, "design")),
        WEDNESDAY,
        CALENDAR,
    )
    assert [p.assumes for p in plan.steps] == [(), (), ("design",)]


def test_a_measure_counts_only_its_own_steps() -> None:
    graph = StepGraph(
        (step("land", 22), step("permit", 2, "land", counts_in=frozenset({"main", "full"})))
    )
    assert (total_days(graph, "main"), total_days(graph)) == (2, 24)
    plan = build_plan(graph.steps, WEDNESDAY, CALENDAR)
    assert plan.critical_steps("main") == ("permit",)


@pytest.mark.parametrize(("limit", "within"), [(2, True), (1.9, False)])
def test_a_promise_is_kept_or_not(limit: float, within: bool) -> None:
    plan = build_plan((step("a"), step("b", 1, "a")), WEDNESDAY, CALENDAR)
    check = plan.check(Promise(limit, "全过程", "test"))
    assert check.is_within is within
    assert check.due.on == date(2026, 9, 18)  # Fri


def test_the_clock_of_a_promise_may_start_after_a_step() -> None:
    """Land on 21 September (Mon); fifteen working days on, over two holidays."""
    land = step("land", 4)
    permit = step("permit", 11, "land", counts_in=frozenset({"main"}))
    plan = build_plan((land, permit), WEDNESDAY, CALENDAR)
    check = plan.check(Promise(15, "拿地即开工", "test", "main", starts_after="land"))
    assert check.clock_starts.on == date(2026, 9, 21)
    assert (check.planned_working_days, check.is_within) == (11, True)
    assert check.due == DueDate(date(2026, 10, 19), provisional=False)  # Mon


def test_a_promise_that_starts_nowhere_is_an_error() -> None:
    plan = build_plan((step("a"),), WEDNESDAY, CALENDAR)
    with pytest.raises(UnknownStep):
        plan.check(Promise(1, "x", "test", starts_after="b"))


def test_a_promise_into_an_unpublished_year_is_provisional() -> None:
    plan = build_plan((step("a"),), date(2026, 12, 21), CALENDAR)
    assert plan.check(Promise(15, "x", "test")).due.provisional
    assert not plan.finishes.provisional


def test_a_strict_calendar_refuses_a_plan_beyond_it() -> None:
    with pytest.raises(CalendarNotCovered):
        build_plan((step("a", 30),), date(2026, 12, 1), CALENDAR.strict())


def test_an_empty_plan_takes_no_time() -> None:
    plan = build_plan((), WEDNESDAY, CALENDAR)
    assert (plan.totals.elapsed, plan.critical_path, plan.steps) == (0, (), ())


@pytest.mark.parametrize(
    ("steps", "error"),
    [
        ((step("a"), step("a")), DuplicateStep),
        ((step("a", 1, "b"),), UnknownPredecessor),
        ((step("a", 1, "a"),), CyclicPlan),
        ((step("a", 1, "c"), step("b", 1, "a"), step("c", 1, "b")), CyclicPlan),
        ((step("a", -1),), NegativeWorkingDays),
    ],
)
def test_impossible_plans_are_refused(steps: tuple[Step, ...], error: type[Exception]) -> None:
    with pytest.raises(error):
        build_plan(steps, WEDNESDAY, CALENDAR)


def test_a_cycle_is_named() -> None:
    with pytest.raises(CyclicPlan, match="a -> b"):
        StepGraph((step("a", 1, "b"), step("b", 1, "a")))
