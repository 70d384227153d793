"""The least that a hub can be: commits a message, asks Rasa, commits the answer, hands it on.

`bench.hub_share --floor` measures it beside the product as the floor of the same machine, server,
driver and way of measuring. It has no conversations, limits, leases, routers, seals, other hubs or
second tries; whoever sends twice is served twice.

Served by `uvicorn --factory bench.least_hub:application` with `LEAST_HUB_DATABASE`, an address of
PostgreSQL or a file, and `LEAST_HUB_RASA`.
"""

import asyncio
import os
import queue
import sqlite3
from collections.abc import Callable
from typing import Any, TypeVar

import anyio
import msgspec
import psycopg2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.http_line import HttpLine

TABLE = "CREATE TABLE said (id INTEGER PRIMARY KEY{auto}, author TEXT, line TEXT)"
CONNECTIONS = 4
Found = TypeVar("Found")


class Lines:
    """The one table, and who waits for it."""

    def __init__(self, database: str) -> None:
        self._free: queue.SimpleQueue[Any] = queue.SimpleQueue()
        is_server = database.startswith("postgresql")
        database = database.replace("postgresql+psycopg2:", "postgresql:")
        self._mark = "%s" if is_server else "?"
        for number in range(CONNECTIONS):
            one: Any = psycopg2.connect(database) if is_server else _file(database)  # type: ignore[no-untyped-call]
            if number == 0:
                auto = " GENERATED ALWAYS AS IDENTITY" if is_server else " AUTOINCREMENT"
                one.cursor().execute(TABLE.format(auto=auto))
                one.commit()
            self._free.put(one)
        self._heard = asyncio.Event()

    async def add(self, author: str, line: str) -> int:
        """Commit a line; returns its id."""
        return await anyio.to_thread.run_sync(self._add, author, line)

    def ring(self) -> None:
        """Wake all who wait."""
        self._heard.set()
        self._heard = asyncio.Event()

    async def after(self, last: int, wait_s: float) -> list[tuple[int, str, str]]:
        """Return the lines above an id, waiting for the first."""
        heard = self._heard
        found = await anyio.to_thread.run_sync(self._after, last)
        if found or not wait_s:
            return found
        with anyio.move_on_after(wait_s):
            await heard.wait()
        return await anyio.to_thread.run_sync(self._after, last)

    def _add(self, author: str, line: str) -> int:
        mark = self._mark
        text = f"INSERT INTO said (author, line) VALUES ({mark}, {mark}) RETURNING id"  # noqa: S608

        def add(cursor: Any) -> int:
            cursor.execute(text, (author, line))
            return int(cursor.fetchone()[0])

        return self._with(add)

    def _after(self, last: int) -> list[tuple[int, str, str]]:
        text = f"SELECT id, author, line FROM said WHERE id > {self._mark} ORDER BY id"  # noqa: S608

        def read(cursor: Any) -> list[tuple[int, str, str]]:
            cursor.execute(text, (last,))
            return list(cursor.fetchall())

        return self._with(read)

    def _with(self, work: Callable[[Any], Found]) -> Found:
        connection = self._free.get()
        try:
            cursor = connection.cursor()
            found = work(cursor)
            connection.commit()
            return found
        finally:
            self._free.put(connection)


def _file(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, check_same_thread=False, timeout=30)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


class Hub:
    """Three paths, as the chat page of the product asks for them."""

    def __init__(self, lines: Lines, rasa: str) -> None:
        self._lines = lines
        self._rasa = rasa
        self._wire = HttpLine()
        self._asking: set[asyncio.Task[None]] = set()

    async def open(self, _: Request) -> Response:
        """Open what the page takes for a conversation; there is only one."""
        return _json({"token": "nobody"}, 201)

    async def send(self, request: Request) -> Response:
        """Take a message in, answered once it is committed, and ask Rasa."""
        text = msgspec.json.decode(await request.body())["text"]
        number = await self._lines.add("applicant", text)
        task = asyncio.create_task(self._ask(text))
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)
        return _json({"message_id": number}, 202)

    async def read(self, request: Request) -> Response:
        """Return what comes after a line, waiting for it if asked to."""
        after, wait_s = (int(request.query_params[name]) for name in ("after", "wait"))
        found = await self._lines.after(after, wait_s)
        lines = [{"id": one, "author": who, "text": text} for one, who, text in found]
        return _json({"messages": lines, "busy": False}, 200)

    async def _ask(self, text: str) -> None:
        body = msgspec.json.encode({"message": text})
        answer = await self._wire.call(
            "POST", f"{self._rasa}/webhooks/hub/webhook", {}, body, timeout_s=30, connect_s=3
        )
        for reply in msgspec.json.decode(answer.body):
            await self._lines.add("bot", reply["text"])
        self._lines.ring()


def application() -> Starlette:
    """Build it from the environment."""
    lines = Lines(os.environ["LEAST_HUB_DATABASE"])
    hub = Hub(lines, os.environ["LEAST_HUB_RASA"])
    return Starlette(
        routes=[
            Route("/api/chat/conversations", hub.open, methods=["POST"]),
            Route("/api/chat/messages", hub.send, methods=["POST"]),
            Route("/api/chat/messages", hub.read, methods=["GET"]),
        ]
    )


def _json(content: object, status: int) -> Response:
    return Response(msgspec.json.encode(content), status, media_type="application/json")
