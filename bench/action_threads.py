"""Compare the action server with a thread for each core and with one, for products of matrices.

Usage: python -m bench.action_threads [--rounds 3]

Starts the product twice: as numpy comes, by asking for as many threads as there are cores, and as
ours does it (`bot/one_blas_thread.py`). Plays the sentences of `tests/dialogue` on both in turn, so
that neighbours on the machine meet both, in each round those of other dialogues: what a sentence
means is worked out once. Prints the action server's processor time of a turn and the median of a
turn for each round.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.rasa_turns import processor_s
from bench.turns import play
from bot.one_blas_thread import SETTING
from bot.operations.dialogue_format import read_dialogues
from bot.operations.training import ensure_model
from bot.settings import ROOT
from tests.chat_client import Chat
from tests.stack import Stack, running_stack

TALKS, EACH = 25, 16
"""Conversations of a round, and which: every so manieth, from another one on in each round."""


@contextmanager
def serving(threads: str | None) -> Iterator[Stack]:
    """Start everything with so many threads for products; None as ours does it by itself."""
    kept = os.environ.pop(SETTING, None)
    if threads is not None:
        os.environ[SETTING] = threads
    try:
        with tempfile.TemporaryDirectory() as folder, running_stack(Path(folder)) as stack:
            yield stack
    finally:
        os.environ.pop(SETTING, None)
        if kept is not None:
            os.environ[SETTING] = kept


def conversations() -> list[tuple[str, ...]]:
    """Return what is typed in each dialogue that only types."""
    files = sorted((ROOT / "tests" / "dialogue").glob("*.yml"))
    steps = (dialogue.steps for file in files for dialogue in read_dialogues(file))
    return [tuple(s.value for s in each) for each in steps if all(s.move == "user" for s in each)]


def played(stack: Stack, talks: Sequence[Sequence[str]]) -> tuple[float, float]:
    """Play some conversations; returns processor and wall milliseconds of a turn."""
    pid = stack.supervisor.pids()["actions"]
    began, seconds = processor_s(pid), []
    for texts in talks:
        chat = Chat(stack.url)
        for text in texts:
            start = time.perf_counter()
            chat.say(text)
            seconds.append(time.perf_counter() - start)
    return (processor_s(pid) - began) * 1000 / len(seconds), statistics.median(seconds) * 1000


def main() -> None:
    """Run the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds: int = parser.parse_args().rounds
    ensure_model(ROOT, ROOT / "var", lambda _: None)
    cores, talks = os.cpu_count() or 1, conversations()
    print(f"load before the start: {os.getloadavg()[0]:.1f} on {cores} cores")
    with ExitStack() as stacks:
        sides = {
            "a thread a core": stacks.enter_context(serving(str(cores))),
            "one thread": stacks.enter_context(serving(None)),
        }
        for stack in sides.values():
            play(stack.url)  # the first turns load what later ones find in memory
        print("                 processor ms   median ms   (action server, turn)")
        for at in range(rounds):
            for name, stack in sides.items():
                processor, wall = played(stack, talks[at::EACH][:TALKS])
                print(f"{name:<16} {processor:>12.1f} {wall:>11.1f}", flush=True)


if __name__ == "__main__":
    main()
