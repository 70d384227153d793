"""How fast the hub acknowledges what a platform delivers, while Rasa does not answer.

    python -m bench.webhooks [--a-second 200] [--seconds 15] [--database postgresql] [--json FILE]

A hub of its own takes Telegram's webhook. Messages come at random moments, whether or not the
earlier ones are acknowledged (open loop), and an acknowledgement is counted from the moment at
which its message was due, so a hub that falls behind cannot hide it. Half of the messages are the
first of their person. Rasa takes connections and never answers. At the end each acknowledged
message must be in the database. The same is done twice: messages that come while a
commit is under way share the next one, and naively, with a transaction for each step of each.
"""

import argparse
import asyncio
import json
import multiprocessing
import os
import random
import secrets
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import uvicorn
from aiohttp import web

from bench.desk import tell
from bot.asgi import create_app
from bot.bootstrap import App, build, utc_now
from bot.channels.telegram.webhook import PATH, SECRET_HEADER
from bot.hub import inbox
from bot.settings import Settings
from bot.store import migrate
from bot.telemetry.memory import settle
from tests.databases import new_database
from tests.telegram_api import TOKEN

PORT, SILENT_PORT, API_PORT = 8233, 8234, 8235
URL = f"http://127.0.0.1:{PORT}"
OK = 200
LIMIT_MS = 50.0
"""The aim for the 99th percentile."""


@dataclass
class Found:
    """What came of one run.

    Attributes:
        took: Seconds from when a message was due until its acknowledgement.
        stored: How many of the acknowledged messages the database holds.
    """

    took: list[float] = field(default_factory=list)
    refused: int = 0
    stored: int = 0


def open_app(folder: Path, url: str, secret: str) -> App:
    """Return the application with Telegram's webhook, and nobody who answers."""
    silent, api = f"http://127.0.0.1:{SILENT_PORT}", f"http://127.0.0.1:{API_PORT}"
    settings = Settings(
        port=PORT,
        database_url=url,
        state_dir=folder,
        rasa_url=silent,
        actions_url=silent,
        telegram_token=TOKEN,
        telegram_secret=secret,
        telegram_mode="webhook",
        telegram_api_url=api,
        address_per_minute=1_000_000,
        testing=True,
    )
    return build(settings, utc_now)


def serve(folder: str, url: str, secret: str, most: int) -> None:
    """Run the hub; in a process of its own."""
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())  # its log of a Rasa that is away
        os.dup2(nowhere.fileno(), sys.stderr.fileno())
    inbox.MOST_TOGETHER = most
    hub = create_app(open_app(Path(folder), url, secret))
    settle()  # as the product does once it is up
    uvicorn.run(hub, host="127.0.0.1", port=PORT, ws="wsproto", log_level="critical")


class Platform:
    """Telegram's side."""

    def __init__(self, secret: str, people: int) -> None:
        self._headers = {SECRET_HEADER: secret}
        self._people = people
        self._number = 0
        self.found = Found()

    async def run(self, a_second: float, seconds: float) -> Found:
        """Deliver at random moments for so long, and wait for what is under way."""
        connector = aiohttp.TCPConnector(limit=0)
        silent = await asyncio.start_server(_hold, "127.0.0.1", SILENT_PORT)
        api = await _serve_api()
        async with silent, aiohttp.ClientSession(connector=connector) as http:
            await _await_hub(http)
            under_way = []
            due = time.monotonic()
            ends = due + seconds
            while due < ends:
                await asyncio.sleep(due - time.monotonic())
                under_way.append(asyncio.create_task(self._deliver(http, due)))
                due += random.expovariate(a_second)
            await asyncio.gather(*under_way)
        await api.cleanup()
        return self.found

    async def _deliver(self, http: aiohttp.ClientSession, due: float) -> None:
        self._number += 1
        person = 1_000_000 + self._number % self._people
        chat = {"id": person, "type": "private", "first_name": "某人"}
        message = {
            "message_id": self._number,
            "date": int(time.time()),
            "chat": chat,
            "from": {"id": person, "is_bot": False, "first_name": "某人"},
            "text": f"第{self._number}句 我想开个火锅店",
        }
        update = {"update_id": self._number, "message": message}
        async with http.post(f"{URL}{PATH}", json=update, headers=self._headers) as answer:
            if answer.status == OK:
                self.found.took.append(time.monotonic() - due)
            else:
                self.found.refused += 1


async def _serve_api() -> web.AppRunner:
    """Serve a Bot API that takes everything."""

    async def answer(request: web.Request) -> web.Response:
        chat = {"id": 1, "type": "private"}
        sent = {"message_id": 1, "date": 1, "chat": chat, "text": "好"}
        is_message = request.path.endswith("sendMessage")
        return web.json_response({"ok": True, "result": sent if is_message else True})

    api = web.Application()
    api.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(api)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", API_PORT).start()
    return runner


async def _hold(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while await reader.read(65_536):
        pass
    writer.close()


async def _await_hub(http: aiohttp.ClientSession) -> None:
    for _ in range(600):
        with suppress(aiohttp.ClientConnectionError):
            async with http.get(f"{URL}/healthz") as answer:
                if answer.status == OK:
                    return
        await asyncio.sleep(0.1)
    raise RuntimeError("the hub did not start")


def measure(a_second: float, seconds: float, kind: str, most: int) -> Found:
    """Run one hub that puts at most so many messages into one commit."""
    secret = secrets.token_hex(16)
    with tempfile.TemporaryDirectory() as folder, new_database(kind, Path(folder)) as url:
        app = open_app(Path(folder), url, secret)
        migrate.upgrade(app.engine)
        context = multiprocessing.get_context("spawn")
        hub = context.Process(target=serve, args=(folder, url, secret, most), daemon=True)
        hub.start()
        try:
            people = max(1, int(a_second * seconds / 2))
            found = asyncio.run(Platform(secret, people).run(a_second, seconds))
        finally:
            hub.terminate()
            hub.join(10)
        with app.engine.connect() as connection:
            found.stored = connection.exec_driver_sql(
                "SELECT count(*) FROM messages WHERE author = 'applicant'"
            ).scalar_one()
        return found


def main() -> None:
    """Print the table; exit code 1 when an acknowledged message is not in the database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--a-second", type=float, default=200)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--json", type=Path)
    wanted = parser.parse_args()
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    figures, is_whole = {}, True
    for name, most in (("shared commits", inbox.MOST_TOGETHER), ("naively", 1)):
        found = measure(wanted.a_second, wanted.seconds, wanted.database, most)
        ordered = sorted(found.took) or [0.0]
        p99 = ordered[int(len(ordered) * 0.99)] * 1000
        print(f"--- {name}, {wanted.database}, {wanted.a_second:.0f} messages a second")
        print(tell("acknowledged after", found.took), f"  p99 {p99:6.0f} ms (aim {LIMIT_MS:.0f})")
        print(f"refused: {found.refused}; acknowledged {len(found.took)}, stored {found.stored}")
        figures[name] = {"p99 ms": p99, "p50 ms": ordered[len(ordered) // 2] * 1000}
        is_whole = is_whole and found.stored >= len(found.took)
    if wanted.json:
        wanted.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    raise SystemExit(not is_whole)


if __name__ == "__main__":
    main()
