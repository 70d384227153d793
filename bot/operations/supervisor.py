"""Keeps a handful of processes running and ends them, with all their children, in seconds.

Each process gets a session of its own, so that Ctrl-C in the terminal reaches only us and a whole
process group can be ended at once. A process that dies after it ran well is started again at once,
otherwise after a growing pause; one that cannot stay up for `STEADY_S` three times in a row stops
everything with its name and log.
"""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.operations.errors import ProcessDied

STEADY_S = 30.0
"""A process that ran this long was healthy; its next death counts as the first again."""

MAX_QUICK_DEATHS = 3

GRACE_S = 8.0
"""How long a process may take to end by itself; a Rasa turn in progress needs some seconds."""

KEPT_LOG_BYTES = 20_000_000
"""A log larger than this is set aside as `<name>.log.1` when its process starts."""


@dataclass(frozen=True)
class Command:
    """One process to keep running.

    Attributes:
        name: Short name, also of its log file.
        arguments: Program and arguments; no shell.
        environment: The whole environment of the process.
    """

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str] = field(repr=False)


@dataclass
class _Child:
    command: Command
    log: Path
    process: "subprocess.Popen[bytes] | None" = None
    started_at: float = 0.0
    quick_deaths: int = 0
    start_at: float = 0.0
    is_on_trial: bool = False
    kill_at: float | None = None


class Supervisor:
    """Owns the child processes; use as a context manager, so that none is left behind."""

    def __init__(self, commands: Sequence[Command], folder: Path, logs: Path) -> None:
        """Prepare, start nothing yet; `folder` is where the processes work."""
        self._folder = folder
        self._logs = logs
        self._children = [_Child(command, logs / f"{command.name}.log") for command in commands]
        self._leaving: list[_Child] = []
        logs.mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> "Supervisor":  # noqa: PYI034 - typing.Self needs Python 3.11
        """Start every process in the given order."""
        try:
            for child in self._children:
                self._start(child)
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """End every process, whatever happened."""
        self.stop()

    def tick(self, now_s: float | None = None) -> list[str]:
        """Start dead processes again; call it some times a second.

        Args:
            now_s: Monotonic seconds; the real clock when None.

        Returns:
            The names of processes that died since the last tick.

        Raises:
            ProcessDied: One of them keeps dying.
        """
        moment = time.monotonic() if now_s is None else now_s
        self._see_off(time.monotonic() if now_s is None else now_s)
        died = []
        for child in self._children:
            if child.is_on_trial:
                continue
            if child.process is None:
                if moment >= child.start_at:
                    self._start(child, moment)
            elif child.process.poll() is not None:
                died.append(child.command.name)
                self._bury(child, moment)
        return died

    def keep(self, commands: Sequence[Command]) -> None:
        """Keep these running: what runs like this already goes on, the rest is started.

        A process of the same name that was started otherwise is ended first.
        """
        for command in commands:
            known = next((one for one in self._children if one.command.name == command.name), None)
            if known is not None and known.command == command:
                continue
            if known is not None:
                self._children.remove(known)
                _end([known], GRACE_S)
            child = _Child(command, self._logs / f"{command.name}.log")
            self._children.append(child)
            self._start(child)

    def add_on_trial(self, command: Command) -> None:
        """Start one more process; when it dies it is not started again and nothing else ends."""
        child = _Child(command, self._logs / f"{command.name}.log", is_on_trial=True)
        self._children.append(child)
        self._start(child)

    def take_over(self, name: str, from_name: str) -> None:
        """Let a process on trial take the name of another one, which goes on until `dismiss`.

        From now on the first is kept running; the other has the name `<from_name>-old`.
        """
        new, old = self._child(name), self._child(from_name)
        old.command = replace(old.command, name=f"{from_name}-old")
        old.is_on_trial = True
        new.command = replace(new.command, name=from_name)
        new.is_on_trial = False

    def dismiss(self, name: str, grace_s: float = GRACE_S) -> None:
        """Ask a process to end and go on; `tick` insists after `grace_s` seconds."""
        child = self._child(name)
        self._children.remove(child)
        if child.process is not None:
            _signal_group(child.process.pid, signal.SIGTERM)
            child.kill_at = time.monotonic() + grace_s
            self._leaving.append(child)

    def _child(self, name: str) -> _Child:
        return next(child for child in self._children if child.command.name == name)

    def _see_off(self, moment: float) -> None:
        for child in list(self._leaving):
            process = child.process
            is_gone = process is None or process.poll() is not None
            if process is not None and (is_gone or moment >= (child.kill_at or 0.0)):
                _signal_group(process.pid, signal.SIGKILL)  # and what it left behind
                process.wait()
                is_gone = True
            if is_gone:
                self._leaving.remove(child)

    def pids(self) -> dict[str, int]:
        """Return the process id by name of those that run."""
        running = {}
        for child in self._children:
            if child.process is not None and child.process.poll() is None:
                running[child.command.name] = child.process.pid
        return running

    def stop(self, grace_s: float = GRACE_S) -> None:
        """End all process groups: ask first, insist after `grace_s` seconds."""
        _end([*self._children, *self._leaving], grace_s)
        self._leaving.clear()

    def _start(self, child: _Child, moment: float | None = None) -> None:
        if child.log.exists() and child.log.stat().st_size > KEPT_LOG_BYTES:
            child.log.replace(child.log.with_name(child.log.name + ".1"))
        with child.log.open("ab") as output:
            child.process = subprocess.Popen(  # noqa: S603 - commands are built by us, no shell
                child.command.arguments,
                cwd=self._folder,
                env=dict(child.command.environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        child.started_at = time.monotonic() if moment is None else moment

    def _bury(self, child: _Child, moment: float) -> None:
        process = child.process
        if process is None:
            return
        _signal_group(process.pid, signal.SIGKILL)  # its orphans would keep the port
        was_steady = moment - child.started_at >= STEADY_S
        child.quick_deaths = 1 if was_steady else child.quick_deaths + 1
        if child.quick_deaths >= MAX_QUICK_DEATHS:
            raise ProcessDied(child.command.name, process.returncode, child.log)
        child.process = None
        child.start_at = moment if was_steady else moment + 2.0 ** (child.quick_deaths - 1)


def _end(children: Sequence[_Child], grace_s: float) -> None:
    living = [child.process for child in children if child.process is not None]
    for process in living:
        _signal_group(process.pid, signal.SIGTERM)
    deadline = time.monotonic() + grace_s
    for process in living:
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0.0, deadline - time.monotonic()))
        _signal_group(process.pid, signal.SIGKILL)  # also what the process itself left behind
        process.wait()
    for child in children:
        child.process = None


def _signal_group(leader: int, number: signal.Signals) -> None:
    try:
        os.killpg(leader, number)
    except ProcessLookupError:
        return
