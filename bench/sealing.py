"""What sealing personal data costs: the same work with sealed columns and with plain ones.

    python -m bench.sealing --turns 1000

A turn here is what the database does for one: a message in, a reply out, the transcript read. Both
ways run in turns of one process, the plain one through keys that change nothing.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy.engine import Engine

from bot.domain.conversations import Author, Inbound, Reply
from bot.sealing import DataKeys, Ring
from bot.services.conversations.conversations import accept, open_web_conversation
from bot.services.desk.search import find_conversations, index_new
from bot.store.engine import open_engine
from bot.store.tables import METADATA
from bot.store.unit_of_work import reading_factory, unit_of_work_factory
from tests.databases import postgres_server
from tests.service_factories import NOW

TEXT = "我想在东昌府区开一家火锅店，需要办哪些手续，先办哪一个？"
ANSWER = "好嘞，开火锅店。先办营业执照，再办食品经营许可。" * 4
RING = Ring(
    {"bench": "a key of forty-two signs, for measuring only"}, "hashes for measuring only...."
)


class PlainKeys(DataKeys):
    """The naive way: what comes in is stored as it is."""

    def seal(self, text: str, place: str) -> str:  # noqa: ARG002 - as the sealed one
        """Return the text."""
        return text

    def open(self, sealed: str, place: str) -> str:  # noqa: ARG002 - as the sealed one
        """Return the text."""
        return sealed

    def hash(self, text: str, place: str) -> str:  # noqa: ARG002 - as the sealed one
        """Return the text."""
        return text


def turns(engine: Engine, count: int) -> list[float]:
    """Return seconds of each turn, the transcript growing to 40 lines."""
    unit, reading = unit_of_work_factory(engine), reading_factory(engine)
    taken, who = [], ""
    for number in range(count):
        if number % 20 == 0:
            who = open_web_conversation(unit, now=NOW).conversation_id
        at = NOW + timedelta(seconds=20 * number)
        started = time.perf_counter()
        accept(unit, inbound=Inbound("web", who, f"m{number}", TEXT), now=at)
        with unit() as opened:
            opened.conversations.add_message(who, Reply(ANSWER, author=Author.BOT), now=at)
        with reading() as opened:
            opened.conversations.messages(who)
        taken.append(time.perf_counter() - started)
    return taken


def measure(name: str, open_it: Callable[[DataKeys], Engine], count: int) -> None:
    """Print both ways on one database."""
    engines = {"plain": PlainKeys(lambda: RING), "sealed": DataKeys(lambda: RING)}
    taken: dict[str, list[float]] = {way: [] for way in engines}
    opened = {way: open_it(keys) for way, keys in engines.items()}
    for _ in range(4):
        for way, engine in opened.items():
            taken[way] += turns(engine, count // 4)
    for way, values in taken.items():
        middle, high = statistics.median(values), statistics.quantiles(values, n=20)[-1]
        print(f"{name:11}{way:8} turn p50 {middle * 1000:6.2f} ms  p95 {high * 1000:6.2f} ms")
    for way, engine in opened.items():
        unit = unit_of_work_factory(engine)
        while index_new(unit):
            pass
        started = time.perf_counter()
        found = find_conversations(unit, "火锅店 手续") or []
        took = time.perf_counter() - started
        lines = f"search in {2 * count} lines"
        print(f"{name:11}{way:8} {lines} {took * 1000:6.1f} ms, {len(found)} found")
        engine.dispose()


def main() -> None:
    """Measure SQLite and PostgreSQL."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=1000)
    count = parser.parse_args().turns
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory(dir="/tmp") as name:

        def sqlite(keys: DataKeys) -> Engine:
            engine = open_engine(f"sqlite:///{Path(name) / type(keys).__name__}.db", keys)
            METADATA.create_all(engine)
            return engine

        measure("sqlite", sqlite, count)
        place = Path(name) / "postgres"
        place.mkdir()
        with postgres_server(place) as url:

            def postgres(keys: DataKeys) -> Engine:
                schema = type(keys).__name__.lower()
                with open_engine(url).begin() as connection:
                    connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
                engine = open_engine(f"{url}?options=-csearch_path%3D{schema}", keys)
                METADATA.create_all(engine)
                return engine

            measure("postgresql", postgres, count)


if __name__ == "__main__":
    main()
