"""Locks of conversations: ours and stock Rasa's, four processes at one Redis.

Usage: python -m bench.conversation_locks [--conversations 60] [--at-once 3] [--turn-ms 20]

Each process takes the same conversations, three turns of each at once. A turn reads a counter,
works, and writes it back one higher: a counter that is too low is a lost update, two turns inside
at once are an overlap. Both locks do the same in the same run, one after the other, against an
empty Redis. How long the next turn waits after a release is taken between the turns of one
conversation.
"""

import argparse
import asyncio
import multiprocessing
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import redis
from rasa.core.lock_store import LockError, LockStore, RedisLockStore
from rasa.utils.endpoints import EndpointConfig

from bot.nlu.conversation_locks import ConversationLocks
from tests.databases import redis_server

PROCESSES = 4
OURS, STOCK = "ours", "stock"
LIFETIME_S = 60.0
STOCK_POLL_S = 1.0
"""What Rasa passes; ours looks more often whatever it is given."""


@dataclass(frozen=True)
class Load:
    """What each process does."""

    kind: str
    port: int
    conversations: int
    at_once: int
    turn_s: float


def main() -> None:
    """Measure both and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=60)
    parser.add_argument("--at-once", type=int, default=3)
    parser.add_argument("--turn-ms", type=float, default=20.0)
    wanted = parser.parse_args()
    print("| lock | turns | done | overlaps | lost updates | next turn after (median, p95) | s |")
    print("|---|---|---|---|---|---|---|")
    for kind in (STOCK, OURS):
        with tempfile.TemporaryDirectory() as folder, redis_server(Path(folder)) as server:
            turn_s = wanted.turn_ms / 1000
            load = Load(kind, server.port, wanted.conversations, wanted.at_once, turn_s)
            print(measured(load))


def measured(load: Load) -> str:
    """Run the load in four processes; returns a row of the table."""
    began = time.monotonic()
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        results = pool.map(_work, [load] * PROCESSES)
    took_s = time.monotonic() - began
    told = sum((result for result in results), Counter[str]())
    client: Any = redis.Redis(port=load.port, db=5)
    counters = [client.get(f"c{k}") for k in range(load.conversations)]
    kept = sum(int(counter or 0) for counter in counters)
    waits = [wait for k in range(load.conversations) for wait in _gaps(client, k)]
    turns = PROCESSES * load.conversations * load.at_once
    return (
        f"| {load.kind} | {turns} | {told['done']} | {told['overlap']} | {told['done'] - kept} |"
        f" {_shown(waits)} | {took_s:.1f} |"
    )


def _work(load: Load) -> Counter[str]:
    return asyncio.run(_all_turns(load))


async def _all_turns(load: Load) -> Counter[str]:
    told: Counter[str] = Counter()
    store = _store(load)
    client = redis.Redis(port=load.port, db=5)
    for number in range(load.conversations):
        turns = (_turn(load, store, client, number, told) for _ in range(load.at_once))
        await asyncio.gather(*turns)
    if isinstance(store, ConversationLocks):
        await store.close()
    return told


async def _turn(load: Load, store: LockStore, client: Any, number: int, told: Counter[str]) -> None:
    with suppress(LockError):  # stock drops a turn whose lock another server has deleted
        async with store.lock(f"c{number}", LIFETIME_S, STOCK_POLL_S):
            entered = time.time()
            seen = int(client.get(f"c{number}") or 0)
            told["overlap"] += client.incr(f"inside{number}") > 1
            await asyncio.sleep(load.turn_s)
            client.set(f"c{number}", seen + 1)
            client.decr(f"inside{number}")
            client.rpush(f"times{number}", f"{entered} {time.time()}")
            told["done"] += 1


def _store(load: Load) -> LockStore:
    if load.kind == STOCK:
        return RedisLockStore(port=load.port)
    return ConversationLocks(EndpointConfig(url=f"redis://127.0.0.1:{load.port}"))


def _gaps(client: Any, number: int) -> Sequence[float]:
    """Return the seconds between the end of a turn and the beginning of the next one."""
    spans = sorted(
        tuple(float(one) for one in span.split()) for span in client.lrange(f"times{number}", 0, -1)
    )
    return [max(0.0, after[0] - before[1]) for before, after in pairwise(spans)]


def _shown(waits: Sequence[float]) -> str:
    if len(waits) < 2:  # noqa: PLR2004 - quantiles need two
        return "–"
    p95 = statistics.quantiles(waits, n=20)[-1]
    return f"{statistics.median(waits) * 1000:.0f} ms, {p95 * 1000:.0f} ms"


if __name__ == "__main__":
    main()
