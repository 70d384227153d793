"""What can go wrong, each with its end: afterwards the parts are whole or can be started again."""

import os
import random
import resource
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.breakage import eventually
from tests.faults.city import City
from tests.faults.points import AFTER, BEFORE, CLOCK, Point, disarm
from tests.faults.proxy import Proxy

PARTS = ("hub", "rasa", "actions", "clock")
HELD_S = 12.0
"""Stock Rasa gives up on a locked file after 5 s."""

AWAY_S = 6.0
SLOW_S = 0.15
JUMP_S = 90.0
POINT_S = 20.0
"""After so long nobody has come by the point, and it does not count."""

SMALL_FILE = 4096

POINTS = (
    *(
        Point("actions", f"INSERT INTO {table}", moment)
        for table in ("tickets", "bookings", "applications", "reviews")
        for moment in (BEFORE, AFTER)
    ),
    Point("hub", "INSERT INTO messages", BEFORE),
    Point("hub", "INSERT INTO messages", AFTER),
    Point("hub", "UPDATE deliveries", BEFORE),
)


@dataclass(frozen=True)
class Fault:
    """One kind of trouble.

    Attributes:
        name: As the table says it.
        happen: Does it, and returns when it is over; False when it did not come to it.
        kills: Whether a process is ended with -9.
    """

    name: str
    happen: Callable[[City], bool]
    kills: bool = False


def faults_of(city: City) -> list[Fault]:
    """Return all that can happen to this city, each once."""
    found = [
        *(killed(part) for part in PARTS),
        *(terminated(part) for part in PARTS),
        *(Fault(f"kill -9 at {point}", _at(point), kills=True) for point in POINTS),
        *(fault for name in ("rasa", "actions") for fault in _of_line(name)),
        Fault(f"clock {JUMP_S:.0f} s ahead, then back", _jump),
    ]
    if city.redis is not None:
        found += [Fault("Redis stopped and started", _redis_away), *_of_line("redis")]
    if city.postgres is not None:
        found += [
            Fault("PostgreSQL restarted", _restart),
            Fault("PostgreSQL away", _postgres_away),
            Fault("PostgreSQL read-only", _read_only),
            *_of_line("postgresql"),
        ]
    else:
        found += [held(HELD_S), disk_full(AWAY_S)]
    return found


def random_kill(dice: random.Random) -> Fault:
    """Return the end of any part."""
    return killed(dice.choice(PARTS))


def _killing(part: str) -> Callable[[City], bool]:
    def happen(city: City) -> bool:
        city.breaker.kill(part)
        return True

    return happen


def _terminating(part: str) -> Callable[[City], bool]:
    def happen(city: City) -> bool:
        os.kill(city.stack.supervisor.pids()[part], signal.SIGTERM)
        eventually(lambda: part not in city.stack.supervisor.pids(), f"the end of {part}")
        return True

    return happen


def _at(point: Point) -> Callable[[City], bool]:
    def happen(city: City) -> bool:
        point.arm(city.folder)
        deadline = time.monotonic() + POINT_S
        while point.process in city.stack.supervisor.pids():
            if time.monotonic() > deadline:
                return not disarm(city.folder)
            time.sleep(0.02)
        return True

    return happen


def _of_line(name: str) -> list[Fault]:
    def line(city: City) -> Proxy:
        return city.lines[name]

    def reset(city: City) -> bool:
        for _time in range(3):
            line(city).reset()
            time.sleep(0.5)
        return True

    def slow(city: City) -> bool:
        line(city).delay_s = SLOW_S
        time.sleep(AWAY_S)
        line(city).delay_s = 0.0
        return True

    def half_open(city: City) -> bool:
        line(city).stall(is_stalled=True)
        time.sleep(AWAY_S)
        line(city).reset()
        line(city).stall(is_stalled=False)
        return True

    return [
        Fault(f"connections to {name} reset", reset),
        Fault(f"line to {name} slow", slow),
        Fault(f"line to {name} half open", half_open),
    ]


def _jump(city: City) -> bool:
    (city.folder / CLOCK).write_text(str(JUMP_S))
    time.sleep(AWAY_S)
    (city.folder / CLOCK).write_text("0")
    return True


def _redis_away(city: City) -> bool:
    assert city.redis is not None
    city.redis.stop()
    time.sleep(AWAY_S)
    city.redis.start()
    return True


def _restart(city: City) -> bool:
    assert city.postgres is not None
    city.postgres.stop()
    city.postgres.start()
    return True


def _postgres_away(city: City) -> bool:
    assert city.postgres is not None
    city.postgres.stop()
    time.sleep(HELD_S)
    city.postgres.start()
    return True


def _read_only(city: City) -> bool:
    assert city.postgres is not None
    change = "ALTER SYSTEM SET default_transaction_read_only = {}"
    city.postgres.execute(change.format("on"), "SELECT pg_reload_conf()")
    time.sleep(AWAY_S)
    city.postgres.execute(
        "SET default_transaction_read_only = off",
        change.format("off"),
        "SELECT pg_reload_conf()",
    )
    return True


def held(seconds: float) -> Fault:
    """Another process has the lock of both SQLite files for so long."""

    def happen(city: City) -> bool:
        with ExitStack() as locks:
            for file in _files(city):
                locks.enter_context(_locked(file))
            time.sleep(seconds)
        return True

    return Fault("SQLite held", happen)


def disk_full(seconds: float) -> Fault:
    """No process can write beyond the first page of any file, logs included."""

    def happen(city: City) -> bool:
        pids = city.stack.supervisor.pids().values()
        before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in pids}
        for pid, (_soft, hard) in before.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (SMALL_FILE, hard))
        time.sleep(seconds)
        for pid, limits in before.items():
            if pid in city.stack.supervisor.pids().values():
                resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)
        return True

    return Fault("disk full", happen)


def killed(part: str) -> Fault:
    """The part ends as by `kill -9`."""
    return Fault(f"kill -9 {part}", _killing(part), kills=True)


def terminated(part: str) -> Fault:
    """The part is asked to end while it works."""
    return Fault(f"SIGTERM {part} in mid-turn", _terminating(part))


def _files(city: City) -> list[Path]:
    settings = city.stack.settings
    urls = (settings.database_url, settings.rasa_database)
    return [Path(url.removeprefix("sqlite:///")) for url in urls]


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    with closing(sqlite3.connect(file, timeout=60, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")
