"""What the hub adds to a turn: the time of a message that neither Rasa nor the actions have it.

    python -m bench.hub_share [--rounds 2] [--database postgresql] [--floor] [--json FILE]

One product runs, with a line between hub and Rasa that notes moments. A message is sent as the chat
page sends it, while a call that waits for news is open. Counted is the time from when its last byte
has gone to the hub until its first byte comes to Rasa (in), and from when Rasa's last byte has gone
to the hub until the last byte of the answer is with the page (out): reading HTTP, who it is, the
commits, who answers, JSON, and handing over between processes on this machine.

With `--floor`, after the product has ended, the same messages to the least hub that there can be
(`bench/least_hub.py`) before a Rasa that answers after 12 ms: what this way of measuring, the
server, the driver and the disk take on this machine whatever the hub does.

Beside it, in the same run and in changing order, the naive way: the message comes by the same
hub, but the page asks for news five times a second instead of waiting. Rasa alone is the time
between the two moments of the line.
"""

import argparse
import asyncio
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from pathlib import Path

from bench.chat_page import ChatPage
from bench.rasa_line import RasaLine
from bench.rasa_turns import databases
from bench.turns import DIALOGUES
from bot.operations.commands import address_of
from bot.operations.ports_free import free_port
from bot.operations.supervisor import Command
from bot.settings import ROOT
from tests.stack import Stack, running_stack

AIM_MS = 5.0
"""What the hub may add at the median."""

NAIVE_EVERY_S = 0.2
WAYS = {"": 0.0, "naively: ": NAIVE_EVERY_S}
VARIABLE = "XIAOER_RASA_URL"

RASA_S = 0.012
START_S = 20.0


class Moments:
    """What was measured, in milliseconds by name."""

    def __init__(self) -> None:
        self.found: defaultdict[str, list[float]] = defaultdict(list)

    def say(self, page: ChatPage, line: RasaLine, text: str, way: str) -> None:
        """Say one message and note its times; what the hub answers by itself counts nowhere."""
        asked_before = line.asked_at
        spoken = page.say(text)
        if line.asked_at == asked_before:
            return
        into, out = line.asked_at - spoken.sent_at, spoken.read_at - line.answered_at
        times = {
            "in": into,
            "out": out,
            "added": into + out,
            "acknowledged": spoken.taken_at - spoken.sent_at,
            "Rasa alone": line.answered_at - line.asked_at,
        }
        for name, seconds in times.items():
            self.found[f"{way}{name}"].append(seconds * 1000)


def play(stack: Stack, line: RasaLine, moments: Moments) -> None:
    """Say the script both ways, message by message in changing order."""
    for dialogue in DIALOGUES:
        pages = {way: ChatPage(stack.url, every_s) for way, every_s in WAYS.items()}
        for number, text in enumerate(dialogue):
            for way in sorted(pages, reverse=bool(number % 2)):
                moments.say(pages[way], line, text, way)
        for page in pages.values():
            page.close()


def with_line(lines: list[RasaLine], started: list[Command]) -> list[Command]:
    """Let the hub reach Rasa over a line of ours."""
    return [_wired(lines, one) if one.name == "hub" else one for one in started]


def _wired(lines: list[RasaLine], command: Command) -> Command:
    host, port = address_of(command.environment[VARIABLE], 0)
    lines.append(RasaLine(port))
    there = f"http://{host}:{lines[-1].port}"
    return replace(command, environment={**command.environment, VARIABLE: there})


async def _answer_soon(near: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
    """Be Rasa as far as the least hub asks: one line of answer, 12 ms after the question."""
    while head := await near.readuntil(b"\r\n\r\n"):
        length = int(re.search(rb"Content-Length: (\d+)", head)[1])  # type: ignore[index]
        await near.readexactly(length)
        await asyncio.sleep(RASA_S)
        body = b'[{"text": "here it is"}]'
        out.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))


def _rasa(ready: Connection) -> None:
    async def serve() -> None:
        server = await asyncio.start_server(_answer_soon, "127.0.0.1", 0)
        ready.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    with suppress(asyncio.IncompleteReadError):
        asyncio.run(serve())


@contextmanager
def least_hub(database: str) -> Iterator[tuple[str, RasaLine]]:
    """Start the least hub and its Rasa; gives its address and the line between the two."""
    mine, theirs = Pipe()
    rasa = Process(target=_rasa, args=(theirs,), daemon=True)
    rasa.start()
    line = RasaLine(mine.recv())
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "--factory", "bench.least_hub:application"]
    command += ["--port", str(port), "--ws", "none", "--no-access-log"]
    environment = {
        **os.environ,
        "LEAST_HUB_DATABASE": database,
        "LEAST_HUB_RASA": f"http://127.0.0.1:{line.port}",
    }
    with subprocess.Popen(command, env=environment, cwd=ROOT) as hub:  # noqa: S603 - ours
        try:
            _await_port(port)
            yield f"http://127.0.0.1:{port}", line
        finally:
            hub.terminate()
            hub.wait()
            line.close()
            rasa.terminate()


def _await_port(port: int) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on {port}")


def play_floor(database: str, rounds: int, moments: Moments) -> None:
    """Say the same messages to the least hub, once unmeasured."""
    with least_hub(database) as (url, line):
        for number in range(rounds + 1):
            kept = moments if number else Moments()
            for dialogue in DIALOGUES:
                page = ChatPage(url)
                for text in dialogue:
                    kept.say(page, line, text, "floor: ")
                page.close()


def tell(name: str, values: list[float]) -> str:
    """Return one line of the table."""
    ordered = sorted(values)
    p95 = ordered[int(len(ordered) * 0.95)]
    return f"{name:<24} n={len(ordered):<4} p50 {statistics.median(ordered):7.1f}   p95 {p95:7.1f}"


def main() -> None:
    """Print what the hub adds, in milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--floor", action="store_true", help="the least hub as well")
    parser.add_argument("--json", type=Path)
    wanted = parser.parse_args()
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    lines: list[RasaLine] = []
    with tempfile.TemporaryDirectory() as name, databases(wanted.database, Path(name)) as more:
        with running_stack(
            Path(name), more=more, rewire=lambda started: with_line(lines, started)
        ) as stack:
            play(stack, lines[0], Moments())  # first turns load what later ones find in memory
            moments = Moments()
            for _ in range(wanted.rounds):
                play(stack, lines[0], moments)
        lines[0].close()
        if wanted.floor:
            url = more.get("XIAOER_DATABASE_URL", str(Path(name) / "least.db"))
            play_floor(url, wanted.rounds, moments)
    for what, values in moments.found.items():
        print(tell(what, values))
    print(f"aim: {AIM_MS:.0f} ms added at the median")
    if wanted.json:
        medians = {what: statistics.median(values) for what, values in moments.found.items()}
        wanted.json.write_text(json.dumps(medians, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
