"""What the hub adds to a turn: each message said by way of the hub, and straight to Rasa.

    python -m bench.hub_share [--rounds 2] [--database postgresql] [--json FILE]

One product runs. Each message of the mixed script goes through the web API (until the answer is
read by long poll) in one conversation and straight to Rasa's channel in another, the one right
after the other and in changing order, so that what else happens on the machine meets both. What
the hub adds to a message is the difference of the two.
"""

import argparse
import json
import os
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from bench.rasa_turns import Line, databases
from bench.turns import DIALOGUES
from tests.chat_client import Chat
from tests.stack import Stack, running_stack

AIM_MS = 5.0
"""What the hub may add at the median."""


def took_ms(say: Callable[[], object]) -> float:
    """Return how long a call takes."""
    began = time.perf_counter()
    say()
    return (time.perf_counter() - began) * 1000


def play(stack: Stack, line: Line) -> list[tuple[float, float]]:
    """Say the script both ways; returns (by way of the hub, straight) in ms for each message."""
    found = []
    for dialogue in DIALOGUES:
        chat, sender = Chat(stack.url), uuid.uuid4().hex
        for number, text in enumerate(dialogue):
            ways: list[Callable[[], object]] = [
                lambda chat=chat, text=text: chat.say(text),  # type: ignore[misc]  # bound at once
                lambda sender=sender, text=text: line.say(sender, text),  # type: ignore[misc]
            ]
            order = (0, 1) if number % 2 else (1, 0)
            took = {way: took_ms(ways[way]) for way in order}
            found.append((took[0], took[1]))
    return found


def main() -> None:
    """Print what the hub adds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--json", type=Path)
    wanted = parser.parse_args()
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    with tempfile.TemporaryDirectory() as name, databases(wanted.database, Path(name)) as more:
        folder = Path(name)
        with running_stack(folder, more=more) as stack:
            line = Line(stack, folder)
            play(stack, line)  # the first turns load what later ones find in memory
            found = [pair for _ in range(wanted.rounds) for pair in play(stack, line)]
    added = sorted(hub - straight for hub, straight in found)
    figures = {
        "messages": len(found),
        "by way of the hub, p50 ms": statistics.median(hub for hub, _ in found),
        "straight to Rasa, p50 ms": statistics.median(straight for _, straight in found),
        "added, p50 ms": statistics.median(added),
        "added, p95 ms": added[int(len(added) * 0.95)],
    }
    for what, figure in figures.items():
        print(f"{what:<28} {figure:8.1f}")
    print(f"aim: {AIM_MS:.0f} ms added at the median")
    if wanted.json:
        wanted.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
