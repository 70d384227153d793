"""Measure plans: dates, critical path and slack beside a naive computation of the same dates.

Usage: python -m bench.planner [--runs 300]

One process, one core. For the project type with the most steps: composing it with dates, critical
path and slack; the same steps one after the other, each date counted from the start of the plan
(no graph, no table of days); what every other answer would change; the chat message. Then every
project type and the trade with the most steps. Prints median and 95th percentile in milliseconds of
processor time, the median of wall time, and the load before the start: on a busy machine wall time
counts other people's work.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable
from datetime import date

from bot.documents.plan_text import project_text
from bot.planner.calendar import WorkingCalendar
from bot.planner.plan import Plan
from bot.services.plans.project import PlanProject, ProjectAnswers
from bot.services.plans.start_business import StartAnswers, StartBusiness
from bot.services.plans.what_ifs import what_ifs
from bot.settings import ROOT
from bot.store.calendars import load_calendar
from bot.store.catalogue.loader import load_catalogue

DAY = date(2026, 11, 24)
PERCENTILE = 95


def measure(work: Callable[[], object], runs: int) -> tuple[float, float, float]:
    """Return median and 95th percentile of processor time, and median wall time, in ms."""
    for _ in range(10):
        work()
    busy, wall = [], []
    for _ in range(runs):
        began, ticked = time.thread_time(), time.perf_counter()
        work()
        busy.append((time.thread_time() - began) * 1000)
        wall.append((time.perf_counter() - ticked) * 1000)
    high = statistics.quantiles(busy, n=100)[PERCENTILE - 1]
    return statistics.median(busy), high, statistics.median(wall)


def naive(plan: Plan, calendar: WorkingCalendar) -> tuple[date, ...]:
    """Return the due date of each step with nothing side by side, counted from the start."""
    passed, days = 0.0, []
    for planned in plan.active():
        passed += planned.step.working_days
        days.append(calendar.add_working_days(plan.start_on, passed).on)
    return tuple(days)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=300)
    runs = parser.parse_args().runs
    catalogue, calendar = (
        load_catalogue(ROOT / "data/catalogue"),
        load_calendar(ROOT / "data/calendar"),
    )
    projects, start = PlanProject(catalogue, calendar), StartBusiness(catalogue, calendar)
    largest = max(catalogue.project_types.values(), key=lambda kind: len(kind.nodes))
    answers = ProjectAnswers(largest.id)
    made = projects.compose(answers, DAY)
    assert made is not None
    bundle = max(catalogue.one_things.values(), key=lambda one: len(one.components))
    trade = StartAnswers("company", bundle.id)
    rows: list[tuple[str, Callable[[], object]]] = [
        (f"{largest.id}: dates, critical path, slack", lambda: projects.compose(answers, DAY)),
        (f"{largest.id}: naive, one after the other", lambda: naive(made.plan, calendar)),
        (f"{largest.id}: totals only", lambda: projects.totals(answers)),
        (f"{largest.id}: all what-ifs", lambda: what_ifs(projects, catalogue, answers)),
        (f"{largest.id}: chat message", lambda: project_text(made)),
        (f"{bundle.id}: dates, critical path, slack", lambda: start.compose(trade, DAY)),
    ]
    for kind in catalogue.project_types.values():
        each = ProjectAnswers(kind.id)
        rows.append(
            (f"{kind.id} ({len(kind.nodes)})", lambda each=each: projects.compose(each, DAY))
        )
    print(f"load {os.getloadavg()[0]:.2f}, {len(largest.nodes)} steps in {largest.id}, {runs} runs")
    for name, work in rows:
        median, high, wall = measure(work, runs)
        print(f"{name:<46} {median:6.2f} ms   p{PERCENTILE} {high:6.2f} ms   wall {wall:6.2f} ms")


if __name__ == "__main__":
    main()
