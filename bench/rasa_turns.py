"""Rasa alone, stock and with our levers: the same answers first, then what a turn costs.

Usage: python -m bench.rasa_turns [--rounds 3] [--long 300] [--database postgresql]
                                  [--only-equivalence | --only-rounds] [--diet MODEL] [--json FILE]

Both run at the same time from the same model, each with its own databases and action server, and
messages are sent straight to Rasa's channel. First everything that `bench.turns` and the dialogue
tests say, then one conversation that goes on past every cache and window, is said to both; replies
and events must be the same, but for the sessions that a lever begins. Then rounds of a mixed
script, stock and ours in turn, so that what else happens on the machine meets both: processor time
(user and system) is the figure to go by, wall time depends on the neighbours. Then eight users at
once, and growth with the length of a conversation. The history of a long stock conversation is a
real one repeated in its database; ours is really talked. `--diet` adds stock with a model of its
own configuration (`bench.training --model`), which answers otherwise and is measured only.
`--only-rounds` is the rounds alone, for code that has been compared: a minute on a quiet machine.
"""

import argparse
import json
import os
import re
import statistics
import tempfile
import time
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import sqlalchemy as sa

from bench.turns import DIALOGUES, memory_mb
from bot.nlu.lever_setting import ALL, NONE, SETTING
from bot.operations.dialogue_format import read_dialogues
from bot.operations.keys import load_or_make_secrets
from bot.settings import ROOT
from tests.databases import new_database
from tests.stack import Stack, running_stack

CHANGING = re.compile(
    r"https?://\S+|[A-Z]{2}-\d{8}-\d{4,}|371500\d{12,}|\d{1,2}[::]\d{2}|/plans/\S+|[0-9a-f]{8}-[0-9a-f-]{27}"
)
"""Links, numbers and times that differ between two runs of the same thing."""

SESSION = frozenset({"session_started", "action_session_start"})
SESSION_SLOT = "session_started_metadata"


@dataclass
class Said:
    """What came out of one conversation."""

    replies: list[Any] = field(default_factory=list)
    events: list[Any] = field(default_factory=list)


class Line:
    """Speaks to Rasa's own channel, past the hub."""

    def __init__(self, stack: Stack, folder: Path) -> None:
        secrets = load_or_make_secrets(folder / "secrets.env", {})
        self._token = secrets["XIAOER_RASA_TOKEN"]
        self._http = httpx.Client(base_url=stack.settings.rasa_url, timeout=120, trust_env=False)
        self._counted = 0

    def say(self, sender: str, text: str) -> list[Any]:
        """Send one message and return the lines of the answer."""
        self._counted += 1  # the same in both runs, and so are names made from it
        answer = self._http.post(
            "/webhooks/hub/webhook",
            json={"sender": sender, "message": text, "metadata": {"message_id": self._counted}},
            headers={"X-Xiaoer-Token": self._token},
        )
        answer.raise_for_status()
        lines: list[Any] = answer.json()
        return lines

    def events(self, sender: str) -> list[Any]:
        """Return what Rasa stored of a conversation, all sessions."""
        answer = self._http.get(
            f"/conversations/{sender}/tracker",
            params={"token": self._token, "include_events": "ALL"},
        )
        answer.raise_for_status()
        found: list[Any] = answer.json()["events"]
        return found


@dataclass
class Side:
    """One of the two that are compared.

    Attributes:
        start_s: From nothing to ready, all processes.
        start_processor_s: Processor seconds that all its processes had used by then.
    """

    stack: Stack
    line: Line
    start_s: float
    start_processor_s: float
    wall_ms: list[float] = field(default_factory=list)
    spent: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    def processor(self) -> dict[str, float]:
        """Return the processor seconds so far of Rasa and of the action server."""
        pids = self.stack.supervisor.pids()
        return {name: processor_s(pids[name]) for name in ("rasa", "actions")}


@contextmanager
def serving(levers: str, kind: str = "sqlite", model: Path | None = None) -> Iterator[Side]:
    """Run the product with these levers on new databases of a kind."""
    with tempfile.TemporaryDirectory() as name, databases(kind, Path(name)) as addresses:
        folder, began = Path(name), time.monotonic()
        with running_stack(folder, model, {SETTING: levers, **addresses}) as stack:
            ready = time.monotonic() - began
            spent = sum(processor_s(pid) for pid in stack.supervisor.pids().values())
            yield Side(stack, Line(stack, folder), ready, spent)


@contextmanager
def databases(kind: str, folder: Path) -> Iterator[dict[str, str]]:
    """Yield the settings of new databases for business and for Rasa; none for SQLite files."""
    if kind == "sqlite":
        yield {}
        return
    with new_database(kind, folder) as url:
        engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql("CREATE DATABASE rasa")
        engine.dispose()
        rasa = sa.engine.make_url(url).set(database="rasa")
        yield {
            "XIAOER_DATABASE_URL": url,
            "XIAOER_RASA_DATABASE_URL": rasa.render_as_string(hide_password=False),
        }


def conversations() -> list[tuple[str, ...]]:
    """Return the messages of every dialogue that we have in writing."""
    found = list(DIALOGUES)
    for path in sorted((ROOT / "tests" / "dialogue").glob("*.yml")):
        for dialogue in read_dialogues(path):
            texts = tuple(str(step.value) for step in dialogue.steps if step.move == "user")
            if texts:
                found.append(texts)
    return found


def masked(value: Any) -> Any:
    """Return a reply or an event without what differs between any two runs."""
    if isinstance(value, str):
        return CHANGING.sub("#", value)
    if isinstance(value, dict):
        return {key: masked(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [masked(one) for one in value]
    return value


def play(line: Line, sender: str, texts: Sequence[str]) -> Said:
    """Say all texts in one conversation."""
    said = Said()
    for text in texts:
        said.replies.append(masked([{**one, "recipient_id": ""} for one in line.say(sender, text)]))
    said.events = [masked(_essence(event)) for event in without_sessions(line.events(sender))]
    return said


def without_sessions(events: Sequence[Any]) -> list[Any]:
    """Leave out the events by which a session begins, and the slots that it takes over."""
    kept = []
    beginning = False
    for event in events:
        if event.get("name") == SESSION_SLOT:
            continue
        if event["event"] == "session_started" or event.get("name") in SESSION:
            beginning = True
        elif beginning and event["event"] == "slot":
            continue
        elif beginning and event.get("name") == "action_listen":
            beginning = False
        else:
            kept.append(event)
    return kept


def _essence(event: Any) -> list[Any]:
    parsed = event.get("parse_data") or {}
    return [
        event["event"],
        event.get("name"),
        event.get("text"),
        event.get("policy"),
        event.get("value"),
        (parsed.get("intent") or {}).get("name"),
        [(e["entity"], e["value"]) for e in parsed.get("entities") or ()],
    ]


def differences(name: str, one: Said, other: Said) -> int:
    """Print where two runs part; returns how many replies and events differ."""
    found = 0
    for kind, left, right in (
        ("reply", one.replies, other.replies),
        ("event", one.events, other.events),
    ):
        pairs = [(a, b) for a, b in zip(left, right, strict=False) if a != b]
        unequal = len(pairs) + abs(len(left) - len(right))
        if unequal:
            print(f"DIFFERENT {name}: {unequal} of {len(left)} {kind} entries", flush=True)
            for a, b in pairs[:2]:
                print(f"   stock {json.dumps(a, ensure_ascii=False)[:300]}")
                print(f"   ours  {json.dumps(b, ensure_ascii=False)[:300]}")
        found += unequal
    return found


def processor_s(pid: int) -> float:
    """Return user and system seconds of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def play_mixed(side: Side) -> None:
    """Say the mixed script once, in new conversations, and note wall and processor time."""
    before = side.processor()
    for dialogue in DIALOGUES:
        sender = uuid.uuid4().hex
        for text in dialogue:
            began = time.perf_counter()
            side.line.say(sender, text)
            side.wall_ms.append((time.perf_counter() - began) * 1000)
    for name, seconds in side.processor().items():
        side.spent[name] += seconds - before[name]


def many_users(side: Side, users: int) -> dict[str, float]:
    """Return turns a second, and Rasa's processor time of a turn, with so many users at once."""
    before, began = side.processor()["rasa"], time.perf_counter()
    texts = [text for dialogue in DIALOGUES for text in dialogue if text != "/restart"]

    def talk(_number: int) -> None:
        sender = uuid.uuid4().hex
        for text in texts:
            side.line.say(sender, text)

    with ThreadPoolExecutor(users) as pool:
        list(pool.map(talk, range(users)))
    turns = users * len(texts)
    return {
        f"{users} users, turns a second": turns / (time.perf_counter() - began),
        f"{users} users, rasa processor ms": (side.processor()["rasa"] - before) / turns * 1000,
    }


def figures(side: Side) -> dict[str, float]:
    """Return what the rounds of a side amount to."""
    turns = len(side.wall_ms)
    pids = side.stack.supervisor.pids()
    return {
        "turns": turns,
        "rasa processor ms": side.spent["rasa"] / turns * 1000,
        "actions processor ms": side.spent["actions"] / turns * 1000,
        "p50 ms": statistics.median(side.wall_ms),
        "p95 ms": statistics.quantiles(side.wall_ms, n=20)[-1],
        "start s": side.start_s,
        "start processor s": side.start_processor_s,
        **{f"{name} memory MB": memory_mb(pid) for name, pid in pids.items()},
    }


def cost_after(stack: Stack, line: Line, sender: str, turns: int) -> float:
    """Return Rasa's processor ms of a turn in this conversation, over `turns` turns."""
    pid = stack.supervisor.pids()["rasa"]
    texts = [text for dialogue in DIALOGUES for text in dialogue if text != "/restart"]
    before = processor_s(pid)
    for number in range(turns):
        line.say(sender, texts[number % len(texts)])
    return (processor_s(pid) - before) / turns * 1000


def repeat_history(stack: Stack, source: str, target: str, times: int) -> None:
    """Write a conversation's events `times` over under another name."""
    engine = sa.create_engine(stack.settings.rasa_database)
    repeated = sa.text(
        "INSERT INTO events (sender_id, type_name, timestamp, intent_name, action_name, data)"
        " SELECT :target, type_name, timestamp, intent_name, action_name, data FROM events"
        " WHERE sender_id = :source AND type_name != 'session_started' ORDER BY id"
    )
    for _ in range(times):
        with engine.begin() as connection:
            connection.execute(repeated, {"source": source, "target": target})
    engine.dispose()


def growth(stack: Stack, line: Line, *, talked: bool) -> dict[str, float]:
    """Return Rasa's processor ms of a turn after 10 and after about 1,000 turns."""
    texts = [text for dialogue in DIALOGUES for text in dialogue if text != "/restart"]
    young = uuid.uuid4().hex
    for text in texts[:10]:
        line.say(young, text)
    found = {"after 10 turns": cost_after(stack, line, young, 40)}
    old = uuid.uuid4().hex
    if talked:
        for number in range(1000):
            line.say(old, texts[number % len(texts)])
    else:
        source = uuid.uuid4().hex
        for text in texts[:50]:
            line.say(source, text)
        repeat_history(stack, source, old, 20)
    # a turn of stock takes seconds then
    found["after 1000 turns"] = cost_after(stack, line, old, 40 if talked else 10)
    return found


def compare(stock: Side, ours: Side, long: int) -> int:
    """Say the same to both; returns how many replies and events differ."""
    mixed = [text for dialogue in DIALOGUES for text in dialogue]
    said = [*conversations(), [mixed[number % len(mixed)] for number in range(long)]]
    found = events = 0
    for number, texts in enumerate(said):
        name = f"conversation-{number}"
        by_stock = play(stock.line, name, texts)
        found += differences(str(number), by_stock, play(ours.line, name, texts))
        events += len(by_stock.events)
    turns = sum(map(len, said))
    print(f"{found} differences in {turns} replies and {events} events", flush=True)
    return found


def measured(
    stock: Side, ours: Side, rounds: int, *, is_short: bool = False
) -> dict[str, dict[str, float]]:
    """Return the figures of both by name; `stock` and `ours` take turns all the time."""
    sides = {"stock": stock, "ours": ours}
    for _ in range(rounds):
        for side in sides.values():
            play_mixed(side)
    found = {name: figures(side) for name, side in sides.items()}
    if is_short:
        return found
    for name, side in sides.items():
        found[name] |= many_users(side, 8)
    for name, side in sides.items():
        found[name] |= growth(side.stack, side.line, talked=side is ours)
    return found


def with_diet(model: Path, kind: str, rounds: int) -> dict[str, float]:
    """Return the figures of stock with a model of its own configuration, run alone."""
    with serving(NONE, kind, model) as side:
        play_mixed(side)  # the first turns of a TensorFlow model trace its graph
        side.wall_ms.clear()
        side.spent.clear()
        for _ in range(rounds):
            play_mixed(side)
        return figures(side) | many_users(side, 8)


def tell(found: dict[str, dict[str, float]]) -> None:
    """Print the table; stock's own configuration has no figures of growth."""
    for name, our in found["ours"].items():
        line = f"{name:34} ours {our:8.1f}"
        for side in ("stock", "diet"):
            if name in found.get(side, {}):
                other = found[side][name]
                line += f"  {side} {other:8.1f} ratio {other / our:6.2f}"
        print(line)


def main() -> None:
    """Run both, compare, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--long", type=int, default=300, help="turns of the long conversation")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--only-equivalence", action="store_true")
    parser.add_argument("--only-rounds", action="store_true", help="compare nothing, no growth")
    parser.add_argument("--diet", type=Path, help="model of stock's own configuration")
    parser.add_argument("--json", type=Path, help="file for the figures")
    options = parser.parse_args()
    load = os.getloadavg()[0]
    print(f"load before: {load:.1f} on {os.cpu_count()} cores; {options.database}", flush=True)
    with serving(NONE, options.database) as stock, serving(ALL, options.database) as ours:
        unequal = 0 if options.only_rounds else compare(stock, ours, options.long)
        if options.only_equivalence or unequal:
            raise SystemExit(unequal and 1)
        for side in (stock, ours) if options.only_rounds else ():
            play_mixed(side)  # what a first turn loads is loaded by the comparison otherwise
            side.wall_ms.clear()
            side.spent.clear()
        found = measured(stock, ours, options.rounds, is_short=options.only_rounds)
    if options.diet:
        found["diet"] = with_diet(options.diet, options.database, options.rounds)
    print(f"load after: {os.getloadavg()[0]:.1f}")
    tell(found)
    if options.json:
        options.json.write_text(json.dumps({"load": load, **found}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
