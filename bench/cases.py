"""Measure the register on PostgreSQL with many cases: status query, sweep, the desk's list.

Usage: python -m bench.cases [--cases 1000000] [--open-share 0.05] [--plans]

Starts a throw-away PostgreSQL server, makes the schema by the migrations and fills it by COPY with
cases (four steps, five entries of history each). Everything is measured twice, with a tenth of the
closed cases and with all of them, because the sweep must not grow with them. "database" is the time
spent waiting for the server's answers to the statements, "whole" the transaction through the
repositories with all of Python. The server runs without fsync, so figures of writing are only good
for comparing. The load before the start is printed.
"""

import argparse
import io
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from sqlalchemy import event, text
from sqlalchemy.engine import Engine

from bench.seal_all import seal_all
from bot.domain.case_rules import Colour
from bot.domain.case_watch import CaseFilter
from bot.services.cases.watch import CaseWatch, escalate_overdue
from bot.services.ports import OpenUnitOfWork
from bot.settings import ROOT
from bot.store.calendars import load_calendar
from bot.store.case_rules import load_case_rules
from bot.store.engine import open_engine
from bot.store.migrate import upgrade
from bot.store.unit_of_work import unit_of_work_factory
from tests.databases import postgres_server
from tests.keys import TEST_KEYS

NOW = datetime(2026, 11, 24, 2, tzinfo=timezone.utc)
TODAY = date(2026, 11, 24)
DEPARTMENTS = ("approval", "market", "natural-resources", "housing", "power-supply", "tax")
DISTRICTS = ("371502", "371503", "371521", "371522", "371524", "371525", "371526", "371581")
WALK = ("received", "accepted", "under_review", "under_review", "completed")
KINDS = ("opened", "moved", "moved", "step_finished", "moved")
STEPS = ("received", "accepted", "under_review", "completed")
LOOKUPS = 3000
ROUNDS = 30
CHUNK = 100_000
ASKER = "conversation-bench"
SEED = 20261124

CASE_COLUMNS = (
    *("id", "number", "origin", "matter_id", "matter_name", "applicant_name", "phone"),
    *("credential", "district_id", "department_id", "state", "promised", "statutory", "missing"),
    *("opened_at", "is_demo", "holder_id", "closed_at", "due_on", "statutory_due_on"),
    *("due_provisional", "yellow_on", "red_on", "escalate_on", "escalation", "clock_key"),
)
EVENT_COLUMNS = ("case_id", "at", "actor", "kind", "seen", "to", "reason")
STEP_COLUMNS = (
    *("case_id", "position", "name", "state", "department_id", "started_at", "finished_at"),
)
LIMIT = '{"source":"bench","verified":true,"working_days":10}'
NULL = "\\N"


@dataclass(frozen=True)
class MadeCase:
    """One made-up case; an open one has a due day around today."""

    id: int
    is_open: bool

    @property
    def number(self) -> str:
        """Return a number as the register makes them."""
        day = date(2024, 1, 1) + timedelta(days=self.id // 2000)
        return f"371500{day:%Y%m%d}{self.id % 2000:04d}"

    @property
    def opened(self) -> datetime:
        """Return when it was received."""
        days = self.id % 12 if self.is_open else 30 + self.id % 700
        return NOW - timedelta(days=days, minutes=self.id % 480)

    def row(self) -> str:
        """Return the line of `cases` for COPY."""
        due = TODAY + timedelta(days=self.id % 21 - 5)
        # most of what is overdue has been escalated to the top; a few are due for the next level
        waits = self.id % 25 == 0
        escalate = due + timedelta(days=1) if due >= TODAY or waits else None
        is_open = self.is_open
        department = DEPARTMENTS[self.id % len(DEPARTMENTS)]
        cells = (
            *(self.id, self.number, f"bench:{self.id}", "lic-food-operate"),
            *("食品经营许可（新办）", f"示例企业{self.id}", f"138{self.id % 10**8:08d}"),
            *(f"91371500MA{self.id % 10**8:08d}", DISTRICTS[self.id % len(DISTRICTS)], department),
            *("under_review" if is_open else "completed", LIMIT, LIMIT, "[]"),
            *(self.opened.isoformat(), "f", department),
            NULL if is_open else (self.opened + timedelta(days=9)).isoformat(),
            *(due if is_open else NULL, due + timedelta(days=10) if is_open else NULL, "f"),
            *(due - timedelta(days=2) if is_open else NULL,),
            *(due + timedelta(days=1) if is_open else NULL,),
            *(escalate or NULL if is_open else NULL, 0 if waits or due >= TODAY else 2),
            "bench",
        )
        return "\t".join(map(str, cells))

    def events(self) -> Iterator[str]:
        """Yield the lines of `case_events`; an open case has as many, with more steps finished."""
        seen = NULL
        for index, to in enumerate(WALK):
            is_last_open = self.is_open and index == len(WALK) - 1
            kind = "step_finished" if is_last_open else KINDS[index]
            moved = kind in {"opened", "moved"}
            at = (self.opened + timedelta(days=2 * index)).isoformat()
            state = to if moved else NULL
            yield f"{self.id}\t{at}\tapproval\t{kind}\t{seen if moved else NULL}\t{state}\t"
            seen = to if moved else seen

    def steps(self) -> Iterator[str]:
        """Yield the lines of `case_steps`."""
        department = DEPARTMENTS[self.id % len(DEPARTMENTS)]
        for index, state in enumerate(STEPS):
            at = (self.opened + timedelta(days=2 * index)).isoformat()
            is_done = not self.is_open or index < STEPS.index("under_review")
            is_begun = is_done or state == "under_review"
            yield (
                f"{self.id}\t{index}\t{state}\t{state}\t{department}\t"
                f"{at if is_begun else NULL}\t{at if is_done else NULL}"
            )


def main() -> None:
    """Fill, measure, fill up, measure again."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--open-share", type=float, default=0.05)
    parser.add_argument("--plans", action="store_true", help="print the query plans")
    options = parser.parse_args()
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory(dir="/tmp") as folder, postgres_server(Path(folder)) as url:
        engine = open_engine(url, TEST_KEYS)
        upgrade(engine)
        n_open = int(options.cases * options.open_share)
        few = n_open + (options.cases - n_open) // 10
        fill(engine, range(1, n_open + 1), is_open=True)
        fill(engine, range(n_open + 1, few + 1), is_open=False)
        measure(engine, few, n_open)
        fill(engine, range(few + 1, options.cases + 1), is_open=False)
        measure(engine, options.cases, n_open)
        if options.plans:
            print_plans(engine, options.cases)
        engine.dispose()


def fill(engine: Engine, ids: range, *, is_open: bool) -> None:
    """Copy made-up cases in."""
    began = time.perf_counter()
    for first in range(ids.start, ids.stop, CHUNK):
        made = [MadeCase(i, is_open) for i in range(first, min(first + CHUNK, ids.stop))]
        copy(engine, "cases", CASE_COLUMNS, (one.row() for one in made))
        copy(engine, "case_steps", STEP_COLUMNS, (s for one in made for s in one.steps()))
        copy(engine, "case_events", EVENT_COLUMNS, (e for one in made for e in one.events()))
        granted = "\n".join(f"{one.id}\t{ASKER}\t{NOW.isoformat()}" for one in made[::50])
        columns = ("case_id", "conversation_id", "granted_at")
        copy(engine, "case_access", columns, iter([granted] if granted else []))
    seal_all(engine, "cases", "case_events")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    print(f"filled {len(ids):,} {'open' if is_open else 'closed'} in {_since(began):.0f} s")


def copy(engine: Engine, table: str, columns: tuple[str, ...], lines: Iterator[str]) -> None:
    """COPY lines into a table; foreign keys are right by construction and not checked."""
    content = io.StringIO("\n".join(lines) + "\n")
    names = ", ".join(f'"{name}"' for name in columns)
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("SET session_replication_role = replica")
        cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN", content)
        cursor.execute("SET session_replication_role = DEFAULT")
        raw.commit()
    finally:
        raw.close()


def measure(engine: Engine, n_cases: int, n_open: int) -> None:
    """Print the figures."""
    unit, waited = unit_of_work_factory(engine), Waited(engine)
    print(f"\n{n_cases:,} cases, {n_open:,} of them open")
    numbers = [MadeCase(i, i <= n_open).number for i in _sample(n_cases)]
    report(
        waited,
        "status query (case, steps, history, access)",
        lambda i: status(unit, numbers[i]),
        LOOKUPS,
    )
    server_time(engine, _sample(n_cases)[:1000], n_open)
    report(waited, "sweep: cases due for escalation", lambda _: due_cases(unit), ROUNDS)
    report(waited, "sweep: cases to be counted again", lambda _: unstamped(unit), ROUNDS)
    report(waited, "sweep: news to tell", lambda _: news(unit), ROUNDS)
    for name, wanted in LISTS.items():
        report(waited, f"desk: first page, {name}", lambda _, w=wanted: page(unit, w), ROUNDS)
    report(waited, "desk: counts of the states", lambda _: counts(unit), ROUNDS)
    began = time.perf_counter()
    watch = CaseWatch(
        unit,
        load_case_rules(ROOT / "data" / "services"),
        load_calendar(ROOT / "data" / "calendar"),
    )
    raised = escalate_overdue(watch, now=NOW, limit=100)
    spent = _since(began) * 1000
    print(f"sweep: a round that escalates {len(raised)} cases: {spent:.0f} ms")


LISTS = {
    "all open": CaseFilter(),
    "one department": CaseFilter(department_ids=("market",)),
    "red": CaseFilter(colour=Colour.RED),
    "urged": CaseFilter(is_urged=True),
    "tail of a number": CaseFilter(text="0017"),
    "closed": CaseFilter(is_open=False),
}


STATUS = (
    "SELECT * FROM cases WHERE number = :number",
    "SELECT * FROM case_steps WHERE case_id = :id ORDER BY position",
    "SELECT * FROM case_events WHERE case_id = :id ORDER BY id",
    "SELECT id FROM case_access WHERE case_id = :id AND conversation_id = :asker",
    """SELECT id FROM case_access WHERE case_id = :id AND conversation_id = :asker
    AND followed_at IS NOT NULL""",
)


def server_time(engine: Engine, ids: list[int], n_open: int) -> None:
    """Print what the server itself says the five statements of a status query take."""
    spent = []
    with engine.connect() as connection:
        for one in ids:
            values = {"number": MadeCase(one, one <= n_open).number, "id": one, "asker": ASKER}
            plans = [
                connection.execute(text(f"EXPLAIN (ANALYZE, FORMAT JSON) {query}"), values).scalar()
                for query in STATUS
            ]
            spent.append(
                sum(plan[0]["Planning Time"] + plan[0]["Execution Time"] for plan in plans)
            )
    median, p99 = _figures(spent)
    name = "status query, as the server counts it"
    print(f"{name:<44} server: median {median:9.2f} p99 {p99:7.2f} ms")


def status(unit: OpenUnitOfWork, number: str) -> None:
    """Do what a status query does in the database."""
    with unit() as uow:
        case = uow.cases.by_number(number)
        assert case is not None
        assert len(case.events) >= len(WALK)
        uow.cases.is_granted(case.id, ASKER)
        uow.cases.is_followed(case.id, ASKER)


def due_cases(unit: OpenUnitOfWork) -> None:
    """Find what is due for the next level; all of it, not a batch."""
    with unit() as uow:
        uow.case_clocks.to_escalate(TODAY, 1_000_000)


def unstamped(unit: OpenUnitOfWork) -> None:
    """Find cases that have moved."""
    with unit() as uow:
        uow.case_clocks.take_unstamped(100)


def news(unit: OpenUnitOfWork) -> None:
    """Find conversations with news."""
    with unit() as uow:
        uow.case_notices.waiting(NOW, 100)


def page(unit: OpenUnitOfWork, wanted: CaseFilter) -> None:
    """Read the first page of a list."""
    with unit() as uow:
        uow.case_lists.page(wanted, TODAY, offset=0, limit=51)


def counts(unit: OpenUnitOfWork) -> None:
    """Count the states of open cases."""
    with unit() as uow:
        uow.case_lists.counts(CaseFilter(), TODAY)


class Waited:
    """Adds up the time spent waiting for the server, by SQLAlchemy's events around a statement."""

    def __init__(self, engine: Engine) -> None:
        self.seconds = 0.0
        self._began = 0.0
        event.listen(engine, "before_cursor_execute", self._begin)
        event.listen(engine, "after_cursor_execute", self._end)

    def _begin(self, *_: object) -> None:
        self._began = time.perf_counter()

    def _end(self, *_: object) -> None:
        self.seconds += _since(self._began)


def report(waited: Waited, name: str, do: Callable[[int], None], times: int) -> None:
    """Print median and 99th percentile of some runs, the first tenth left out."""
    database, whole = [], []
    for index in range(times):
        waited.seconds, began = 0.0, time.perf_counter()
        do(index)
        whole.append(_since(began) * 1000)
        database.append(waited.seconds * 1000)
    figures = [figure for spent in (database, whole) for figure in _figures(spent[times // 10 :])]
    line = "{:<44} database: median {:7.2f} p99 {:7.2f} ms   whole: median {:7.2f} p99 {:7.2f} ms"
    print(line.format(name, *figures))


def _figures(spent: list[float]) -> tuple[float, float]:
    ordered = sorted(spent)
    p99 = ordered[min(int(len(ordered) * 0.99), len(ordered) - 1)]
    return statistics.median(ordered), p99


PLANS = {
    **{f"status query: {index}": query for index, query in enumerate(STATUS, start=1)},
    "sweep: due for escalation": (
        "SELECT id, number, due_on, escalation FROM cases WHERE escalate_on <= :today "
        "ORDER BY escalate_on, id LIMIT 100"
    ),
    "sweep: to be counted again": (
        "SELECT number FROM cases WHERE clock_key IS NULL ORDER BY id LIMIT 100 "
        "FOR UPDATE SKIP LOCKED"
    ),
    "desk: first page": (
        "SELECT * FROM cases WHERE closed_at IS NULL ORDER BY due_on ASC NULLS LAST, id LIMIT 51"
    ),
}


def print_plans(engine: Engine, n_cases: int) -> None:
    """Print how the server answers the queries."""
    values = {
        "number": MadeCase(n_cases, is_open=False).number,
        "id": n_cases,
        "today": TODAY,
        "asker": ASKER,
    }
    with engine.connect() as connection:
        for name, query in PLANS.items():
            print(f"\n{name}\n  {query}")
            for (line,) in connection.execute(text(f"EXPLAIN (ANALYZE, BUFFERS) {query}"), values):
                print(f"    {line}")


def _sample(n_cases: int) -> list[int]:
    chooser = random.Random(SEED)  # noqa: S311 - which cases are looked up, no secret
    return [chooser.randint(1, n_cases) for _ in range(LOOKUPS)]


def _since(began: float) -> float:
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
