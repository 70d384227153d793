"""Upgrades from earlier schemas with many tickets, while code of that schema goes on writing.

    python -m tests.scale.upgrade_run [--tickets 100000] [--kinds sqlite postgresql] [--starts …]

Fills a database at an earlier schema, lets writers go on that know its columns only, upgrades, and
counts. A way up that passes a contract migration is made with the service stopped, as
docs/upgrades.md asks for: there nobody writes, and the duration is how long the service is away.
"""

import argparse
import os
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select, text
from sqlalchemy.engine import Engine

from bot.domain.schema_steps import Phase, Standing
from bot.store import migrate
from bot.store.engine import opened
from bot.store.tables import METADATA
from bot.store.tables.conversations import MESSAGES
from tests.databases import new_database
from tests.keys import TEST_KEYS
from tests.scale.old_schema import (
    MESSAGES_EACH,
    OldSchema,
    counts,
    fill,
    lines_of,
    read_schema,
    write_one,
)

STARTS = ("0001", "0010", "0019", "0021", "0024", "0027")
"""Schemas that were in use: no release is tagged yet, so these are the states of main that cities
could have: the first, whistles, oversight, sealed, switches and demo, openness."""

WRITERS = 2
PAUSE_S = 0.02
AROUND_S = 1.0
"""The writers go on for so long before and after the upgrade."""


@dataclass
class Traffic:
    """What was acknowledged while it went on; waits are in seconds, by when they began."""

    acknowledged: int = 0
    failed: int = 0
    waits: list[tuple[float, float]] = field(default_factory=list)

    def longest_between(self, begins: float, ends: float) -> float:
        """Return the longest transaction that overlaps a span, 0 for none."""
        return max((took for at, took in self.waits if at < ends and at + took > begins), default=0)


@dataclass(frozen=True)
class Upgraded:
    """One way up; times in seconds."""

    kind: str
    start: str
    tickets: int
    seconds: float
    with_traffic: bool
    acknowledged: int
    failed: int
    longest_wait: float
    longest_before: float
    broken: Sequence[str]

    def __str__(self) -> str:
        """Return the row of the table."""
        wait = f"{self.longest_wait:.2f} s ({self.longest_before:.2f} s)"
        cells = [
            *(self.kind, self.start, f"{self.tickets:,}", f"{self.seconds:.2f} s"),
            *(
                (str(self.acknowledged), str(self.failed), wait)
                if self.with_traffic
                else ("stopped", "–", "–")
            ),
            "; ".join(self.broken) or "none",
        ]
        return f"| {' | '.join(cells)} |"


HEAD = (
    "| database | from | tickets | upgrade | written meanwhile | refused "
    "| longest write during it (before) | broken |\n|---|---|---|---|---|---|---|---|"
)


def run(url: str, start: str, tickets: int, around_s: float = AROUND_S) -> Upgraded:
    """Upgrade one database, with traffic where the way up only expands."""
    with opened(url, TEST_KEYS) as engine:
        migrate.upgrade(engine, start)
        old = read_schema(engine, TEST_KEYS, start)
        fill(engine, old, tickets)
        before = counts(engine, old)
        is_open = all(step.phase is Phase.EXPAND for step in migrate.missing(engine))
        traffic = Traffic()
        with _writing(url, old, tickets, traffic, is_wanted=is_open):
            time.sleep(around_s if is_open else 0)
            began = time.monotonic()
            migrate.upgrade(engine)
            ended = time.monotonic()
            time.sleep(around_s if is_open else 0)
        return Upgraded(
            kind=engine.dialect.name,
            start=start,
            tickets=tickets,
            seconds=ended - began,
            with_traffic=is_open,
            acknowledged=traffic.acknowledged,
            failed=traffic.failed,
            longest_wait=traffic.longest_between(began, ended),
            longest_before=traffic.longest_between(0, began),
            broken=tuple(_broken(engine, old, before, traffic)),
        )


@contextmanager
def _writing(
    url: str, old: OldSchema, first: int, traffic: Traffic, *, is_wanted: bool
) -> Iterator[None]:
    """Keep writers going with a connection pool of their own."""
    stop, lock = threading.Event(), threading.Lock()

    def write(number: int) -> None:
        at = first + number
        with opened(url) as own:
            while not stop.wait(PAUSE_S):
                began = time.monotonic()
                try:
                    with own.begin() as connection:
                        write_one(connection, old, at)
                except Exception:  # noqa: BLE001 - whatever old code runs into counts
                    with lock:
                        traffic.failed += 1
                    continue
                with lock:
                    traffic.acknowledged += 1
                    traffic.waits.append((began, time.monotonic() - began))
                at += WRITERS

    threads = [threading.Thread(target=write, args=(n,)) for n in range(WRITERS * is_wanted)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _broken(
    engine: Engine, old: OldSchema, before: dict[str, int], traffic: Traffic
) -> Iterator[str]:
    """Yield what the upgrade should have kept and did not."""
    if migrate.standing(engine) is not Standing.CURRENT:
        yield "the schema is not current"
    for table, count in counts(engine, old).items():
        more = traffic.acknowledged * (MESSAGES_EACH if table == "messages" else 1)
        if count != before[table] + more:
            yield f"{table}: {count} rows, wanted {before[table] + more}"
    with engine.connect() as connection:
        if compare_metadata(MigrationContext.configure(connection), METADATA) and (
            engine.dialect.name != "sqlite"  # which has a table of counters of its own
        ):
            yield "the tables are not those of the code"
        if (
            engine.dialect.name == "sqlite"
            and connection.execute(text("PRAGMA foreign_key_check")).all()
        ):
            yield "a row points nowhere"
        wanted = [line for ticket in range(1, before["tickets"] + 1) for line in lines_of(ticket)]
        query = select(MESSAGES.c.text).order_by(MESSAGES.c.id).limit(len(wanted))
        if [row.text for row in connection.execute(query)] != wanted:
            yield "lines are not what was said, in its order"


def main() -> None:
    """Run all, print the table; the exit code tells whether something was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=100_000)
    parser.add_argument("--kinds", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--starts", nargs="+", default=list(STARTS))
    wanted = parser.parse_args()
    print(f"load before the start: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n{HEAD}")  # noqa: T201
    is_broken = False
    for kind in wanted.kinds:
        for start in wanted.starts:
            with tempfile.TemporaryDirectory(prefix="xiaoer-upgrade-") as name:
                folder = Path(name)
                folder.chmod(0o755)  # PostgreSQL runs as a user of its own
                with new_database(kind, folder) as url:
                    done = run(url, start, wanted.tickets)
            print(done, flush=True)  # noqa: T201 - what it is run for
            is_broken = is_broken or bool(done.broken) or done.failed > 0
    if is_broken:
        raise SystemExit("something was broken, see the table")


if __name__ == "__main__":
    main()
