"""What really happened laid over a plan: finished steps move everything that follows them.

A step that finished on the day it was due moves nothing, even where its length is a fraction of a
day; a later or earlier one is counted from the end of its real day.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.planner.calendar import ONE_DAY, DueDate
from bot.planner.day_index import DayIndex
from bot.planner.graph import Step
from bot.planner.plan import Plan, PlannedStep
from bot.planner.schedule import Window


@dataclass(frozen=True)
class _Moment:
    """When a step ends.

    Attributes:
        start: Working days after day 0.
        finish: As above.
        floor: Latest real day before it or of it: nothing after it is dated earlier.
    """

    start: float
    finish: float
    floor: date | None


def with_actuals(
    plan: Plan,
    finished: Mapping[str, date],
    days: DayIndex,
    *,
    start_on: date | None = None,
    today: date | None = None,
) -> Plan:
    """Return the plan as it stands after some steps have really been finished.

    Args:
        plan: As composed; its graph and lengths are kept.
        finished: Real local day by step id; ids the plan does not know are ignored.
        days: The calendar the dates are counted on.
        start_on: Another day 0; that of the plan when None.
        today: With it, a step that is not finished ends today at the earliest.

    Returns:
        A plan with new dates, windows, critical path and end. A finished step is due on its real
        day and never critical. Totals stay those of the plan. O(steps + edges).
    """
    day_0 = start_on or plan.start_on
    moments = _forward(plan, finished, days, day_0, today)
    total = max((moment.finish for moment in moments.values()), default=0.0)
    path = _path(plan, moments, finished)
    on = _Days(days, day_0)
    windows = _windows(plan, moments, finished, total)
    steps = tuple(
        _dated(planned, moments[planned.step.id], windows[planned.step.id], finished, on)
        for planned in plan.steps
    )
    steps = tuple(
        replace(planned, is_critical=True) if planned.step.id in path else planned
        for planned in steps
    )
    dues = [planned.due for planned in steps if not planned.step.is_skipped]
    dues = dues or [days.add_working_days(day_0, 0)]
    end = max(dues, key=lambda due: due.on)
    return replace(
        plan,
        start_on=day_0,
        steps=steps,
        critical_path=path,
        finishes=DueDate(end.on, any(due.provisional for due in dues if due.on == end.on)),
        calendar=days.calendar,
    )


def _forward(
    plan: Plan,
    finished: Mapping[str, date],
    days: DayIndex,
    day_0: date,
    today: date | None,
) -> dict[str, _Moment]:
    moments: dict[str, _Moment] = {}
    soonest = None if today is None else days.add_working_days(today, 0).on
    on = _Days(days, day_0)
    for planned in plan.steps:
        step = planned.step
        before = [moments[p] for p in step.depends_on]
        start = max((moment.finish for moment in before), default=0.0)
        floors = [moment.floor for moment in before if moment.floor is not None]
        floor = max(floors, default=None)
        finish = start + step.days()
        if step.calendar_days and not step.is_skipped:
            finish = max(start, on.after_calendar_days(start, floor, step))
        real = finished.get(step.id)
        if real is not None:
            counted = float(days.working_days_between(day_0, real).days)
            is_that_day = on.not_before(finish, floor).on == real
            finish, floor = (finish if is_that_day else counted), real
        elif soonest is not None and _takes_time(step) and on.is_over(finish, floor, soonest):
            finish = float(days.working_days_between(day_0, soonest).days)
            floor = soonest
        moments[step.id] = _Moment(min(start, finish), finish, floor)
    return moments


def _takes_time(step: Step) -> bool:
    return not step.is_skipped and step.clock != "none"


def _windows(
    plan: Plan, moments: Mapping[str, _Moment], finished: Mapping[str, date], total: float
) -> dict[str, Window]:
    """Return earliest and latest times; nothing can be late about what is finished."""
    latest = dict.fromkeys(moments, total)
    found: dict[str, Window] = {}
    for planned in reversed(plan.steps):
        step = planned.step
        moment, end = moments[step.id], latest[step.id]
        start = end - (moment.finish - moment.start)
        for before in step.depends_on:
            latest[before] = min(latest[before], start)
        if step.id in finished:
            start, end = moment.start, moment.finish
        found[step.id] = Window(moment.start, moment.finish, start, end)
    return found


def _path(
    plan: Plan, moments: Mapping[str, _Moment], finished: Mapping[str, date]
) -> tuple[str, ...]:
    """Return the open steps that decide the end, first to last."""
    at = max(
        (planned.step for planned in plan.steps), key=lambda s: moments[s.id].finish, default=None
    )
    path: list[str] = []
    while at is not None:
        if at.days() and at.id not in finished:
            path.append(at.id)
        before = max(at.depends_on, key=lambda p: moments[p].finish, default=None)
        at = None if before is None else plan.graph[before]
    return tuple(reversed(path))


def _dated(
    planned: PlannedStep,
    moment: _Moment,
    window: Window,
    finished: Mapping[str, date],
    on: "_Days",
) -> PlannedStep:
    real = finished.get(planned.step.id)
    starts = on.not_before(moment.start, moment.floor)
    if real is None:
        due = on.not_before(moment.finish, moment.floor)
    else:
        due = DueDate(real, provisional=False)
        starts = DueDate(min(starts.on, real), provisional=False)
    return replace(
        planned,
        window=window,
        starts=starts,
        due=due,
        is_critical=False,
        assumes=tuple(name for name in planned.assumes if name not in finished),
    )


@dataclass(frozen=True)
class _Days:
    """Days after a day 0."""

    days: DayIndex
    day_0: date

    def not_before(self, working_days: float, floor: date | None) -> DueDate:
        """Return the day so many working days on, at the earliest the first worked from `floor`."""
        due = self.days.add_working_days(self.day_0, working_days)
        return due if floor is None or due.on >= floor else self.days.add_working_days(floor, 0)

    def is_over(self, working_days: float, floor: date | None, day: date) -> bool:
        """Tell whether what ends after so many working days should be finished before `day`."""
        return self.not_before(working_days, floor).on < day

    def after_calendar_days(self, start: float, floor: date | None, step: Step) -> float:
        """Return when a public notice that begins then is over; see `with_calendar_days`."""
        last = self.not_before(start, floor).on + step.calendar_days * ONE_DAY
        end = self.days.add_working_days(last, 0).on
        return float(self.days.working_days_between(self.day_0, end).days)
