"""Several machines under load: `make scale-test`.

    python -m tests.scale.long_run [--messages 400] [--users 8] [--of-each 2]

Starts hubs, Rasa, action servers and clocks as processes behind nginx, on PostgreSQL and Redis,
first one of each and then `--of-each`. Measures throughput on both; on the second also how fast
two hubs see each other, and what is lost or said twice while one process of each kind is killed.
"""

import argparse
import os
import random
import shutil
import statistics
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bench.turns import play
from tests.chat_client import Chat
from tests.scale.across import Seen, measure_across
from tests.scale.clocks import Told, tell_by_clocks
from tests.scale.costs import costs
from tests.scale.topology import Machines, running_machines
from tests.scale.writing import Tally, Written, business_name, count, scripts, write

KINDS = ("hub", "rasa", "actions", "clock")
SECONDS_A_KILL = 25.0
"""A Rasa needs that long to be back on a machine where all of them share two cores."""


@dataclass(frozen=True)
class Speed:
    """Throughput of a topology; times in seconds, `cost` is a cell of the table."""

    rate: float
    median: float
    p95: float
    cost: str

    def __str__(self) -> str:
        """Return the cell of the table."""
        return f"{self.rate:.1f}, {self.median * 1000:.0f} ms, {self.p95 * 1000:.0f} ms"


def throughput(machines: Machines, users: int) -> Speed:
    """Play the mixed script of `bench.turns` through nginx with so many at once."""
    play(machines.url)
    play(machines.url)  # each Rasa has seen something
    before = costs(machines)
    began = time.monotonic()
    with ThreadPoolExecutor(users) as pool:
        played = [second for one in pool.map(play, [machines.url] * users) for second in one]
    rate = len(played) / (time.monotonic() - began)
    cost = costs(machines).a_turn(before, len(played))
    return Speed(rate, statistics.median(played), statistics.quantiles(played, n=20)[-1], cost)


Breaking = Callable[[Machines, Tally, random.Random], None]


def break_each(machines: Machines, tally: Tally, dice: random.Random) -> None:
    """Kill one process of each kind, in any order; the others have to do meanwhile."""
    kinds = list(KINDS)
    dice.shuffle(kinds)
    for kind in kinds:
        names = sorted(name for name in machines.names if name.startswith(f"{kind}-"))
        machines.kill(dice.choice(names))
        tally.kills[kind] += 1
        time.sleep(dice.uniform(3.0, 6.0))  # the load goes on without it
        tally.recoveries_s.append(machines.revive())


def under_fire(
    machines: Machines,
    messages: int,
    seed: int,
    breaking: Breaking = break_each,
    lasting_s: float = len(KINDS) * SECONDS_A_KILL,
) -> Tally:
    """Write through nginx while processes die or are replaced; returns what became of it.

    Args:
        machines: What runs.
        messages: How many are written.
        seed: Of all chance.
        breaking: What happens meanwhile; leaves everything running.
        lasting_s: About how long that takes: the writing is spread over it.
    """
    dice, tally = random.Random(seed), Tally()  # noqa: S311 - which part dies is no secret
    every = list(scripts(messages))
    healthy: dict[Sequence[str], Counter[str]] = {}
    for at, script in enumerate(dict.fromkeys(every)):
        with Chat(machines.url) as chat:
            first = Written(chat, script, business_name(-1 - at))
            for line in first.texts:
                chat.say(line)
            healthy[script] = first.answers()
    written = [Written(Chat(machines.url), one, business_name(at)) for at, one in enumerate(every)]
    pause_s = lasting_s / len(every[0])
    writers = [
        threading.Thread(target=write, args=(one, random.Random(seed + at), pause_s))  # noqa: S311
        for at, one in enumerate(written)
    ]
    meanwhile = threading.Thread(target=breaking, args=(machines, tally, dice))
    for thread in (meanwhile, *writers):
        thread.start()
    for thread in (meanwhile, *writers):
        thread.join()
    count(machines.stack, written, healthy, tally)
    return tally


def tell(
    alone: Speed,
    together: Speed,
    seen: Seen,
    told: Told,
    tally: Tally,
) -> str:
    """Return the table as Markdown."""
    rows: list[tuple[str, object]] = [
        ("one of each: turns a second, median, p95", alone),
        ("several of each: turns a second, median, p95", together),
        ("one of each: processor time and growth of a turn", alone.cost),
        ("agent at one hub to applicant at another, median / longest", _range(seen.by_applicant)),
        ("applicant at one hub to agent at another, median / longest", _range(seen.by_agent)),
        ("followers of moved cases / told once / told twice", told),
        ("killed with -9 under load", ", ".join(f"{k} {n}" for k, n in tally.kills.items())),
        *tally.rows(),
        ("all back again, longest", f"{max(tally.recoveries_s):.1f} s"),
    ]
    lines = [f"| {name} | {value} |" for name, value in rows]
    return "\n".join(["| several machines | |", "|---|---|", *lines, *tally.other_answers[:20]])


def _range(seconds: Sequence[float]) -> str:
    return f"{statistics.median(seconds) * 1000:.0f} / {max(seconds) * 1000:.0f} ms"


def main() -> None:
    """Run and print; the exit code tells whether a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=400)
    parser.add_argument("--users", type=int, default=8)
    parser.add_argument("--of-each", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    print(f"load before the start: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")  # noqa: T201
    folder = Path(tempfile.mkdtemp(prefix="xiaoer-scale-"))
    folder.chmod(0o755)  # PostgreSQL runs as a user of its own
    try:
        with running_machines(_new(folder, "alone"), 1) as machines:
            alone = throughput(machines, wanted.users)
        with running_machines(_new(folder, "together"), wanted.of_each) as machines:
            together = throughput(machines, wanted.users)
            seen = measure_across(machines, 20)
            told = tell_by_clocks(machines, 40)
            tally = under_fire(machines, wanted.messages, wanted.seed)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(tell(alone, together, seen, told, tally))  # noqa: T201 - what it is run for
    broken = (tally.lost, tally.stored_twice, tally.out_of_order, tally.answers_missing, told.twice)
    too_many = tally.answers_twice > sum(tally.kills.values())
    if any(broken) or too_many or tally.tickets != tally.tickets_wanted:
        raise SystemExit("a promise was broken, see the table")


def _new(folder: Path, name: str) -> Path:
    (folder / name).mkdir()
    return folder / name


if __name__ == "__main__":
    main()
