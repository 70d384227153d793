"""The worker with a real process; a job is found by name there, so the jobs stand in this file."""

import asyncio
import multiprocessing
import os
import subprocess
import sys
import time
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from bot.documents import jobs
from bot.documents.worker import MAX_WAITING, PaperWorker, WorkerBusy, WorkerFailed
from bot.settings import ROOT
from tests.paper_factories import hot_pot

HEAVY = ("matplotlib", "weasyprint", "pyhanko", "docx", "docxtpl", "icalendar")


def die() -> None:
    os._exit(1)


def hang() -> None:
    time.sleep(60)


def is_there(number: int | None) -> bool:
    return Path(f"/proc/{number}").exists()


def pid() -> int:
    return os.getpid()


async def test_a_picture_is_drawn_in_another_process_while_the_loop_goes_on() -> None:
    worker = PaperWorker()
    beats = 0

    async def beat() -> None:
        nonlocal beats
        while True:
            beats += 1
            await asyncio.sleep(0.01)

    beating = asyncio.create_task(beat())
    picture = await worker.run(jobs.picture, hot_pot(), "png")
    beating.cancel()
    worker.close()
    assert picture.startswith(b"\x89PNG")
    assert beats > 5


async def test_when_the_process_dies_the_job_fails_and_the_next_one_works() -> None:
    worker = PaperWorker()
    with pytest.raises(WorkerFailed):
        await worker.run(die)
    assert await worker.run(pid) != os.getpid()
    worker.close()


async def test_a_job_that_hangs_is_given_up_and_its_process_ended() -> None:
    worker = PaperWorker()
    await worker.run(pid)
    worker._timeout_s = 0.5
    with pytest.raises(WorkerFailed):
        await worker.run(hang)
    worker._timeout_s = 60
    assert await worker.run(pid) != os.getpid()
    worker.close()
    children = multiprocessing.active_children()
    for child in children:
        child.join(10)
    # asked of the system: who reaps a child first, this thread or the executor's, is a race, and
    # the loser's object says "started" for ever
    assert [child.pid for child in children if is_there(child.pid)] == []


async def test_too_many_jobs_are_refused_at_once() -> None:
    opened = Event()
    worker = PaperWorker(ThreadPoolExecutor)
    waiting = [asyncio.create_task(worker.run(opened.wait)) for _ in range(MAX_WAITING)]
    await asyncio.sleep(0)
    with pytest.raises(WorkerBusy):
        await worker.run(opened.wait)
    opened.set()
    await asyncio.gather(*waiting)
    assert await worker.run(pid) == os.getpid()


async def test_a_worker_that_cannot_be_warmed_does_not_stop_the_hub() -> None:
    def no_process() -> Executor:
        raise OSError("no more processes")

    worker = PaperWorker(no_process)
    await worker.warm()
    with pytest.raises(OSError, match="no more processes"):
        await worker.run(pid)


def test_the_hub_imports_nothing_that_draws_or_seals() -> None:
    look = f"import sys, bot.asgi; print([m for m in {HEAVY} if m in sys.modules])"
    out = subprocess.run(
        [sys.executable, "-c", look], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert out.stdout.strip() == "[]"
