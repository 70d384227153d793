"""How fast an agent at one hub and an applicant at another see each other."""

import threading
import time
import uuid
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from functools import partial

import httpx

from bot.bootstrap import utc_now
from bot.data_keys import data_keys
from bot.domain.conversations import Inbound, Owner, TurnOutcome
from bot.domain.people import Role
from bot.services.accounts import accounts
from bot.services.conversations import conversations, turns
from bot.services.desk import handover
from bot.services.ports import OpenUnitOfWork
from bot.store.desk_texts import load_desk_texts
from bot.store.engine import open_engine
from bot.store.unit_of_work import unit_of_work_factory
from tests.faults.breakage import eventually
from tests.scale.topology import Machines

LATE_S = 30.0


@dataclass
class Seen:
    """Seconds from the sending of a line until the other side has it."""

    by_applicant: list[float] = field(default_factory=list)
    by_agent: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Held:
    """A conversation that an agent holds."""

    id: str
    applicant: httpx.Client
    agent: httpx.Client


def measure_across(machines: Machines, lines: int) -> Seen:
    """Let an agent at the first hub and an applicant at the last one write to each other."""
    settings = machines.settings
    engine = open_engine(settings.database_url, data_keys(settings.data_keys, settings.state_dir))
    try:
        store = unit_of_work_factory(engine)
        desk, page = machines.hubs["hub-0"], list(machines.hubs.values())[-1]
        held = _hold(machines, store, desk, page)
    finally:
        engine.dispose()
    seen = Seen()
    with held.applicant, held.agent:
        for _ in range(lines):
            seen.by_applicant.append(_to_applicant(held))
        seen.by_agent += _to_agent(held, lines)
    return seen


def _hold(machines: Machines, store: OpenUnitOfWork, desk: str, page: str) -> Held:
    login, password, now = f"a{uuid.uuid4().hex[:8]}", uuid.uuid4().hex, utc_now()
    passwords = accounts.Passwords()
    accounts.add_agent(
        store,
        login=login,
        name="韩梅梅",
        role=Role.AGENT,
        password=password,
        now=now,
        passwords=passwords,
    )
    opened = accounts.authenticate(
        store, login=login, password=password, now=now, passwords=passwords
    )
    talk = conversations.open_web_conversation(store, now=now)
    inbound = Inbound("web", talk.conversation_id, uuid.uuid4().hex, "找人工")
    # taken by this program before a hub sees it: who owns a conversation is not what is measured
    with store() as unit:
        within = partial(nullcontext, unit)
        conversations.accept(within, inbound=inbound, now=now)
        turn = turns.claim_turn(within, now=now)
        assert turn is not None
        turns.complete_turn(
            within,
            turn=turn,
            outcome=TurnOutcome(owner=Owner.WAITING, handoff_reason="asked"),
            now=now,
        )
    handover.claim(
        store,
        conversation_id=talk.conversation_id,
        agent_id=opened.agent.id,
        now=utc_now(),
        texts=load_desk_texts(machines.settings.data_dir),
    )
    headers = {"cookie": f"xiaoer_desk={opened.token}", "origin": desk}
    return Held(
        talk.conversation_id,
        httpx.Client(base_url=page, headers={"authorization": f"Bearer {talk.token}"}, timeout=60),
        httpx.Client(base_url=desk, headers=headers, timeout=60),
    )


def _to_applicant(held: Held) -> float:
    """Write at the desk while a long poll waits at the other hub."""
    query = {"after": 0, "wait": 0}
    known = held.applicant.get("/api/chat/messages", params=query).json()["messages"]
    mark, arrived = uuid.uuid4().hex, threading.Event()
    at: list[float] = []

    def listen() -> None:
        after = known[-1]["id"] if known else 0
        deadline = time.monotonic() + LATE_S
        while time.monotonic() < deadline:
            query = {"after": after, "wait": 25}
            page = held.applicant.get("/api/chat/messages", params=query).json()
            if any(mark in message["text"] for message in page["messages"]):
                at.append(time.monotonic())
                break
        arrived.set()

    waiter = threading.Thread(target=listen)
    waiter.start()
    time.sleep(0.3)  # the poll must be under way: that is what is measured
    sent = time.monotonic()
    address = f"/desk/api/conversations/{held.id}/reply"
    answer = held.agent.post(address, json={"text": f"您好 {mark}", "client_id": mark})
    assert answer.is_success, answer.text
    arrived.wait(LATE_S * 2)
    waiter.join()
    assert at, "the applicant never saw the agent's line"
    return at[0] - sent


def _to_agent(held: Held, lines: int) -> list[float]:
    """Write at the page while an event stream is open at the other hub."""
    events: list[float] = []
    stop = threading.Event()

    def listen() -> None:
        query = {"c": held.id}
        # the client closes the stream under its reader at the end
        with (
            suppress(httpx.TransportError),
            held.agent.stream("GET", "/desk/events", params=query) as stream,
        ):
            for line in stream.iter_lines():
                if line.startswith("event") and "talk" in line:
                    events.append(time.monotonic())
                if stop.is_set():
                    return

    watcher = threading.Thread(target=listen, daemon=True)
    watcher.start()
    time.sleep(1.5)
    taken = []
    for _ in range(lines):
        before, mark = len(events), uuid.uuid4().hex
        sent = time.monotonic()
        body = {"client_id": mark, "text": f"在吗 {mark}"}
        assert held.applicant.post("/api/chat/messages", json=body).is_success
        eventually(lambda before=before: len(events) > before, "an event at the desk")  # type: ignore[misc]
        taken.append(events[before] - sent)
        time.sleep(0.7)  # 20 messages in 10 s are allowed
    stop.set()
    return taken
