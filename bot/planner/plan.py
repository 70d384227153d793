"""A dated plan: steps laid on the working calendar, totals, critical path, promises.

Times are counted in working days after the start day (day 0). A step starts on the day its last
predecessor is due, and fractions of a day are rounded up, so no date is promised too early.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.planner.calendar import DueDate, WorkingCalendar
from bot.planner.day_table import DayTable
from bot.planner.graph import Step, StepGraph
from bot.planner.schedule import (
    Window,
    critical_path,
    finishes,
    one_after_the_other,
    total_days,
    windows,
)

MAIN = "main"
"""Measure of the approval departments' own time (主流程)."""

FULL = "full"
"""Measure of everything that counts against the limit for the whole process (全过程)."""

MEASURES = (MAIN, FULL, None)
"""The measures of `Totals`, in the order of its fields; None is elapsed time."""


@dataclass(frozen=True)
class PlannedStep:
    """A step with its place in time.

    Attributes:
        step: What is done.
        window: Earliest and latest times, in elapsed working days.
        starts: The day it can start.
        due: The day it is finished if all goes as promised.
        wave: Active steps of one wave never wait for each other.
        is_critical: A delay here delays the whole plan (elapsed time).
        assumes: Ids of open-ended steps before it, which count as 0 days; with any, the dates
            are the earliest possible and not a promise.
    """

    step: Step
    window: Window
    starts: DueDate
    due: DueDate
    wave: int
    is_critical: bool
    assumes: tuple[str, ...]


@dataclass(frozen=True)
class Totals:
    """Working days by measure.

    Attributes:
        main: Approval time of the main procedure.
        full: Plus other permits, assessments, utilities, registration.
        elapsed: Plus notices, land transaction, bidding: the reference for the applicant.

    Source: 山东省工程建设项目审批制度改革 (主流程, 全过程), as recorded with the project types.
    """

    main: float
    full: float
    elapsed: float


@dataclass(frozen=True)
class Promise:
    """An official limit.

    Attributes:
        limit_working_days: The limit, fractions of a day for hours.
        scope: What it covers, as applicants read it.
        source: The document that makes the promise.
        measure: `main` or `full`; None counts elapsed time.
        starts_after: Step whose finish starts the clock, None for the start of the plan.
    """

    limit_working_days: float
    scope: str
    source: str
    measure: str | None = None
    starts_after: str | None = None


@dataclass(frozen=True)
class PromiseCheck:
    """What a promise means for one plan.

    Attributes:
        promise: The promise.
        planned_working_days: What the plan takes in the promise's measure.
        is_within: The plan keeps the promise.
        clock_starts: The day the promise's clock starts.
        due: Last day on which the promise is kept, if the steps its measure does not count
            (notices, land transaction, own time) take as long as planned.
    """

    promise: Promise
    planned_working_days: float
    is_within: bool
    clock_starts: DueDate
    due: DueDate


@dataclass(frozen=True)
class Plan:
    """A dated plan.

    Attributes:
        start_on: Day 0.
        steps: All steps, skipped ones too, each after all it waits for.
        critical_path: Ids of the steps that decide the elapsed time, first to last.
        totals: Working days with everything side by side that can be.
        one_after_the_other: Working days if nothing ran side by side.
        finishes: The day the last step is due.
        graph: The graph, for further questions.
        calendar: The calendar the dates were counted on.
    """

    start_on: date
    steps: tuple[PlannedStep, ...]
    critical_path: tuple[str, ...]
    totals: Totals
    one_after_the_other: Totals
    finishes: DueDate
    graph: StepGraph
    calendar: WorkingCalendar

    def active(self) -> tuple[PlannedStep, ...]:
        """Return the steps that really have to be done."""
        return tuple(planned for planned in self.steps if not planned.step.is_skipped)

    def parallel_groups(self) -> tuple[tuple[str, ...], ...]:
        """Return groups of two or more step ids of one stage that can be done side by side."""
        groups: dict[tuple[str, int], list[str]] = {}
        for planned in self.active():
            if planned.step.clock != "none":
                groups.setdefault((planned.step.stage, planned.wave), []).append(planned.step.id)
        return tuple(tuple(ids) for ids in groups.values() if len(ids) > 1)

    def critical_steps(self, measure: str | None) -> tuple[str, ...]:
        """Return the critical path in an official measure, in elapsed time when None."""
        return critical_path(self.graph, measure)

    def check(self, promise: Promise) -> PromiseCheck:
        """Hold the plan against a promise.

        Raises:
            UnknownStep: The promise's clock starts after a step that is not in the plan.
        """
        times = finishes(self.graph, promise.measure)
        planned, starts = max(times.values(), default=0), 0.0
        if promise.starts_after is not None:
            before = self.graph[promise.starts_after].id
            planned -= times[before]
            starts = finishes(self.graph)[before]
        spare = promise.limit_working_days - planned
        due_after = max(self._finish_of(promise.measure) + spare, starts)
        return PromiseCheck(
            promise=promise,
            planned_working_days=planned,
            is_within=planned <= promise.limit_working_days,
            clock_starts=self.calendar.add_working_days(self.start_on, starts),
            due=self.calendar.add_working_days(self.start_on, due_after),
        )

    def _finish_of(self, measure: str | None) -> float:
        """Return when the last step that counts in a measure ends, in elapsed working days."""
        counted = (
            planned.window.earliest_finish
            for planned in self.active()
            if measure is None or measure in planned.step.counts_in
        )
        return max(counted, default=0)


def build_plan(steps: Sequence[Step], start_on: date, calendar: WorkingCalendar) -> Plan:
    """Lay steps on the calendar.

    Args:
        steps: In the order in which equal ones are to be shown.
        start_on: Day 0 (local date, Asia/Shanghai), worked or not.
        calendar: Working days; a strict one refuses years without an arrangement.

    Raises:
        InvalidPlan: Ids double, predecessors missing or a cycle.
        NegativeWorkingDays: A step takes less than no time.
        CalendarNotCovered: The calendar is strict and the plan leaves its years.
    """
    graph = StepGraph(tuple(steps))
    times, waves, path = windows(graph), graph.waves(), critical_path(graph)
    days, assumes, critical = DayTable(start_on, calendar), _open_ended_before(graph), set(path)
    planned = tuple(
        PlannedStep(
            step=step,
            window=times[step.id],
            starts=days.after(times[step.id].earliest_start),
            due=days.after(times[step.id].earliest_finish),
            wave=waves[step.id],
            is_critical=step.id in critical,
            assumes=assumes[step.id],
        )
        for step in graph.ordered()
    )
    return Plan(
        start_on=start_on,
        steps=planned,
        critical_path=path,
        totals=totals_of(graph),
        one_after_the_other=Totals(*(one_after_the_other(graph, m) for m in MEASURES)),
        finishes=days.after(max((w.earliest_finish for w in times.values()), default=0)),
        graph=graph,
        calendar=calendar,
    )


def totals_of(graph: StepGraph) -> Totals:
    """Return the three totals of a graph, which need no dates."""
    return Totals(*(total_days(graph, measure) for measure in MEASURES))


def _open_ended_before(graph: StepGraph) -> Mapping[str, tuple[str, ...]]:
    """Return for each step the ids of the active open-ended steps before it, in order."""
    position = {step.id: index for index, step in enumerate(graph.ordered())}
    own = {s.id for s in graph.ordered() if s.is_open_ended and not s.is_skipped}
    before: dict[str, frozenset[str]] = {}
    for step in graph.ordered():
        found = {p for p in step.depends_on if p in own}
        before[step.id] = frozenset(found.union(*(before[p] for p in step.depends_on)))
    return {i: tuple(sorted(ids, key=position.__getitem__)) for i, ids in before.items()}
