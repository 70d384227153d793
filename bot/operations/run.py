"""`xiaoer run`: prepare what is missing, start all processes, wait until ready, stop on Ctrl-C."""

import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import count
from pathlib import Path
from secrets import token_hex
from types import FrameType
from typing import Protocol

from bot.operations.commands import commands, require_ports
from bot.operations.display import Display
from bot.operations.early_rasa import begun, early_rasa
from bot.operations.errors import NotReady
from bot.operations.guards import require_space
from bot.operations.job_keeper import JobKeeper
from bot.operations.keys import Login, load_or_make_secrets
from bot.operations.model_keeper import ModelKeeper, Place
from bot.operations.model_start import model_to_serve
from bot.operations.prepare import current_database, prepare
from bot.operations.readiness import Probe, http_probe, local_address
from bot.operations.supervisor import Command, Supervisor
from bot.operations.train import prepare_matters
from bot.settings import ROOT, Settings

READY_WITHIN_S = 600.0
"""A cold start of Rasa takes 50 to 100 s on two busy cores; more than this is a fault."""

TICK_S = 0.1
"""While a process is dead, people wait."""

KEEPERS_EVERY = 5
"""Ticks from one look of the keepers to the next."""


def run(
    settings: Settings, display: Display, clock: Callable[[], datetime], root: Path = ROOT
) -> None:
    """Run the whole application on this machine until Ctrl-C.

    Args:
        settings: Of this machine.
        display: Takes the progress.
        clock: Returns the time (aware, UTC).
        root: The project folder.

    Raises:
        OperationFailed: A port is taken, the disk is full, training failed, a process keeps dying.
    """
    now = clock()
    require_space(settings.state_dir)
    require_ports(settings)
    chosen = {"XIAOER_RASA_TOKEN": settings.rasa_token}
    secrets = load_or_make_secrets(settings.state_dir / "secrets.env", chosen)
    settings = replace(settings, run_id=token_hex(8))
    logs = settings.state_dir / "log"
    with begun(early_rasa(settings, root, secrets), root, logs) as supervisor:
        with display.waiting("准备数据库和演示数据 (preparing the database)"):
            login = prepare(settings, now)
        _run_prepared(Prepared(settings, secrets, login, supervisor), display, clock, root)


@dataclass(frozen=True)
class Prepared:
    """A machine whose database is ready, and what runs on it already."""

    settings: Settings
    secrets: Mapping[str, str] = field(repr=False)
    login: Login | None
    supervisor: Supervisor


def _run_prepared(
    prepared: Prepared, display: Display, clock: Callable[[], datetime], root: Path
) -> None:
    settings, secrets = prepared.settings, prepared.secrets
    with current_database(settings) as unit_of_work:
        choice = model_to_serve(unit_of_work, root, settings.state_dir, display, clock())
        prepare_matters(root, settings.state_dir, display)
        place = Place(
            settings=settings,
            secrets=secrets,
            root=root,
            models=root / "models",
            base=choice.base,
            tell=display.line,
        )
        logs = settings.state_dir / "log"
        jobs = JobKeeper(unit_of_work, root, logs / "learning.log", clock)
        start = Start(
            commands=commands(place.settings, root, place.models / choice.name, secrets, choice),
            folder=root,
            logs=logs,
            probe=http_probe(local_address(settings)),
            address=settings.base_url,
            keepers=(ModelKeeper(unit_of_work, place, clock), jobs),
            begun=prepared.supervisor,
        )
        shown = partial(_show_addresses, settings.base_url, display, prepared.login)
        try:
            supervise(start, display, shown)
        finally:
            jobs.stop()


class Keeper(Protocol):
    """Somebody who looks after more than that the processes run."""

    def tick(self, supervisor: Supervisor) -> None:
        """Take the next step; called about twice a second once everything is ready."""


@dataclass(frozen=True)
class Start:
    """What to run, and how to tell that it runs.

    Attributes:
        folder: Where the processes work.
        logs: Folder of one log file a process.
        address: Where people reach the hub, for the operator's eyes.
        ready_within_s: After this long without readiness everything is stopped.
        keepers: Asked again and again, once everything is ready.
        begun: Owns what runs already, None for nothing.
    """

    commands: Sequence[Command]
    folder: Path
    logs: Path
    probe: Probe
    address: str
    ready_within_s: float = READY_WITHIN_S
    keepers: Sequence[Keeper] = ()
    begun: Supervisor | None = None


def supervise(start: Start, display: Display, when_ready: Callable[[], None]) -> None:
    """Keep processes running until SIGINT, SIGTERM or SIGHUP; leave none behind.

    Raises:
        NotReady: The probe did not become true in time.
        ProcessDied: A process cannot stay up.
    """
    with _until_signal() as stopped:
        with _owner(start) as supervisor:
            supervisor.keep(start.commands)
            _wait_until_ready(start, supervisor, display, stopped)
            if not stopped.is_set():
                when_ready()
            for number in count():
                if stopped.wait(TICK_S):
                    break
                _tick(supervisor, display)
                for keeper in start.keepers if number % KEEPERS_EVERY == 0 else ():
                    keeper.tick(supervisor)
            display.line("正在停止 (stopping)")
        display.line("已全部停止 (all stopped)")


def _owner(start: Start) -> AbstractContextManager[Supervisor]:
    """Return who owns the processes; they are ended at the end of its block in any case."""
    if start.begun is None:
        return Supervisor((), start.folder, start.logs)
    return _ending(start.begun)


@contextmanager
def _ending(supervisor: Supervisor) -> Iterator[Supervisor]:
    try:
        yield supervisor
    finally:
        supervisor.stop()


def _wait_until_ready(
    start: Start, supervisor: Supervisor, display: Display, stopped: threading.Event
) -> None:
    began = time.monotonic()
    is_announced = False
    with display.waiting("启动中 (starting)"):
        while not stopped.wait(TICK_S):
            _tick(supervisor, display)
            elapsed = time.monotonic() - began
            state = start.probe()
            if state.is_ready:
                display.line(f"全部就绪, 用时 {elapsed:.0f} 秒 (ready after {elapsed:.0f} s)")
                return
            if state.is_alive and not is_announced:
                is_announced = True
                display.line(f"对话页已可打开 (chat page is up): {start.address}/")
            if elapsed > start.ready_within_s:
                raise NotReady(elapsed, state.missing, start.logs)
            display.update(f"等待 (waiting for) {state.missing}  {elapsed:.0f} s")


def _tick(supervisor: Supervisor, display: Display) -> None:
    for name in supervisor.tick():
        display.line(f"进程 {name} 退出, 即将重启 ({name} ended, starting it again)")


def _show_addresses(base_url: str, display: Display, login: Login | None) -> None:
    display.line("")
    display.line(f"  对话页 (chat)   {base_url}/")
    display.line(f"  坐席台 (desk)   {base_url}/desk/")
    if login is not None:
        display.line(f"  演示账号 (demo login)   {login.username}   {login.password}")
    display.line("  Ctrl-C 停止全部进程 (stops everything)")


@contextmanager
def _until_signal() -> Iterator[threading.Event]:
    """Yield an event that the usual stop signals set; the old handlers come back at the end."""
    stopped = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(number, stop) for number in numbers]
    try:
        yield stopped
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
