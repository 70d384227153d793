"""Measure the reports over many messages, on SQLite and PostgreSQL.

Usage: python -m bench.reports [--messages 1000000] [--days 90]

Fills a throw-away database with conversations of twenty messages, spread evenly over the days;
every tenth is taken over by one of twenty agents and closed. Measures the first count over
everything (once after an upgrade; later the hub counts every ten seconds), then a report of the
last 30 days by each dimension. Beside it, in the same run, the naive way: the same figures of
conversations asked of the messages themselves, without counted days. PostgreSQL runs without
fsync. The load before the start is printed.
"""

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.domain.people import Agent, Role
from bot.domain.reports import Dimension, Span
from bot.services.operating.reports import make_report
from bot.services.operating.talk_counts import count_all
from bot.settings import ROOT
from bot.store.calendars import load_calendar
from bot.store.engine import open_engine
from bot.store.migrate import upgrade
from bot.store.unit_of_work import unit_of_work_factory
from tests.databases import postgres_server
from tests.keys import TEST_KEYS

NOW = datetime(2026, 11, 24, 2, tzinfo=timezone.utc)
LAST = date(2026, 11, 24)
SPAN = Span(LAST - timedelta(days=29), LAST)
CHIEF = Agent(1, "chief", "王芳", Role.SUPERVISOR)
A_TALK = 20
TAKEN = 10
AGENTS = 20
ROUNDS = 5
COUNT = 5000

NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {last})"
PERSON = """INSERT INTO agents
(id, login, name, role, districts, password_hash, is_active, created_at)
{numbers} SELECT i + 1, 'a' || i, 'a' || i, 'agent', '[]', '', {true}, {now} FROM n"""
TALK = """INSERT INTO conversations (id, channel, owner, fields, created_at, updated_at)
{numbers} SELECT 'c' || i, CASE i % 3 WHEN 0 THEN 'telegram' ELSE 'web' END, 'bot',
CASE i % 100 {fields} END, {now}, {now} FROM n"""
LINE = """INSERT INTO messages
(conversation_id, author, agent_id, text, buttons, attachments, created_at, attempts)
{numbers} SELECT 'c' || (i / {talk}), CASE WHEN i % 2 = 0 THEN 'applicant'
WHEN i / {talk} % {taken} = 0 AND i % {talk} > 10 THEN 'agent' ELSE 'bot' END,
NULL, '{said}', '[]', '{none}', {at}, 0 FROM n"""
STEP = """INSERT INTO handovers (conversation_id, agent_id, step, at, waiting_since)
{numbers} SELECT 'c' || (i * {taken}), i % {agents} + 1, '{step}', {at}, {since} FROM n"""
NAIVE = """SELECT count(*), sum(CASE WHEN agent = 0 THEN 1 ELSE 0 END), sum(said) FROM (
SELECT conversation_id, {day} AS day, sum(CASE WHEN author = 'agent' THEN 1 ELSE 0 END) AS agent,
sum(CASE WHEN author = 'applicant' THEN 1 ELSE 0 END) AS said FROM messages
WHERE created_at >= :start AND created_at < :end GROUP BY conversation_id, {day}) AS t"""


def main() -> None:
    """Measure both databases."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--days", type=int, default=90)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    chosen = parser.parse_args()
    say(f"load {os.getloadavg()[0]:.1f}, {chosen.messages:,} messages over {chosen.days} days")
    with tempfile.TemporaryDirectory() as folder:
        if chosen.only != "postgresql":
            measure(
                open_engine(f"sqlite:///{folder}/bench.db", TEST_KEYS), chosen.messages, chosen.days
            )
        if chosen.only != "sqlite":
            place = Path(folder) / "postgres"
            place.mkdir()
            with postgres_server(place) as url:
                measure(open_engine(url, TEST_KEYS), chosen.messages, chosen.days)


def measure(engine: Engine, messages: int, days: int) -> None:
    """Fill one database and print what was seen."""
    upgrade(engine)
    fill(engine, messages, days)
    unit_of_work = unit_of_work_factory(engine)
    calendar = load_calendar(ROOT / "data" / "calendar")
    name = engine.dialect.name
    took = timed(lambda: count_all(unit_of_work, now=NOW, limit=COUNT))
    say(f"{name}: first count {took:.1f} s ({messages / took:,.0f} messages a second)")
    for by in Dimension:

        def ask(by: Dimension = by) -> None:
            make_report(unit_of_work, agent=CHIEF, span=SPAN, by=by, now=NOW, calendar=calendar)

        say(f"{name}: report by {by.value} {median_ms(ask):,.0f} ms")
    total = make_report(
        unit_of_work, agent=CHIEF, span=SPAN, by=Dimension.DAY, now=NOW, calendar=calendar
    ).total
    say(f"{name}: {total.conversations:,} conversations, {total.take_overs:,} take-overs in it")
    say(f"{name}: naive, from the messages {median_ms(lambda: naive(engine)):,.0f} ms")
    engine.dispose()


def fill(engine: Engine, messages: int, days: int) -> None:
    """Write agents, conversations, messages and hand-overs."""
    is_sqlite = engine.dialect.name == "sqlite"
    start, step = NOW - timedelta(days=days), days * 86400 / messages

    def moment(seconds: str) -> str:
        if is_sqlite:
            return f"datetime('{start:%Y-%m-%d %H:%M:%S}', '+' || ({seconds}) || ' seconds')"
        return f"timestamptz '{start.isoformat()}' + ({seconds}) * interval '1 second'"

    talks = messages // A_TALK
    words = {
        "true": "1" if is_sqlite else "true",
        "now": moment("0"),
        "talk": A_TALK,
        "taken": TAKEN,
        "agents": AGENTS,
        "at": moment(f"i * {step}"),
        "said": TEST_KEYS.seal("x", "messages.text"),
        "none": TEST_KEYS.seal("[]", "messages.attachments"),
        "fields": " ".join(f"WHEN {n} THEN '{_fields(n)}'" for n in range(100)),
    }
    begun = f"i * {step * A_TALK * TAKEN}"
    with engine.begin() as connection:
        for statement, count, more in (
            (PERSON, AGENTS, {}),
            (TALK, talks, {}),
            (LINE, messages, {}),
            (STEP, talks // TAKEN, {"step": "claimed", "at": moment(f"{begun} + 60 + i % 300")}),
            (STEP, talks // TAKEN, {"step": "closed", "at": moment(f"{begun} + 900 + i % 600")}),
        ):
            numbers = NUMBERS.format(last=count - 1)
            since = moment(begun) if more.get("step") == "claimed" else "NULL"
            filled = statement.format(numbers=numbers, since=since, **{**words, **more})
            connection.execute(text(filled))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def _fields(number: int) -> str:
    content = json.dumps({"matter_id": f"m{number}"})
    return TEST_KEYS.seal(content, "conversations.fields")


def naive(engine: Engine) -> None:
    """Ask the messages themselves."""
    is_sqlite = engine.dialect.name == "sqlite"
    day = (
        "date(created_at, '+8 hours')"
        if is_sqlite
        else "(created_at AT TIME ZONE 'Asia/Shanghai')::date"
    )
    bounds = {"start": NOW - timedelta(days=30), "end": NOW}
    if is_sqlite:
        bounds = {name: value.replace(tzinfo=None) for name, value in bounds.items()}
    with engine.connect() as connection:
        connection.execute(text(NAIVE.format(day=day)), bounds).all()


def median_ms(run: Callable[[], None]) -> float:
    """Return the median of some rounds, in milliseconds."""
    return statistics.median(timed(run) for _ in range(ROUNDS)) * 1000


def timed(run: Callable[[], None]) -> float:
    """Return how long something takes, in seconds."""
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def say(line: str) -> None:
    """Print at once."""
    print(line, flush=True)


if __name__ == "__main__":
    main()
