"""How fast a message reaches the other side while 50 desks watch a queue of 300.

    python -m bench.desk [--seconds 40] [--agents 50] [--waiting 300] [--database postgresql]

A hub of its own runs beside this program on a new SQLite file, or a new PostgreSQL server. Each
agent has an event stream and a conversation with an applicant who long-polls, as the pages do.
Pairs write to each other at random moments. The same is done twice: as the desk works, and naively
(each wake-up makes every desk fetch its lists and the whole conversation, and nothing is shared).
At the end everybody goes on watching until each acknowledged message has arrived, at most 30 s, and
the rest is looked for in the database: late, or lost, which must not happen.
Figures compare only at like load, so the load before the start is printed.
"""

import argparse
import asyncio
import multiprocessing
import os
import random
import tempfile
import time
import uuid
from collections.abc import Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
import uvicorn

from bot.asgi import create_app
from bot.bootstrap import App, build, utc_now
from bot.desk import routes as desk_routes
from bot.domain.conversations import Inbound, Owner, TurnOutcome
from bot.domain.people import Role
from bot.services.accounts import accounts
from bot.services.conversations import conversations, turns
from bot.services.desk import handover
from bot.services.desk import queue as desk_queue
from bot.services.desk import search as desk_search
from bot.settings import Settings
from bot.store import migrate
from bot.store.desk_texts import load_desk_texts
from tests.databases import new_database

PORT = 8231
URL = f"http://127.0.0.1:{PORT}"
EVERY_S = 10.0
"""Each side of each pair writes once in so many seconds, on average."""

LATEST_S = 30.0
"""A message that has not arrived so long after the end is looked for in the database."""

LIMITS = httpx.Limits(max_connections=None, max_keepalive_connections=None)


@dataclass
class Pair:
    """An agent and an applicant in one conversation."""

    cookie: str
    token: str
    conversation_id: str
    seen_by_agent: int = 0
    seen_by_applicant: int = 0


@dataclass
class Way:
    """One direction: when things were sent, and how long they took in seconds."""

    sent: dict[str, float] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)

    def arrive(self, text: str) -> None:
        """Note every mark that stands in a text and was not seen before."""
        now = time.monotonic()
        self.took.extend(now - self.sent.pop(mark) for mark in [*self.sent] if mark in text)


@dataclass
class Times:
    """What was measured.

    Attributes:
        refused: Messages that the hub did not take, or not within a minute, so that they were never
            owed to anybody.
        lost: Acknowledged messages that are not in the database.
    """

    to_applicant: Way = field(default_factory=Way)
    to_agent: Way = field(default_factory=Way)
    to_lists: Way = field(default_factory=Way)
    fetches: int = 0
    refused: int = 0
    lost: int = 0

    @property
    def outstanding(self) -> list[str]:
        """The marks of messages that have not arrived."""
        return [*self.to_applicant.sent, *self.to_agent.sent]


def serve(folder: str, url: str, fragments_last_s: float) -> None:
    """Run the hub; in a process of its own."""
    defaults = desk_routes.routes.__kwdefaults__
    assert defaults is not None
    defaults["fragments_last_s"] = fragments_last_s
    web = create_app(open_app(Path(folder), url))
    uvicorn.run(
        web,
        host="127.0.0.1",
        port=PORT,
        ws="wsproto",
        log_level="error",
        timeout_graceful_shutdown=1,
    )


def open_app(folder: Path, url: str) -> App:
    """Return the application on a database."""
    return build(Settings(port=PORT, database_url=url, state_dir=folder, testing=True), utc_now)


def fill(app: App, agents: int, waiting: int) -> list[Pair]:
    """Make the queue, the agents, and one held conversation for each."""
    texts, passwords = load_desk_texts(app.settings.data_dir), accounts.Passwords()
    for number in range(waiting):
        _ask(app, f"第{number}位想开个火锅店")
    pairs = []
    for number in range(agents):
        login, password = f"agent{number}", uuid.uuid4().hex
        accounts.add_agent(
            app.unit_of_work,
            login=login,
            name=f"客服{number}",
            role=Role.AGENT,
            password=password,
            now=utc_now(),
            passwords=passwords,
        )
        opened = accounts.authenticate(
            app.unit_of_work, login=login, password=password, now=utc_now(), passwords=passwords
        )
        conversation_id, token = _ask(app, f"第{number}位在聊")
        handover.claim(
            app.unit_of_work,
            conversation_id=conversation_id,
            agent_id=opened.agent.id,
            now=utc_now(),
            texts=texts,
        )
        pairs.append(Pair(opened.token, token, conversation_id))
    while desk_queue.tell_waiting(app.unit_of_work, now=utc_now(), texts=texts):
        pass  # who waits has been told, as on any morning but the first
    while desk_search.index_new(app.unit_of_work):
        pass
    return pairs


def _ask(app: App, text: str) -> tuple[str, str]:
    store, now = app.unit_of_work, utc_now()
    opened = conversations.open_web_conversation(store, now=now)
    inbound = Inbound("web", opened.conversation_id, uuid.uuid4().hex, text)
    conversations.accept(store, inbound=inbound, now=now)
    turn = turns.claim_turn(store, now=now)
    assert turn is not None
    outcome = TurnOutcome(owner=Owner.WAITING, handoff_reason="asked")
    turns.complete_turn(store, turn=turn, outcome=outcome, now=now)
    return opened.conversation_id, opened.token


class Crowd:
    """All browsers of the measurement."""

    def __init__(self, pairs: Sequence[Pair], *, is_naive: bool) -> None:
        self.pairs, self.is_naive, self.times = pairs, is_naive, Times()
        self._is_over = False
        self._http = httpx.AsyncClient(base_url=URL, timeout=60, limits=LIMITS)

    async def run(self, seconds: float) -> Times:
        """Let everybody watch and write for so long."""
        watching = [asyncio.create_task(self._desk(pair)) for pair in self.pairs]
        watching += [asyncio.create_task(self._applicant(pair)) for pair in self.pairs]
        await asyncio.sleep(5)
        writing = [asyncio.create_task(self._write(pair)) for pair in self.pairs[1:]]
        writing.append(asyncio.create_task(self._pass_on(self.pairs[0])))
        await asyncio.sleep(seconds)
        self._is_over = True  # a message that is under way is let through
        await asyncio.gather(*writing)
        ends = time.monotonic() + LATEST_S
        while self.times.outstanding and time.monotonic() < ends:  # noqa: ASYNC110 - a bench
            await asyncio.sleep(0.2)
        for task in watching:
            task.cancel()
        await asyncio.gather(*watching, return_exceptions=True)
        await self._http.aclose()
        return self.times

    async def _desk(self, pair: Pair) -> None:
        """Do what the desk's script does."""
        query = {} if self.is_naive else {"queue": "1", "c": pair.conversation_id}
        headers = {"cookie": f"xiaoer_desk={pair.cookie}", "origin": URL}
        async with self._http.stream(
            "GET", "/desk/events", params=query, headers=headers
        ) as stream:
            async for line in stream.aiter_lines():
                event = line.removeprefix("event:").strip() if line.startswith("event") else ""
                if event == "beat":
                    await self._http.post(
                        "/desk/api/heartbeat", json={"is_active": True}, headers=headers
                    )
                if line.startswith("data: {") and pair is self.pairs[-1]:  # the queue itself
                    self.times.to_lists.arrive(line)
                if event in {"wake", "beat"}:
                    await self._fetch_lists(pair, headers)
                if event == "talk" or (event == "wake" and self.is_naive):
                    await self._fetch_talk(pair, headers)

    async def _fetch_lists(self, pair: Pair, headers: dict[str, str]) -> None:
        self.times.fetches += 1
        query = {"open": pair.conversation_id}
        found = await self._http.get("/desk/api/lists", params=query, headers=headers)
        if pair is self.pairs[-1]:
            self.times.to_lists.arrive(found.text)

    async def _fetch_talk(self, pair: Pair, headers: dict[str, str]) -> None:
        self.times.fetches += 1
        after = 0 if self.is_naive else pair.seen_by_agent
        address = f"/desk/api/conversations/{pair.conversation_id}"
        found = await self._http.get(address, params={"after": after}, headers=headers)
        if found.status_code == 200:  # noqa: PLR2004 - the first pair gives its own away
            answer = found.json()
            pair.seen_by_agent = max(answer["last_id"], pair.seen_by_agent)
            self.times.to_agent.arrive(answer["messages"])

    async def _applicant(self, pair: Pair) -> None:
        """Do what the chat page does."""
        headers = {"authorization": f"Bearer {pair.token}"}
        while True:
            query = {"after": pair.seen_by_applicant, "wait": 25}
            found = await self._http.get("/api/chat/messages", params=query, headers=headers)
            page = found.json()
            for message in page["messages"]:
                pair.seen_by_applicant = message["id"]
                if message["author"] == "agent":
                    self.times.to_applicant.arrive(message["text"])

    async def _write(self, pair: Pair) -> None:
        """Let both sides write at random moments."""
        desk = {"cookie": f"xiaoer_desk={pair.cookie}", "origin": URL}
        chat = {"authorization": f"Bearer {pair.token}"}
        while not self._is_over:
            await asyncio.sleep(random.expovariate(2 / EVERY_S))
            if random.random() < 0.5:  # noqa: S311, PLR2004 - a coin
                address = f"/desk/api/conversations/{pair.conversation_id}/reply"
                await self._say(address, desk, self.times.to_applicant)
            else:
                await self._say("/api/chat/messages", chat, self.times.to_agent)

    async def _say(self, address: str, headers: dict[str, str], way: Way) -> None:
        mark = uuid.uuid4().hex
        way.sent[mark] = time.monotonic()
        body = {"text": f"说一句 {mark}", "client_id": mark}
        try:
            answer = await self._http.post(address, json=body, headers=headers)
        except httpx.TransportError:  # taken or not, nobody was told so
            way.sent.pop(mark, None)
            self.times.refused += 1
            return
        if not answer.is_success:
            way.sent.pop(mark, None)
            self.times.refused += 1

    async def _pass_on(self, pair: Pair) -> None:
        """Give a conversation back to the queue and take it again: every list changes."""
        headers = {"cookie": f"xiaoer_desk={pair.cookie}", "origin": URL}
        address = f"/desk/api/conversations/{pair.conversation_id}"
        while not self._is_over:
            self.times.to_lists.sent[pair.conversation_id] = time.monotonic()
            for what, pause_s in (("return", 4), ("claim", 2)):
                with suppress(httpx.TransportError):  # a hub that is too slow shows in the times
                    await self._http.post(f"{address}/{what}", json={}, headers=headers)
                await asyncio.sleep(pause_s)


def measure(
    agents: int, waiting: int, seconds: float, *, is_naive: bool, kind: str = "sqlite"
) -> Times:
    """Run one hub and one crowd."""
    with tempfile.TemporaryDirectory() as folder, new_database(kind, Path(folder)) as url:
        app = open_app(Path(folder), url)
        migrate.upgrade(app.engine)
        with app.unit_of_work() as unit:  # one transaction: a disk under load commits slowly
            pairs = fill(
                replace(
                    app, unit_of_work=lambda: nullcontext(unit), reading=lambda: nullcontext(unit)
                ),
                agents,
                waiting,
            )
        context = multiprocessing.get_context("spawn")
        hub = context.Process(
            target=serve, args=(folder, url, 0.0 if is_naive else 2.0), daemon=True
        )
        hub.start()
        try:
            _await_hub()
            for pair in pairs:
                _touch(app, pair)
            times = asyncio.run(Crowd(pairs, is_naive=is_naive).run(seconds))
            times.lost = sum(not _is_stored(app, mark) for mark in times.outstanding)
            return times
        finally:
            hub.terminate()
            hub.join(10)
            hub.kill()  # one that hangs would answer in place of the next one
            hub.join()


def _is_stored(app: App, mark: str) -> bool:
    with app.engine.connect() as connection:
        found = connection.exec_driver_sql(
            f"SELECT count(*) FROM messages WHERE external_id LIKE '%%{mark}%%'"  # noqa: S608
        ).scalar_one()
    return bool(found)


def _await_hub() -> None:
    for _ in range(600):
        with suppress(httpx.TransportError):
            if httpx.get(f"{URL}/healthz").status_code == 200:  # noqa: PLR2004
                return
        time.sleep(0.1)
    raise RuntimeError("the hub did not start")


def _touch(app: App, pair: Pair) -> None:
    signed_in = accounts.resolve_session(
        app.unit_of_work, token=pair.cookie, now=utc_now(), is_active=True
    )
    accounts.heartbeat(app.unit_of_work, agent_id=signed_in.agent.id, now=utc_now())


def tell(name: str, values: Sequence[float]) -> str:
    """Return one line of the table, in milliseconds."""
    if not values:
        return f"{name:<28} none arrived"
    ordered = sorted(values)
    p50, p95 = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    return (
        f"{name:<28} n={len(ordered):<5} p50 {p50 * 1000:6.0f} ms   p95 {p95 * 1000:6.0f} ms"
        f"   max {ordered[-1] * 1000:6.0f} ms"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agents", type=int, default=50)
    parser.add_argument("--waiting", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=40)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    wanted = parser.parse_args()
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    for name, is_naive in (("as the desk works", False), ("naively", True)):
        found = measure(
            wanted.agents,
            wanted.waiting,
            wanted.seconds,
            is_naive=is_naive,
            kind=wanted.database,
        )
        print(f"--- {name}: {wanted.agents} agents, {wanted.waiting} waiting")
        print(tell("agent to applicant", found.to_applicant.took))
        print(tell("applicant to agent", found.to_agent.took))
        print(tell("change of the queue to a list", found.to_lists.took))
        print(
            f"{'fetches of desks':<28} {found.fetches}; refused: {found.refused}; "
            f"not arrived: {len(found.outstanding)}, of them lost: {found.lost}",
            flush=True,
        )


if __name__ == "__main__":
    main()
