"""Measure the page of open statistics over a year of events, on SQLite and PostgreSQL.

Usage: python -m bench.open_statistics [--events 1000000] [--only sqlite|postgresql]

Fills a throw-away database with a year of closed cases (six of ten events), reviews (three) and
answered complaints (one), spread evenly, over 40 departments and 128 matters. Counts the months
once (what the hub does when a month is over) and then makes the whole page, from the database to
the HTML. Beside it, in the same run, the naive way: the same figures, each time from the events.
PostgreSQL runs without fsync. The load before the start is printed.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import Engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.bootstrap import App, build
from bot.domain.open_data import Count, publishable, window_at
from bot.portal import open_statistics
from bot.services.operating.open_counts import count_month, count_months
from bot.settings import Settings
from bot.store.engine import open_engine
from bot.store.migrate import upgrade
from bot.store.open_figures import compute, load_figures
from bot.store.unit_of_work import reading_factory, unit_of_work_factory
from tests.databases import postgres_server
from tests.keys import TEST_KEYS

NOW = datetime(2026, 11, 24, 2, tzinfo=timezone.utc)
START = datetime(2025, 11, 1, 8, tzinfo=timezone.utc)
DAYS = 360
ROUNDS = 7
DEPARTMENTS, MATTERS = 40, 128

NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {last})"
CASE = """INSERT INTO cases
(number, origin, matter_id, matter_name, applicant_name, phone, credential, district_id,
department_id, state, missing, opened_at, is_demo, closed_at, clock_key)
{numbers} SELECT 'c' || i, 'o' || i, 'm' || (i * 7 % {matters}), '', '', '', '', '371502',
'd' || (i * 13 % {departments}), 'completed', '[]', {begun}, {false}, {at}, 'k' FROM n"""
REVIEW = """INSERT INTO reviews
(origin, conversation_id, target_kind, target_id, level, comment, created_at)
{numbers} SELECT 'r' || i, 'x', 'case', 'c' || (i * 2), 5 - i % 100 / 97 * 4, '', {at} FROM n"""
LETTER = """INSERT INTO feedback
(number, origin, conversation_id, kind, text, matter_id, department_id, place,
state, due_on, due_provisional, opened_at)
{numbers} SELECT 'f' || i, 'o' || i, 'x', 'complaint', '', 'm' || (i % {matters}),
'd' || (i % {departments}), '', 'closed', {day}, {false}, {begun} FROM n"""
ANSWER = """INSERT INTO feedback_events (feedback_id, at, actor, "to", reason)
{numbers} SELECT i + 1, {at}, 'agent:1', 'answered', '' FROM n"""


def main() -> None:
    """Measure both databases."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    chosen = parser.parse_args()
    say(f"load {os.getloadavg()[0]:.1f}, {chosen.events:,} events in a year")
    with tempfile.TemporaryDirectory() as folder:
        if chosen.only != "postgresql":
            measure(open_engine(f"sqlite:///{folder}/bench.db", TEST_KEYS), chosen.events)
        if chosen.only != "sqlite":
            place = Path(folder) / "postgres"
            place.mkdir()
            with postgres_server(place) as url:
                measure(open_engine(url, TEST_KEYS), chosen.events)


def measure(engine: Engine, events: int) -> None:
    """Fill one database and print what was seen."""
    upgrade(engine)
    fill(engine, events)
    app = replace(
        build(Settings(database_url="sqlite:///:memory:")),
        engine=engine,
        unit_of_work=unit_of_work_factory(engine),
        reading=reading_factory(engine),
        now=lambda: NOW,
    )
    name = engine.dialect.name
    naive_s = timed(lambda: naive(app))
    counted_s = timed(
        lambda: count_months(
            app.reading, app.unit_of_work, now=NOW, calendar=app.calendar, catalogue=app.catalogue
        )
    )
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT count(*) FROM open_counts")).scalar_one()
    say(f"{name}: twelve months counted once {counted_s:.1f} s, {rows:,} rows kept")
    with TestClient(Starlette(routes=open_statistics.routes(app, kept_s=0))) as client:
        for path in ("/open/statistics", "/open/statistics.json"):
            times = [timed(lambda: client.get(path).raise_for_status()) for _ in range(ROUNDS)]  # noqa: B023 - called at once
            say(
                f"{name}: {path} {1000 * statistics.median(times):,.0f} ms, "
                f"slowest {1000 * max(times):,.0f} ms"
            )
    say(f"{name}: naive, from the events {naive_s:,.1f} s")
    engine.dispose()


def naive(app: App) -> None:
    """Make the figures from the events."""
    window = window_at(NOW.date())
    found: dict[tuple[str, str, str, str], list[int]] = {}
    for month in window.months:
        with app.reading() as unit:
            for one in count_month(unit, month, app.calendar, app.catalogue):
                for key in ((one.what, "", one.dimension, one.key), (one.what, one.month, "", "")):
                    if key[1] and one.dimension:
                        continue
                    sums = found.setdefault(key, [0, 0, 0])
                    for at, value in enumerate((one.n, one.due, one.kept)):
                        sums[at] += value
    counts = [Count(*key, n=n, due=due, kept=kept) for key, (n, due, kept) in found.items()]
    compute(publishable(counts), load_figures(app.settings.data_dir))


def fill(engine: Engine, events: int) -> None:
    """Write cases, reviews, complaints and their answers."""
    is_sqlite = engine.dialect.name == "sqlite"

    def moment(seconds: str) -> str:
        if is_sqlite:
            start = f"{START:%Y-%m-%d %H:%M:%S}"
            return f"datetime('{start}', '+' || CAST({seconds} AS INTEGER) || ' seconds')"
        return f"timestamptz '{START.isoformat()}' + ({seconds}) * interval '1 second'"

    for statement, share in ((CASE, 0.6), (REVIEW, 0.3), (LETTER, 0.1), (ANSWER, 0.1)):
        n = int(events * share)
        begun = f"i * {DAYS * 86400 / n}"
        at = moment(f"{begun} + (i % 20) * 80000")
        filled = statement.format(
            numbers=NUMBERS.format(last=n - 1),
            false="0" if is_sqlite else "false",
            begun=moment(begun),
            at=at,
            day=f"date({at}, '+1 day')" if is_sqlite else f"CAST({at} AS date) + 1",
            matters=MATTERS,
            departments=DEPARTMENTS,
        )
        with engine.begin() as connection:
            connection.execute(text(filled))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def timed(call: Callable[[], object]) -> float:
    """Return how many seconds a call took."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)


if __name__ == "__main__":
    main()
