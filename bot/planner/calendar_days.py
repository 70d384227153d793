"""Steps measured in calendar days (public notices), turned into working days of one plan."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.planner.calendar import WorkingCalendar, whole_days
from bot.planner.day_table import DayTable
from bot.planner.graph import Step, StepGraph


def with_calendar_days(
    steps: Sequence[Step], start_on: date, calendar: WorkingCalendar
) -> tuple[Step, ...]:
    """Return the steps with the length of notices in the working days that pass meanwhile.

    A notice starts on the day its last predecessor is due, which is not counted; when its last day
    is off, it ends on the next working day. Steps without `calendar_days` stay as they are.

    Raises:
        InvalidPlan: As `StepGraph`.
        CalendarNotCovered: The calendar is strict and a notice leaves its years.

    Source: 民法典 第二百零一条, 第二百零三条 (the first day is not counted; a last day off moves).
    """
    graph, table = StepGraph(tuple(steps)), DayTable(start_on, calendar)
    finish: dict[str, float] = {}
    lengths: dict[str, float] = {}
    for step in graph.ordered():
        start = max((finish[p] for p in step.depends_on), default=0)
        if step.calendar_days and not step.is_skipped:
            lengths[step.id] = _working_days(table, start, step.calendar_days)
            finish[step.id] = start + lengths[step.id]
        else:
            finish[step.id] = start + step.days()
    return tuple(
        replace(step, working_days=lengths[step.id]) if step.id in lengths else step
        for step in steps
    )


def _working_days(table: DayTable, start: float, calendar_days: int) -> float:
    last = table.after(start).on + timedelta(days=calendar_days)
    end = whole_days(start)
    while table.after(end).on < last:
        end += 1
    return end - start
