"""Measure what the seals of the audit log cost: one writer, many writers, the check of a long log.

Usage: python -m bench.audit [--entries 2000] [--writers 8] [--long 100000]

Beside it, in the same run, the naive way: the same rows put into the same table without seal and
without the lock on the head. PostgreSQL is a throw-away server without fsync, so its figures are
only good for comparing. The load before the start is printed.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.engine import Engine

from bot.domain.audit import AuditEntry
from bot.domain.audit_chain import AuditKeys
from bot.services.accounts.audit import verify_log
from bot.store.engine import open_engine
from bot.store.migrate import upgrade
from bot.store.store_secrets import StoreSecrets
from bot.store.tables.people import AUDIT_ENTRIES
from bot.store.unit_of_work import unit_of_work_factory
from tests.databases import postgres_server
from tests.keys import TEST_KEYS

NOW = datetime(2026, 11, 24, 2, tzinfo=timezone.utc)
KEYS = AuditKeys(["bench"])
Write = Callable[[int], None]


def entry(number: int) -> AuditEntry:
    """Return one entry of a usual length."""
    return AuditEntry(NOW + timedelta(seconds=number), number % 50, "case_read", f"c{number}")


def sealed(engine: Engine) -> Write:
    """Return what writes one entry in a transaction of its own, as the product does."""
    open_unit = unit_of_work_factory(engine, StoreSecrets(lambda: KEYS))

    def write(number: int) -> None:
        with open_unit() as unit:
            unit.audit.add(entry(number))

    return write


def naive(engine: Engine) -> Write:
    """Return what writes the same row without seal and lock."""

    def write(number: int) -> None:
        with engine.begin() as connection:
            connection.execute(insert(AUDIT_ENTRIES).values(**vars(entry(number))))

    return write


def run(write: Write, entries: int, writers: int) -> tuple[float, float]:
    """Return entries a second and the 95th percentile of one transaction in ms."""

    def timed(number: int) -> float:
        start = time.perf_counter()
        write(number)
        return (time.perf_counter() - start) * 1000

    start = time.perf_counter()
    with ThreadPoolExecutor(writers) as pool:
        spent = sorted(pool.map(timed, range(entries)))
    took = time.perf_counter() - start
    return entries / took, spent[int(len(spent) * 0.95)]


def measure(name: str, engine: Engine, options: argparse.Namespace) -> None:
    """Print the figures of one database."""
    upgrade(engine)
    for writers in (1, options.writers):
        for way, make in (("sealed", sealed), ("naive", naive)):
            rate, slow = run(make(engine), options.entries, writers)
            print(f"{name:<10} {way:<7} {writers:>2} writers  {rate:8.0f}/s  p95 {slow:7.2f} ms")
    with engine.begin() as connection:  # the naive rows are no part of the chain
        connection.exec_driver_sql("DROP TABLE audit_entries")
        connection.exec_driver_sql("DELETE FROM audit_head")
    AUDIT_ENTRIES.create(engine)
    open_unit = unit_of_work_factory(engine, StoreSecrets(lambda: KEYS))
    for start in range(0, options.long, 5000):
        with open_unit() as unit:
            for number in range(start, min(start + 5000, options.long)):
                unit.audit.add(entry(number))
    begun = time.perf_counter()
    verdict = verify_log(open_unit)
    took = time.perf_counter() - begun
    assert verdict.is_intact
    print(f"{name:<10} check of {verdict.checked} entries: {took:.1f} s")


def main() -> None:
    """Run it on both databases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=2000)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--long", type=int, default=100_000)
    options = parser.parse_args()
    print("load", *(f"{one:.1f}" for one in os.getloadavg()))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        engine = open_engine(f"sqlite:///{folder / 'bench.db'}", TEST_KEYS)
        measure("sqlite", engine, options)
        engine.dispose()
        server = folder / "postgres"
        server.mkdir()
        with postgres_server(server) as url:
            engine = open_engine(url, TEST_KEYS)
            measure("postgresql", engine, options)
            engine.dispose()


if __name__ == "__main__":
    main()
