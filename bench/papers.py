"""How long documents take: cold (a new worker process) and warm, for a trade and a project.

Usage: python bench/papers.py [--times N]

Wall time depends on the load, which is printed first; the processor seconds of the same work in
this process do so less.
"""

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

from bot.bootstrap import App, build, utc_now
from bot.documents import jobs
from bot.documents.notice import Notice, compose_notice, load_providers
from bot.documents.seal_certificate import make_test_seal
from bot.documents.seal_file import SealFile
from bot.documents.worker import PaperWorker
from bot.domain.plan_snapshot import PlanSnapshot
from bot.services.plans.project import ProjectAnswers
from bot.services.plans.snapshot import freeze
from bot.services.plans.start_business import StartAnswers
from bot.settings import Settings

START_ON = date(2026, 11, 24)
NUMBER = "GZ-20261124-7K3M9Q2X"
Job = Callable[[], Awaitable[bytes]]


def plans(app: App) -> dict[str, PlanSnapshot]:
    """Return a usual trade and the project type with the most steps."""
    trade = app.start_business.compose(StartAnswers(one_thing_id="ot-restaurant"), START_ON)
    composed = [
        app.plan_project.compose(ProjectAnswers(kind), START_ON)
        for kind in app.catalogue.project_types
    ]
    largest = max((plan for plan in composed if plan), key=lambda plan: len(plan.steps))
    return {
        f"trade, {len(trade.steps)} steps": freeze(trade, app.catalogue),
        f"project, {len(largest.steps)} steps": freeze(largest, app.catalogue),
    }


async def timed(job: Job) -> tuple[float, int]:
    """Return seconds and bytes."""
    began = time.perf_counter()
    content = await job()
    return time.perf_counter() - began, len(content)


async def longest_gap(job: Job) -> float:
    """Return the longest time, in seconds, for which a job held the event loop."""
    gaps = [0.0]

    async def beat() -> None:
        last = time.perf_counter()
        while True:
            await asyncio.sleep(0.005)
            now = time.perf_counter()
            gaps.append(now - last - 0.005)
            last = now

    beating = asyncio.create_task(beat())
    await job()
    beating.cancel()
    return max(gaps)


def processor_seconds(job: Callable[[], object], times: int) -> float:
    """Return the median of processor seconds in this process, the first run left out."""
    job()
    spent = []
    for _ in range(times):
        began = time.process_time()
        job()
        spent.append(time.process_time() - began)
    return statistics.median(spent)


def direct_of(app: App, plan: PlanSnapshot, state: Path) -> dict[str, Callable[[], object]]:
    """Return the same work without a worker, by name."""
    folder, notice, seal = _notice(app, plan, state)
    return {
        "picture (PNG)": lambda: jobs.picture(plan, "png"),
        "picture (SVG)": lambda: jobs.picture(plan, "svg"),
        "notice (PDF/UA, sealed)": lambda: jobs.notice(notice, folder, seal, utc_now()),
    }


def _notice(app: App, plan: PlanSnapshot, state: Path) -> tuple[Path, Notice, SealFile]:
    folder = app.settings.data_dir / "documents"
    notice = compose_notice(
        plan,
        load_providers(folder / "providers.yml"),
        number=NUMBER,
        issued_on="2026-11-24",
        plan_url="https://example.org/s/abcdefghjkmn",
        verify_url=f"https://example.org/verify/{NUMBER}",
    )
    return folder, notice, make_test_seal(state, utc_now())


def jobs_of(app: App, worker: PaperWorker, plan: PlanSnapshot, state: Path) -> dict[str, Job]:
    """Return what is measured, by name."""
    folder, notice, seal = _notice(app, plan, state)

    async def sealed() -> bytes:
        return (await worker.run(jobs.notice, notice, folder, seal, utc_now())).content

    return {
        "picture (PNG)": lambda: worker.run(jobs.picture, plan, "png"),
        "picture (SVG)": lambda: worker.run(jobs.picture, plan, "svg"),
        "notice (PDF/UA, sealed)": sealed,
    }


async def measure(app: App, times: int, state: Path) -> None:
    """Print one line for each document of each plan."""
    for plan_name, plan in plans(app).items():
        print(plan_name)
        for name in jobs_of(app, PaperWorker(), plan, state):
            worker = PaperWorker()
            job = jobs_of(app, worker, plan, state)[name]
            cold, size = await timed(job)
            warm = sorted([(await timed(job))[0] for _ in range(times)])
            gap = await longest_gap(job)
            worker.close()
            direct = direct_of(app, plan, state)[name]
            spent = await asyncio.to_thread(processor_seconds, direct, times)
            print(
                f"  {name:<24} cold {cold:5.2f} s, warm median {statistics.median(warm):5.2f} s,"
                f" max {warm[-1]:5.2f} s, processor {spent:5.2f} s,"
                f" {size / 1000:4.0f} kB, loop held {gap * 1000:3.0f} ms"
            )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=7, help="warm runs of each")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(f"load before: {os.getloadavg()[0]:.1f}")
        app = build(Settings(database_url="sqlite://"))
        asyncio.run(measure(app, options.times, Path(folder)))


if __name__ == "__main__":
    main()
