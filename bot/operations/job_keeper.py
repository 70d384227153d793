"""Runs trainings and comparisons as child processes of low priority, one at a time."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog

from bot.domain.model_life import JobState
from bot.operations.supervisor import Supervisor
from bot.operations.training import child_environment
from bot.services.learning import jobs as learning_jobs
from bot.services.ports import OpenUnitOfWork

LOOK_EVERY_S = 1.0
GRACE_S = 8.0
INTERRUPTED = "小二停止运行，任务中断；请重新开始"

log = structlog.get_logger()


@dataclass
class _Child:
    job_id: int
    process: "subprocess.Popen[bytes]"
    kill_at: float | None = None


def work_command(job_id: int) -> Sequence[str]:
    """Return the command that does a piece of work."""
    return (sys.executable, "-m", "bot.cli", "learning", "work", str(job_id))


class JobKeeper:
    """Takes up what waits in the database; call `tick` about twice a second, `stop` at the end.

    Args:
        unit_of_work: Opens transactions.
        root: Where the child works.
        log_path: Takes what the child prints.
        now: The clock.
        command: Builds the command of a job.
    """

    def __init__(
        self,
        unit_of_work: OpenUnitOfWork,
        root: Path,
        log_path: Path,
        now: Callable[[], datetime],
        command: Callable[[int], Sequence[str]] = work_command,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._root = root
        self._log_path = log_path
        self._now = now
        self._command = command
        self._child: _Child | None = None
        self._look_at = 0.0
        learning_jobs.end_left_over(unit_of_work, INTERRUPTED, now())

    def tick(self, _supervisor: Supervisor) -> None:
        """Take the next step, if it is time; never raises for a database that is away."""
        if time.monotonic() < self._look_at:
            return
        self._look_at = time.monotonic() + LOOK_EVERY_S
        try:
            self._step()
        except Exception as error:  # noqa: BLE001 - the service must go on; tried again soon
            log.warning("job_keeper_failed", error=type(error).__name__)

    def stop(self) -> None:
        """End the work in progress, and say so in the database."""
        if self._child is None:
            return
        _signal_group(self._child.process.pid, signal.SIGKILL)
        self._child.process.wait()
        self._end(JobState.FAILED, INTERRUPTED)

    def _step(self) -> None:
        child = self._child
        if child is None:
            job = learning_jobs.take_next(self._unit_of_work, self._now())
            if job is not None:
                self._child = _Child(job.id, self._start(job.id))
        elif child.process.poll() is not None:
            _signal_group(child.process.pid, signal.SIGKILL)  # what it left behind
            if child.kill_at is not None:
                self._end(JobState.STOPPED, "")
            else:
                name = self._log_path.name
                self._end(
                    JobState.FAILED,
                    f"进程意外结束（{child.process.returncode}），见 var/log/{name}",
                )
        elif child.kill_at is None and learning_jobs.is_to_stop(self._unit_of_work, child.job_id):
            _signal_group(child.process.pid, signal.SIGTERM)
            child.kill_at = time.monotonic() + GRACE_S
        elif child.kill_at is not None and time.monotonic() > child.kill_at:
            _signal_group(child.process.pid, signal.SIGKILL)

    def _end(self, state: JobState, error: str) -> None:
        assert self._child is not None
        # nothing happens where the child itself has written down how it ended
        learning_jobs.end(self._unit_of_work, self._child.job_id, state, self._now(), error=error)
        self._child = None

    def _start(self, job_id: int) -> "subprocess.Popen[bytes]":
        self._log_path.parent.mkdir(parents=True, exist_ok=True)
        with self._log_path.open("ab") as output:
            return subprocess.Popen(  # noqa: S603 - our own command, no shell
                list(self._command(job_id)),
                cwd=self._root,
                env=child_environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )


def _signal_group(leader: int, number: signal.Signals) -> None:
    try:
        os.killpg(leader, number)
    except ProcessLookupError:
        return
