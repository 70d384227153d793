"""Rasa alone, stock and with our levers: the same answers first, then what a turn costs.

Usage: python -m bench.rasa_turns [--rounds 3] [--long 300] [--only-equivalence]

Both run from the same model with the same action server, one after the other, messages sent
straight to Rasa's channel. First everything that `bench.turns` and the dialogue tests say, then one
conversation that goes on past every cache and window, is said to both; replies and events must be
the same, but for the sessions that a lever begins. Then processor time (of the Rasa process and of
the action server, user and system), wall time and growth with the length of a conversation. The
history of a long stock conversation is a real one repeated in its database; ours is really talked.
"""

import argparse
import json
import os
import re
import sqlite3
import statistics
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from bench.turns import DIALOGUES, memory_mb
from bot.nlu.lever_setting import ALL, NONE, SETTING
from bot.operations.dialogue_format import read_dialogues
from bot.operations.keys import load_or_make_secrets
from bot.settings import ROOT
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


@contextmanager
def serving(levers: str) -> Iterator[tuple[Stack, Line]]:
    """Run the product with these levers."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with running_stack(folder, more={SETTING: levers}) as stack:
            yield stack, Line(stack, folder)


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


def measure(stack: Stack, line: Line, rounds: int) -> dict[str, float]:
    """Return what a turn of the mixed script costs, in ms, and the memory in MB."""
    pids = stack.supervisor.pids()
    before = {name: processor_s(pids[name]) for name in ("rasa", "actions")}
    wall = []
    for _ in range(rounds):
        for dialogue in DIALOGUES:
            sender = uuid.uuid4().hex
            for text in dialogue:
                began = time.perf_counter()
                line.say(sender, text)
                wall.append((time.perf_counter() - began) * 1000)
    spent = {name: processor_s(pids[name]) - before[name] for name in before}
    return {
        "turns": len(wall),
        "rasa processor ms": spent["rasa"] / len(wall) * 1000,
        "actions processor ms": spent["actions"] / len(wall) * 1000,
        "p50 ms": statistics.median(wall),
        "p95 ms": statistics.quantiles(wall, n=20)[-1],
        "rasa memory MB": memory_mb(pids["rasa"]),
    }


def cost_after(stack: Stack, line: Line, sender: str, turns: int) -> float:
    """Return Rasa's processor ms of a turn in this conversation, over `turns` turns."""
    pid = stack.supervisor.pids()["rasa"]
    texts = [text for dialogue in DIALOGUES for text in dialogue if text != "/restart"]
    before = processor_s(pid)
    for number in range(turns):
        line.say(sender, texts[number % len(texts)])
    return (processor_s(pid) - before) / turns * 1000


def repeat_history(stack: Stack, source: str, target: str, times: int) -> int:
    """Write a conversation's events `times` over under another name; returns their number."""
    path = stack.settings.rasa_database.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, timeout=30)) as database:
        for _ in range(times):
            database.execute(
                "INSERT INTO events"
                " (sender_id, type_name, timestamp, intent_name, action_name, data)"
                " SELECT ?, type_name, timestamp, intent_name, action_name, data FROM events"
                " WHERE sender_id = ? AND type_name != 'session_started' ORDER BY id",
                (target, source),
            )
        database.commit()
        return int(
            database.execute(
                "SELECT count(*) FROM events WHERE sender_id = ?", (target,)
            ).fetchone()[0]
        )


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
    found["after 1000 turns"] = cost_after(stack, line, old, 40)
    return found


def main() -> None:
    """Run both, compare, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--long", type=int, default=300, help="turns of the long conversation")
    parser.add_argument("--only-equivalence", action="store_true")
    options = parser.parse_args()
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    written = conversations()
    mixed = [text for dialogue in DIALOGUES for text in dialogue]
    endless = [mixed[number % len(mixed)] for number in range(options.long)]
    said: dict[str, list[Said]] = {}
    measured: dict[str, dict[str, float]] = {}
    for levers in (NONE, ALL):
        began = time.monotonic()
        with serving(levers) as (stack, line):
            ready = time.monotonic() - began
            said[levers] = [
                play(line, f"conversation-{number}", texts)
                for number, texts in enumerate([*written, endless])
            ]
            if not options.only_equivalence:
                measured[levers] = {
                    "start s": ready,
                    **measure(stack, line, options.rounds),
                    **growth(stack, line, talked=levers == ALL),
                }
    turns = sum(len(texts) for texts in written) + len(endless)
    found = sum(
        differences(str(number), stock, ours)
        for number, (stock, ours) in enumerate(zip(said[NONE], said[ALL], strict=True))
    )
    events = sum(len(one.events) for one in said[NONE])
    print(f"{found} differences in {turns} replies and {events} events")
    for name in measured.get(NONE, {}):
        stock, ours = measured[NONE][name], measured[ALL][name]
        print(f"{name:24} stock {stock:8.1f}  ours {ours:8.1f}  ratio {stock / ours:5.2f}")
    if measured:
        print(json.dumps(measured))


if __name__ == "__main__":
    main()
