"""Puts what comes at the same time into one transaction, so that many messages share one commit.

A commit waits for the disk, and a SQLite file takes one writer at a time: at 200 messages a second
a transaction for each step of each is more than a disk does. Here whatever comes while a commit is
under way goes together into the next one, and what a statement can do for many is done at once.
Nothing waits on purpose: a lone message is written at once. Nobody is answered before the commit
that holds what he sent.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from bot.hub.threads import InThreads
from bot.services.ports import OpenUnitOfWork, UnitOfWork, within

Result = TypeVar("Result")


@dataclass(frozen=True)
class Joint(Generic[Result]):
    """A use case that takes many a few statements when they come together.

    Attributes:
        alone: Does it for this one.
        at_once: Does it for several, in order, in an open transaction; of the same function and
            kind they may be done at once, no key twice.
        kind: Of what is given to `at_once`.
        key: Whose it is: what comes later must find what came before.
        given: What `at_once` is given of this one.
    """

    alone: Callable[[OpenUnitOfWork], Result]
    at_once: Callable[[UnitOfWork, Sequence[Any]], Sequence[Result]]
    kind: Hashable
    key: Hashable
    given: Any

    def __call__(self, unit_of_work: OpenUnitOfWork) -> Result:
        """Do it for this one."""
        return self.alone(unit_of_work)

    def goes_with(self, others: "Sequence[Job]") -> bool:
        """Tell whether it may be done at once with those that come right before it."""
        kinds = {(one.at_once, one.kind) for one in others if isinstance(one, Joint)}
        keys = {one.key for one in others if isinstance(one, Joint)}
        return kinds == {(self.at_once, self.kind)} and self.key not in keys


Job = Callable[[OpenUnitOfWork], Any]


@dataclass(frozen=True)
class _Waiting:
    job: Job
    outcome: "asyncio.Future[Any]"


class SharedCommits:
    """Runs use cases, those that come together in one transaction.

    Args:
        beside: Runs the transactions, one after the other.
        most: So many use cases in one transaction.
    """

    def __init__(self, beside: InThreads, most: int) -> None:
        self._beside = beside
        self._most = most
        self._waiting: deque[_Waiting] = deque()
        self._writing: asyncio.Task[None] | None = None

    async def run(
        self,
        job: Callable[[OpenUnitOfWork], Result],
        afterwards: "Callable[[asyncio.Future[Result]], None] | None" = None,
    ) -> Result:
        """Run a use case with what opens its transaction; returns after the commit.

        `afterwards` is called with what came of it in any case, also when the caller has gone: a
        closed connection takes nothing back.

        An error of one use case undoes what that one did, and is raised here; the others go on. So
        a use case may be run more than once, and counts as it ran last.
        When their commit fails, each is tried alone; when no transaction opens, all fail at once.

        Raises:
            Exception: Whatever the use case, or its commit, raises.
        """
        mine = _Waiting(job, asyncio.get_running_loop().create_future())
        if afterwards is not None:
            mine.outcome.add_done_callback(afterwards)
        self._waiting.append(mine)
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        # shielded: a caller who is cancelled does not cancel what others wait for to be told
        return await asyncio.shield(mine.outcome)

    async def _write(self) -> None:
        try:
            while self._waiting:
                together = [
                    self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))
                ]
                jobs = [one.job for one in together]
                outcomes = await self._beside.run(partial(_commit, jobs))
                for one, outcome in zip(together, outcomes, strict=True):
                    _tell(one.outcome, outcome)
        finally:
            self._writing = None


def _commit(jobs: Sequence[Job], unit_of_work: OpenUnitOfWork) -> list[Any]:
    """Return what each gave: its result in a tuple, or its error."""
    if len(jobs) == 1:
        return [_alone(jobs[0], unit_of_work)]
    try:
        return _together(jobs, unit_of_work, _plain)
    except _JobFailed:  # seldom: a savepoint for each costs more than its statements
        return _together(jobs, unit_of_work, _apart)


def _together(
    jobs: Sequence[Job],
    unit_of_work: OpenUnitOfWork,
    run: Callable[[UnitOfWork, Sequence[Job]], list[Any]],
) -> list[Any]:
    is_open = False
    try:
        with unit_of_work() as unit:
            is_open = True
            outcomes = run(unit, jobs)
    except _JobFailed:
        raise
    except Exception as error:  # noqa: BLE001 - it is raised where the jobs were handed in
        return [_alone(job, unit_of_work) if is_open else error for job in jobs]
    return outcomes


def _alone(job: Job, unit_of_work: OpenUnitOfWork) -> Any:
    try:
        return (job(unit_of_work),)
    except Exception as error:  # noqa: BLE001 - it is raised where the job was handed in
        return error


class _JobFailed(Exception):
    """A use case has raised; what came before it in the transaction is undone as well."""


def _plain(unit: UnitOfWork, jobs: Sequence[Job]) -> list[Any]:
    try:
        return [(outcome,) for some in _in_order(jobs) for outcome in _at_once(unit, some)]
    except Exception as error:
        raise _JobFailed from error


def _in_order(jobs: Sequence[Job]) -> list[list[Job]]:
    """Return the jobs as they come, with those together that may be done at once."""
    parts: list[list[Job]] = []
    for job in jobs:
        if parts and isinstance(job, Joint) and job.goes_with(parts[-1]):
            parts[-1].append(job)
        else:
            parts.append([job])
    return parts


def _at_once(unit: UnitOfWork, jobs: Sequence[Job]) -> Sequence[Any]:
    first = jobs[0]
    if len(jobs) > 1 and isinstance(first, Joint):
        return first.at_once(unit, [one.given for one in jobs if isinstance(one, Joint)])
    return [job(within(unit)) for job in jobs]


def _apart(unit: UnitOfWork, jobs: Sequence[Job]) -> list[Any]:
    return [_in_savepoint(unit, job) for job in jobs]


def _in_savepoint(unit: UnitOfWork, job: Job) -> Any:
    try:
        with unit.apart():
            return (job(within(unit)),)
    except Exception as error:  # noqa: BLE001 - as above
        return error


def _tell(waiting: "asyncio.Future[Any]", outcome: Any) -> None:
    if waiting.done():  # who asked has gone: a closed connection
        return
    if isinstance(outcome, Exception):
        waiting.set_exception(outcome)
    else:
        waiting.set_result(outcome[0])
