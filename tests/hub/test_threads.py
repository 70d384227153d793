"""Jobs beside the event loop: their context, their errors, and callers that are cancelled."""

import asyncio
import threading
from contextvars import ContextVar

import pytest

from bot.hub.threads import Threads

WHO: ContextVar[str] = ContextVar("WHO", default="nobody")


async def test_a_job_runs_in_another_thread_with_the_context_of_its_caller() -> None:
    WHO.set("李雷")

    who, where = await Threads(1).run(lambda: (WHO.get(), threading.get_ident()))

    assert who == "李雷"
    assert where != threading.get_ident()


async def test_an_error_of_a_job_is_raised_where_it_was_handed_in() -> None:
    def fail() -> None:
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        await Threads(1).run(fail)


async def test_who_is_cancelled_goes_on_only_when_his_job_has_ended() -> None:
    """A worker gives a claim back after a cancellation: nothing may still be storing its answer."""
    begun, may_end, steps = threading.Event(), threading.Event(), list[str]()

    def store() -> None:
        begun.set()
        assert may_end.wait(30)
        steps.append("stored")

    async def serve(threads: Threads) -> None:
        try:
            await threads.run(store)
        except asyncio.CancelledError:
            steps.append("given back")
            raise

    serving = asyncio.create_task(serve(Threads(1)))
    await asyncio.get_running_loop().run_in_executor(None, begun.wait, 30)
    serving.cancel()
    await asyncio.sleep(0)
    serving.cancel()  # once more, while it waits for the job
    await asyncio.sleep(0)
    assert steps == []
    may_end.set()
    await asyncio.gather(serving, return_exceptions=True)

    assert steps == ["stored", "given back"]
    assert serving.cancelled()


async def test_no_more_jobs_run_at_once_than_there_are_threads() -> None:
    threads, at_once, most = Threads(2), 0, 0
    lock = threading.Lock()

    def count() -> None:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        with lock:
            at_once -= 1

    await asyncio.gather(*(threads.run(count) for _ in range(50)))

    assert most <= 2
