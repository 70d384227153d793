"""Recompute many saved plans after a change of the calendar, beside a naive one-by-one.

Usage: python -m bench.plans [--plans 10000] [--naive 500]

The plans are of all nine project types and all one-thing bundles, begun on the days of a year.
A holiday is added to the calendar, so that some of them move. The naive way composes each plan
from nothing, freezes its page and writes it in a transaction of its own.
"""

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter, process_time

from rich.progress import Progress

from bot.bootstrap import App, build, utc_now
from bot.domain.plan_life import PlanLife
from bot.planner.calendar import CalendarYear, WorkingCalendar
from bot.services.plans.changes import plain_snapshot
from bot.services.plans.due_days import dates_of
from bot.services.plans.life_events import LifeEvents
from bot.services.plans.project import PlanProject, ProjectAnswers
from bot.services.plans.recipe import AnyAnswers, PlanComposer, pack
from bot.services.plans.recompute import recompute_plans
from bot.services.plans.start_business import StartAnswers, StartBusiness
from bot.services.times.local_time import local_day
from bot.settings import load_settings
from bot.store.migrate import upgrade

FIRST_START = date(2026, 6, 1)
STARTS = 180
NEW_HOLIDAY = date(2026, 12, 24)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--plans", type=int, default=10_000)
    parser.add_argument("--naive", type=int, default=500)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        alone = fresh(Path(folder) / "naive.db", options.naive)
        each, cpu = (t / options.naive for t in naive(alone, with_holiday(alone)))
        print(f"one by one: {each * 1000:.1f} ms a plan, {cpu * 1000:.1f} ms of CPU")
        app = fresh(Path(folder) / "plans.db", options.plans)
        start, cpu = perf_counter(), process_time()
        with Progress() as progress:
            task = progress.add_task("recompute", total=options.plans)
            done = recompute_plans(
                app.unit_of_work,
                with_holiday(app),
                texts=app.plan_news,
                now=utc_now(),
                progress=lambda n: progress.update(task, advance=n),
            )
        took, cpu = perf_counter() - start, process_time() - cpu
        print(f"batch: {took / done.looked_at * 1000:.2f} ms a plan")
        print(
            f"{done.looked_at} plans, {done.moved} of them moved: {took:.1f} s, {cpu:.1f} s of CPU"
        )
        print(f"one by one it would be {each * done.looked_at:.0f} s")
        print(f"database: {(Path(folder) / 'plans.db').stat().st_size / 1e6:.0f} MB")


def fresh(path: Path, n_plans: int) -> App:
    """Return an application with a database of its own and so many plans in it."""
    environ = {"XIAOER_DATABASE_URL": f"sqlite:///{path}"}
    app = build(load_settings(environ, env_file=path.parent / "none.env"))
    upgrade(app.engine)
    seed(app, n_plans)
    return app


def seed(app: App, n_plans: int) -> None:
    """Write plans in one transaction."""
    now = utc_now()
    composer = app.plan_composer
    everything = list(all_answers(app))
    with app.unit_of_work() as uow:
        for n in range(n_plans):
            answers = everything[n % len(everything)]
            recipe = pack(answers, FIRST_START + timedelta(days=n * 7 % STARTS))
            base, dated = composer.dated(recipe)
            saved = uow.plans.add(
                origin=f"bench:{n}",
                conversation_id=f"bench-{n}",
                kind=recipe.kind,
                answers={},
                snapshot={},
                now=now,
            )
            uow.plan_lives.add(
                PlanLife(
                    plan_id=saved.id,
                    kind=saved.kind,
                    conversation_id=saved.conversation_id,
                    number=f"FA-20260601-{n:06d}",
                    name="bench",
                    recipe=recipe.recipe,
                    start_on=recipe.start_on,
                    done={},
                    papers={},
                    dates=dates_of(base.steps, dated, {}),
                    is_open=True,
                    phone_tail="",
                    fingerprint=composer.fingerprint,
                    version=1,
                    created_at=now,
                ),
                now,
            )


def all_answers(app: App) -> Iterator[AnyAnswers]:
    """Yield the answers of every kind of plan, with and without some of the facts."""
    for type_id in app.catalogue.project_types:
        for regional in (True, False):
            yield ProjectAnswers(type_id, facts={"regional_assessed": regional})
    for bundle in app.catalogue.one_things:
        for staff in (True, False):
            yield StartAnswers("company", bundle, district_id="371502", hires_staff=staff)


def with_holiday(app: App) -> PlanComposer:
    """Return a composer by whose calendar one more day is off."""
    years = [
        CalendarYear(
            year.year,
            {**year.days_off, **({NEW_HOLIDAY: "bench"} if year.year == NEW_HOLIDAY.year else {})},
            year.make_up_days,
            year.source,
        )
        for year in app.calendar.years
    ]
    calendar = WorkingCalendar(tuple(years))
    return PlanComposer(
        StartBusiness(app.catalogue, calendar),
        PlanProject(app.catalogue, calendar),
        LifeEvents(app.catalogue, calendar),
        app.catalogue,
        calendar,
        fingerprint="bench",
        today=local_day(utc_now()),
    )


def naive(app: App, changed: PlanComposer) -> tuple[float, float]:
    """Return seconds and CPU seconds for all plans, each composed and written by itself."""
    now = utc_now()
    with app.unit_of_work() as uow:
        lives = uow.plan_lives.stale(changed.fingerprint, 0, 1_000_000)
    start, cpu = perf_counter(), process_time()
    for life in lives:
        plan = changed.compose(life)
        snapshot = plain_snapshot(changed, plan, life.recipe)
        dates = dates_of(plan.steps, plan.plan, life.done)
        new = replace(life, dates=dates, version=life.version + 1, fingerprint=changed.fingerprint)
        with app.unit_of_work() as uow:
            uow.plan_lives.save(life, new, now)
            uow.plan_lives.add_versions([(new, "naive", snapshot)], now)
    return perf_counter() - start, process_time() - cpu


if __name__ == "__main__":
    main()
