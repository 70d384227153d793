"""Measure the clock of the whistle on PostgreSQL and SQLite with many open clocks.

Usage: python -m bench.tickets [--open 100000] [--closed 1000000] [--fire 1000]

Fills a throw-away database with open tickets of four clocks each, measures, adds closed tickets,
and measures the same again: the sweep must not grow with them. "nothing due" is what a hub does
every three seconds; "all that is due" fires a warning, a breach or a call of the supervisor for
`--fire` clocks, with entries of the history and news. Beside it the naive way: every open ticket
is read and its clocks are counted from its history, as a sweep without stored due times would.
PostgreSQL runs without fsync. The load before the start is printed.
"""

import argparse
import io
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import Engine

from bench.seal_all import seal_all
from bot.services.tickets.stamps import Timing, count_clocks
from bot.services.tickets.watch import TicketWatch, sweep
from bot.settings import ROOT
from bot.store.calendars import load_calendar
from bot.store.catalogue.loader import load_catalogue
from bot.store.engine import open_engine
from bot.store.migrate import upgrade
from bot.store.unit_of_work import unit_of_work_factory
from bot.store.whistle_rules import load_whistle_rules
from tests.databases import postgres_server
from tests.keys import TEST_KEYS

NOW = datetime(2026, 11, 24, 2, tzinfo=timezone.utc)
ROUNDS = 15
CHUNK = 50_000
NAIVE = 500
"""Tickets that the naive way counts; its time is multiplied up."""

CLOCKS = ("report_in", "first_contact", "answer", "solve")
NULL = "\\N"
TICKET_COLUMNS = (
    *("id", "number", "origin", "conversation_id", "business_name", "contact_phone"),
    *("description", "district_id", "urgency", "state", "report_in_due_at"),
    *("report_in_provisional", "answer_due_at", "answer_provisional", "opened_at", "is_demo"),
    *("closed_at", "due_at", "due_kind", "yellow_at", "clock_key"),
)
CLOCK_COLUMNS = (
    *("ticket_id", "kind", "department_id", "started_at", "state", "due_at"),
    *("due_provisional", "warn_at", "raise_at", "met_at", "level", "next_at"),
)
EVENT_COLUMNS = ("ticket_id", "at", "actor", "kind", "seen", "to", "reason")


def main() -> None:
    """Measure both databases."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--open", type=int, default=100_000, help="open tickets / 4 clocks each")
    parser.add_argument("--closed", type=int, default=1_000_000)
    parser.add_argument("--fire", type=int, default=1000)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    options = parser.parse_args()
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        if options.only != "postgresql":
            measure(open_engine(f"sqlite:///{folder}/bench.db", TEST_KEYS), options)
        if options.only != "sqlite":
            with postgres_server(Path(folder)) as url:
                measure(open_engine(url, TEST_KEYS), options)


def measure(engine: Engine, options: argparse.Namespace) -> None:
    """Fill, measure, add closed tickets, measure again."""
    upgrade(engine)
    n_open = options.open // len(CLOCKS)
    fill(engine, range(1, n_open + 1), fire=options.fire * 3, is_open=True)
    name = engine.dialect.name
    print(f"\n{name}: {n_open} open tickets, {n_open * len(CLOCKS)} open clocks")
    report(engine, options.fire)
    fill(engine, range(n_open + 1, n_open + options.closed + 1), fire=0, is_open=False)
    print(f"{name}: and {options.closed} closed tickets")
    report(engine, options.fire)
    engine.dispose()


def report(engine: Engine, fire: int) -> None:
    """Print the times of one state of the database."""
    watch = TicketWatch(
        unit_of_work_factory(engine),
        load_whistle_rules(ROOT / "data" / "services", load_catalogue(ROOT / "data" / "catalogue")),
        load_calendar(ROOT / "data" / "calendar"),
    )
    before = NOW - timedelta(days=1)  # nothing is due yet
    idle = [timed(lambda: sweep(watch, now=before)) for _ in range(ROUNDS)]
    print(
        f"  nothing due: median {statistics.median(idle) * 1000:.1f} ms, max {max(idle) * 1000:.1f}"
    )
    fired = 0
    start = time.perf_counter()
    while fired < fire:
        done = sweep(watch, now=NOW)
        if not done:
            break
        fired += len(done)
    print(f"  {fired} events fired and told: {time.perf_counter() - start:.2f} s")
    naive(watch)


def naive(watch: TicketWatch) -> None:
    """Count some open tickets from their history, and say how long all would take."""
    timing = Timing(watch.rules, watch.calendar)
    with watch.unit_of_work() as uow:
        total = uow.ticket_clocks.count_stale("none")
        start = time.perf_counter()
        found = uow.tickets.open_of_business("", NAIVE)
        for ticket in found:
            count_clocks(ticket, timing)
        spent = time.perf_counter() - start
    whole = spent / max(len(found), 1) * total
    print(f"  naive, counting every open ticket: {whole:.0f} s (from {len(found)} of {total})")


def timed(act: Callable[[], object]) -> float:
    """Return the seconds that something takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def fill(engine: Engine, ids: range, *, fire: int, is_open: bool) -> None:
    """Write tickets with clocks and history; the first `fire` clocks are due at `NOW`."""
    for first in range(ids.start, ids.stop, CHUNK):
        chunk = range(first, min(first + CHUNK, ids.stop))
        copy(engine, "tickets", TICKET_COLUMNS, (ticket(n, is_open=is_open) for n in chunk))
        rows = (row for n in chunk for row in clocks(n, fire=fire, is_open=is_open))
        copy(engine, "ticket_clocks", CLOCK_COLUMNS, rows)
        events = (row for n in chunk for row in history(n, is_open=is_open))
        copy(engine, "ticket_events", EVENT_COLUMNS, events)
    seal_all(engine, "tickets", "ticket_events")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


Row = tuple[object, ...]


def ticket(n: int, *, is_open: bool) -> Row:
    """Return a row of `tickets`."""
    opened = at(NOW - timedelta(days=3 if is_open else 60, seconds=n % 3600))
    due = at(NOW + timedelta(hours=1 + n % 200))
    state = "in_progress" if is_open else "closed"
    number = f"CS-{20260101 + n // 9999}-{n % 9999:04d}-{n}"
    return (
        *(n, number[:24], f"bench:{n}", f"c{n % 5000}", f"示例企业{n % 20000}", "06350000100"),
        *("示例：通不上电", "371526", "normal", state, due, 0, due, 0, opened, 0),
        *(None if is_open else due, due if is_open else None, "answer", due, "bench"),
    )


def clocks(n: int, *, fire: int, is_open: bool) -> Iterator[Row]:
    """Yield the rows of `ticket_clocks`."""
    for index, kind in enumerate(CLOCKS):
        is_due = is_open and n * len(CLOCKS) + index < fire
        due = NOW - timedelta(minutes=1) if is_due else NOW + timedelta(hours=1 + n % 200)
        warn, call = due - timedelta(hours=4), due + timedelta(days=1)
        warn = warn if is_due else NOW + timedelta(minutes=1 + n % 9999)
        yield (
            *(n, kind, "power-supply", at(NOW - timedelta(days=3))),
            *("running" if is_open else "met", at(due), 0, at(warn), at(call)),
            *(None if is_open else at(due), 0, at(warn) if is_open else None),
        )


def history(n: int, *, is_open: bool) -> Iterator[Row]:
    """Yield the rows of `ticket_events`."""
    walk = ("new", "dispatched", "reported_in", "in_progress")
    walk = walk if is_open else (*walk, "answered", "call_back", "closed")
    for index, state in enumerate(walk):
        kind = "moved" if index else "opened"
        when = at(NOW - timedelta(days=3) + timedelta(minutes=index))
        yield (n, when, "agent:1", kind, walk[index - 1] if index else None, state, "")


def at(moment: datetime) -> str:
    """Return a moment as both databases store it."""
    return moment.strftime("%Y-%m-%d %H:%M:%S.000000")


def copy(engine: Engine, table: str, columns: tuple[str, ...], rows: Iterator[Row]) -> None:
    """Write rows the fastest way that the database has."""
    names = ", ".join(f'"{name}"' for name in columns)
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        if engine.dialect.name == "sqlite":
            marks = ", ".join("?" * len(columns))
            cursor.execute("BEGIN")
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608
            cursor.execute("COMMIT")
            return
        lines = ("\t".join(NULL if c is None else str(c) for c in row) for row in rows)
        content = io.StringIO("\n".join(lines) + "\n")
        cursor.execute("SET TIME ZONE 'UTC'")
        cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN", content)
        raw.commit()
    finally:
        raw.close()


if __name__ == "__main__":
    main()
