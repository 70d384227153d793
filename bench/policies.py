"""Measure policies: one enterprise against many, one changed policy against many enterprises.

Usage: python -m bench.policies [--policies N] [--enterprises N] [--runs N]

The policies are those of the catalogue over and over, each time with other limits; enterprises have
three to twelve facts drawn from the values that conditions name. Enterprises are read from a SQLite
file as the watch reads them. The naive way decides every clause of every policy tree by itself.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from bot.domain.eligibility import ProfileValue, Truth, evaluate
from bot.domain.policies import Criteria, Criterion, Policy
from bot.domain.policy_verdicts import single_changes
from bot.domain.policy_watch import NewsKind, Watcher
from bot.services.policies.library import PolicyLibrary
from bot.services.policies.policies import policy_package
from bot.services.policies.telling import READ_AT_ONCE, matched
from bot.settings import ROOT
from bot.store.catalogue.loader import load_catalogue
from bot.store.engine import open_engine
from bot.store.tables import METADATA
from bot.store.tables.conversations import CONVERSATIONS
from bot.store.tables.policies import POLICY_WATCHES
from bot.store.unit_of_work import unit_of_work_factory
from tests.keys import TEST_KEYS

SEED = 9
TODAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 1, tzinfo=timezone.utc)
CHANGED = "tax-small-profit"


def vary(criteria: Criteria, chance: random.Random) -> Criteria:
    """Return the same tree with other limits."""
    if not isinstance(criteria, Criterion):
        return type(criteria)(tuple(vary(part, chance) for part in criteria.parts))
    value = criteria.value
    if isinstance(value, (bool, str, tuple)):
        return criteria
    return replace(criteria, value=round(value * chance.uniform(0.5, 1.5), 3))


def many_policies(known: list[Policy], count: int, chance: random.Random) -> dict[str, Policy]:
    """Return policies made of those of the catalogue."""
    made = {}
    for at in range(count):
        one = known[at % len(known)]
        made[f"p{at}"] = replace(one, id=f"p{at}", criteria=vary(one.criteria, chance))
    return made


def enterprise(library: PolicyLibrary, chance: random.Random) -> dict[str, ProfileValue]:
    """Return facts of a made-up enterprise."""
    fields = chance.sample(sorted(library.values), chance.randint(3, 12))
    profile: dict[str, ProfileValue] = {}
    for field in fields:
        value = chance.choice(library.values[field])
        is_plain = isinstance(value, (bool, str))
        profile[field] = value if is_plain else float(value) * chance.uniform(0.3, 1.7)
    return profile


def conversation(row: dict[str, Any]) -> dict[str, Any]:
    """Return the conversation of an enterprise."""
    blank = {"channel": "web", "owner": "bot", "fields": {}, "created_at": NOW, "updated_at": NOW}
    return {"id": row["conversation_id"], **blank}


def timed(work: Callable[[], Any], runs: int) -> tuple[float, float]:
    """Return the median in milliseconds: by the clock, and of processor time."""
    taken, worked = [], []
    for _ in range(runs):
        begun, used = time.perf_counter(), time.process_time()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
        worked.append((time.process_time() - used) * 1000)
    return statistics.median(taken), statistics.median(worked)


def naive_package(profile: dict[str, ProfileValue], policies: list[Policy]) -> int:
    """Decide each tree by itself, and look for the one change of each no."""
    found = 0
    for one in policies:
        match = evaluate(one, profile, TODAY)
        if match.truth is Truth.NOT_MET:
            found += bool(single_changes(one.criteria, profile))
    return found


def read_and_match(store: Any, policy: Policy, before: datetime) -> tuple[int, list[Watcher]]:
    """Read all watchers as the watch does and match them; returns the hits and all of them."""
    hits, everybody, reached = 0, [], ""
    while True:
        with store() as unit:
            some = unit.policy_watch.after(reached, before, READ_AT_ONCE)
        hits += len(matched(policy, some, NewsKind.CHANGED))
        everybody += some
        if len(some) < READ_AT_ONCE:
            return hits, everybody
        reached = some[-1].conversation_id


def main() -> None:
    """Run both measurements and print them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--policies", type=int, default=5_000)
    parser.add_argument("--enterprises", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=50)
    options = parser.parse_args()
    chance = random.Random(SEED)  # noqa: S311 - made-up data
    catalogue = load_catalogue(ROOT / "data" / "catalogue")
    made = many_policies(list(catalogue.policies.values()), options.policies, chance)
    library = PolicyLibrary(replace(catalogue, policies=made))
    profile = enterprise(library, chance)
    policy_package(profile, library, today=TODAY)  # sorts the policies of the day once
    fast = timed(lambda: policy_package(profile, library, today=TODAY), options.runs)
    slow = timed(lambda: naive_package(profile, list(made.values())), max(3, options.runs // 10))
    print(f"{options.policies} policies, {library.index.clause_count} distinct clauses")
    print(f"package: median {fast[0]:.1f} ms, of processor time {fast[1]:.1f} ms")
    print(f"naive:   median {slow[0]:.1f} ms, of processor time {slow[1]:.1f} ms")
    real = PolicyLibrary(catalogue)
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'bench.db'}", TEST_KEYS)
        METADATA.create_all(engine)
        rows = [
            {"conversation_id": f"c{at:07}", "profile": enterprise(real, chance), "since": NOW}
            for at in range(options.enterprises)
        ]
        with engine.begin() as connection:
            connection.execute(insert(CONVERSATIONS), [conversation(row) for row in rows])
            connection.execute(insert(POLICY_WATCHES), rows)
        policy, store = catalogue.policies[CHANGED], unit_of_work_factory(engine)
        hits, everybody = read_and_match(store, policy, NOW + timedelta(days=1))
        whole = timed(lambda: read_and_match(store, policy, NOW + timedelta(days=1)), 3)
        alone = timed(lambda: matched(policy, everybody, NewsKind.CHANGED), 3)
        naive = timed(lambda: [evaluate(policy, one.profile, TODAY) for one in everybody], 3)
        engine.dispose()
    print(f"{len(everybody)} enterprises, {hits} concerned")
    print(f"read and matched: median {whole[0]:.0f} ms, of processor time {whole[1]:.0f} ms")
    print(f"matched alone:    median {alone[0]:.0f} ms, of processor time {alone[1]:.0f} ms")
    print(f"naive, alone:     median {naive[0]:.0f} ms, of processor time {naive[1]:.0f} ms")


if __name__ == "__main__":
    main()
