"""How long nobody is listened to after `kill -9`: our hub and, beside it, stock Rasa.

    python -m bench.hub_back [--rounds 3] [--busy 0 2] [--parts hub rasa] [--json FILE]

Stock Rasa listens itself, so whoever writes waits until it has imported and read its model; with us
the hub listens. The product runs with Rasa as it is (no levers); a supervisor looks after it as
`xiaoer run` does. The time runs from the kill until the hub has taken a message (2xx, stored), and
until Rasa answers. With `--busy 2` two other processes keep two cores busy.
"""

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import httpx

from bench.rasa_turns import processor_s
from bot.nlu.lever_setting import NONE, SETTING
from bot.operations.run import TICK_S
from bot.operations.supervisor import STEADY_S
from tests.chat_client import Chat
from tests.stack import Stack, running_stack

PARTS = ("hub", "rasa")
PATIENCE_S = 180.0
LOOK_EVERY_S = 0.02
PROBE_S = 5.0


def is_taken(chat: Chat) -> bool:
    """Tell whether the hub takes a message now."""
    return chat.post({"client_id": str(uuid4()), "text": "你好"}).is_success


def answers(url: str) -> bool:
    """Tell whether Rasa answers now."""
    return httpx.get(url, timeout=PROBE_S, trust_env=False).is_success


class Killing:
    """Kills parts of a stack, and looks after it as `xiaoer run` does."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._chat = Chat(stack.url)
        self._ahead_s = 0.0

    def kill(self, part: str) -> tuple[float, float]:
        """Return seconds until the part is back, and what of the processor it took for that."""
        self._ahead_s += STEADY_S  # it has run well for so long
        os.kill(self._stack.supervisor.pids()[part], signal.SIGKILL)
        began = time.monotonic()
        ticked = began - TICK_S
        while not self._is_back(part):
            if time.monotonic() > began + PATIENCE_S:
                raise SystemExit(f"{part} is not back after {PATIENCE_S:.0f} s")
            if time.monotonic() >= ticked + TICK_S:
                ticked = time.monotonic()
                self._stack.supervisor.tick(ticked + self._ahead_s)
            time.sleep(LOOK_EVERY_S)
        return time.monotonic() - began, processor_s(self._stack.supervisor.pids()[part])

    def _is_back(self, part: str) -> bool:
        try:
            return is_taken(self._chat) if part == "hub" else answers(self._stack.settings.rasa_url)
        except httpx.TransportError:
            return False


@contextmanager
def busy(processes: int) -> Iterator[None]:
    """Keep so many cores busy within the block."""
    spinning = [
        subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(processes)
    ]
    try:
        yield
    finally:
        for one in spinning:
            one.kill()
            one.wait()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--busy", type=int, nargs="+", default=[0, 2])
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--json", type=Path)
    wanted = parser.parse_args()
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    figures = {}
    with (
        tempfile.TemporaryDirectory() as name,
        running_stack(Path(name), more={SETTING: NONE}) as stack,
    ):
        killing = Killing(stack)
        for processes in wanted.busy:
            with busy(processes):
                for part in wanted.parts:
                    took = [killing.kill(part) for _ in range(wanted.rounds)]
                    figures[f"{part}, {processes} busy"] = tell(part, processes, took)
    if wanted.json:
        wanted.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def tell(part: str, processes: int, took: list[tuple[float, float]]) -> dict[str, float]:
    """Print a line and return its figures, all in seconds."""
    waits, spent = [one[0] for one in took], [one[1] for one in took]
    line = {
        "median": statistics.median(waits),
        "longest": max(waits),
        "processor": statistics.median(spent),
    }
    name = "our hub" if part == "hub" else "stock Rasa"
    figures = "  ".join(f"{what} {value:6.2f} s" for what, value in line.items())
    print(f"{name:<12} beside {processes} busy processes: {figures}", flush=True)
    return line


if __name__ == "__main__":
    main()
