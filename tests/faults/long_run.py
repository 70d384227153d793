"""The run of faults: people write on three channels while all that can break breaks.

    python -m tests.faults.long_run [--messages 2000] [--kills 20] [--minutes 20]
        [--database sqlite] [--stock]

Real processes: hub, Rasa and actions, with a database, Redis, and lines between them that can be
cut. Nobody waits for answers; what is not taken is sent again, and a fifth is sent twice. Each kind
of trouble happens once, and processes are killed at random until it was enough. Afterwards every
conversation is compared with one that ran before anything was broken.
"""

import argparse
import random
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.faults import stock
from tests.faults.breakage import eventually
from tests.faults.city import City, running_city
from tests.faults.counting import Conversation, answers, count, find, held, is_drained, reading
from tests.faults.mischief import Fault, faults_of, random_kill
from tests.faults.people import WRITERS, WebWriter
from tests.faults.scripts import Script, scripts
from tests.faults.tally import Tally

DRAIN_S = 600.0


def break_things(
    city: City, tally: Tally, faults: Sequence[Fault], dice: random.Random, limit_s: float
) -> None:
    """Do one after the other, each when all is well again; none begins after the limit."""
    ends_at = time.monotonic() + limit_s
    for number, wanted in enumerate(faults, start=1):
        if time.monotonic() > ends_at:
            return
        tally.progress = number / len(faults)
        fault = _happened(city, wanted, dice)
        if fault is None:
            continue
        tally.faults[fault.name] += 1
        tally.kills += fault.kills
        tally.recovery.add(fault.name, city.breaker.revive())
        print(".", end="", flush=True, file=sys.stderr)  # noqa: T201 - a sign of life
        time.sleep(dice.uniform(0.5, 2.0))


def _happened(city: City, wanted: Fault, dice: random.Random) -> Fault | None:
    """Do a fault; where nobody came by its point in time, a random kill stands in for it."""
    if wanted.happen(city):
        return wanted
    city.breaker.revive()
    if not wanted.kills:
        return None
    instead = random_kill(dice)
    instead.happen(city)
    return instead


def planned(city: City, kills: int, dice: random.Random) -> list[Fault]:
    """Return every kind of trouble and random kills, two kills for each other fault."""
    every = faults_of(city)
    named = sum(fault.kills for fault in every)
    every += [random_kill(dice) for _ in range(kills - named)]
    dice.shuffle(every)
    deadly = [fault for fault in every if fault.kills]
    others = [fault for fault in every if not fault.kills]
    mixed: list[Fault] = []
    while deadly or others:
        mixed += [*deadly[:2], *others[:1]]
        del deadly[:2], others[:1]
    return mixed


def healthy_answers(city: City, wanted: Sequence[Script]) -> dict[Script, Counter[str]]:
    """Have each script said once while nothing is broken; returns the answers."""
    found: dict[Script, Counter[str]] = {}
    for number, script in enumerate(dict.fromkeys(wanted)):
        one = Conversation(WebWriter(city, script.typed(-1 - number)), script, -1 - number)
        for text in one.writer.texts:
            one.writer.chat.say(text)  # type: ignore[attr-defined]
        with reading(city) as connection:
            one.id = find(connection, one.writer)
            found[script] = answers(connection, one)
    return found


def write_all(
    conversations: Sequence[Conversation], seed: int, progress: Callable[[], float]
) -> None:
    """Have all write side by side; returns when all is taken."""
    writers = [
        threading.Thread(
            target=one.writer.write,
            args=(random.Random(seed + one.at), progress),  # noqa: S311 - when one writes is no secret
        )
        for one in conversations
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    for one in conversations:
        one.writer.await_acknowledgement()


def drain(city: City, conversations: Sequence[Conversation], tally: Tally) -> None:
    """Wait until all is answered and sent; people on WeChat ask for the rest."""
    began = time.monotonic()
    with reading(city) as connection:
        for one in conversations:
            one.id = find(connection, one.writer)
    eventually(lambda: _is_over(city, conversations), "an end of the answers", DRAIN_S)
    tally.drained_s = time.monotonic() - began
    for one in conversations:
        eventually(lambda one=one: _has_all(city, one), "the rest", DRAIN_S)  # type: ignore[misc]


def _is_over(city: City, conversations: Sequence[Conversation]) -> bool:
    with reading(city) as connection:
        return is_drained(connection, conversations)


def _has_all(city: City, one: Conversation) -> bool:
    with reading(city) as connection:
        if not held(connection, one):
            return True
        if is_drained(connection, [one]):
            one.writer.read_on()
    return False


def run(city: City, messages: int, kills: int, seed: int, limit_s: float) -> Tally:
    """Write and break at the same time; returns the count."""
    dice = random.Random(seed)  # noqa: S311 - which part dies is no secret
    every = list(scripts(messages))
    healthy = healthy_answers(city, every)
    faults = planned(city, kills, dice)
    return break_and_count(city, every, faults, healthy, seed, limit_s)


def break_and_count(
    city: City,
    every: Sequence[Script],
    faults: Sequence[Fault],
    healthy: Mapping[Script, Counter[str]],
    seed: int,
    limit_s: float = float("inf"),
) -> Tally:
    """Have each script written by somebody, do the faults meanwhile, and count."""
    tally = Tally()
    conversations = [
        Conversation(WRITERS[at % len(WRITERS)](city, script.typed(at)), script, at)
        for at, script in enumerate(every)
    ]
    dice = random.Random(seed)  # noqa: S311 - when something breaks is no secret
    with ThreadPoolExecutor(1) as breaking:
        broken = breaking.submit(break_things, city, tally, faults, dice, limit_s)
        write_all(conversations, seed, lambda: 1.0 if broken.done() else tally.progress)
        broken.result()
    city.breaker.revive()
    drain(city, conversations, tally)
    count(city, conversations, healthy, tally)
    return tally


def main() -> None:
    """Run and print; the exit code tells whether a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="of breaking, at most")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--stock", action="store_true", help="Rasa's own channel and store instead")
    wanted = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="xiaoer-faults-"))
    try:
        if wanted.stock:
            print(stock.run(folder, wanted.messages, wanted.kills, wanted.seed))  # noqa: T201
            return
        with running_city(folder, wanted.database) as city:
            limit_s = wanted.minutes * 60
            tally = run(city, wanted.messages, wanted.kills, wanted.seed, limit_s)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(tally.table(wanted.database))  # noqa: T201 - what it is run for
    if broken := tally.broken():
        raise SystemExit(f"broken: {', '.join(broken)}; see the table")


if __name__ == "__main__":
    main()
