"""Wake-ups: "look again", without content, so that a lost one costs a delay and not a message.

Whoever commits rings a topic; whoever waits on it reads the database. Every waiter also looks by
itself now and then, because a ring may get lost between hubs.
"""

import asyncio
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from bot.domain.conversations import Owner

WORK = "work"
"""A message waits for its turn."""

OUTBOX = "outbox"
"""A line waits to be sent to a messaging platform."""

DESK = "desk"
"""The queue has changed, or what all who work at the desk see."""

PLATFORM = "platform"
"""A copy of the platform's cases lacks an entry, or somebody waits for its answer."""

NEWS = "case_news"
"""A case has moved, and somebody may follow it."""


def agent_topic(agent_id: int) -> str:
    """Return the topic of what one agent holds: nobody else's lists change by it."""
    return f"agent:{agent_id}"


def desk_topics(owner: Owner, agent_id: int | None) -> tuple[str, ...]:
    """Return whose desks a new line of a conversation concerns; none while the bot serves it."""
    if agent_id is not None:
        return (agent_topic(agent_id),)
    return (DESK,) if owner is Owner.WAITING else ()


def conversation_topic(conversation_id: str) -> str:
    """Return the topic of one conversation's transcript, owner and busy state."""
    return f"conversation:{conversation_id}"


class Bell:
    """One waiter's bell; belongs to the event loop that made it."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._thread = threading.get_ident()
        self._is_rung = False
        self._waiting: asyncio.Future[None] | None = None

    def ring(self) -> None:
        """Wake the waiter; callable from any thread."""
        if threading.get_ident() == self._thread:  # most rings: no way round by a pipe
            self._ring()
        elif not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ring)

    def _ring(self) -> None:
        self._is_rung = True
        self._wake()

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    async def wait(self, timeout_s: float) -> bool:
        """Return True when rung since the last wait, False after `timeout_s` seconds."""
        # not asyncio.wait_for: on Python 3.10 it may swallow a cancellation, and a worker that
        # should stop would go on for ever; an event of asyncio would need a task to wait beside
        # the time, which is four turns of the loop between the ring and who was woken
        if not self._is_rung:
            self._waiting = self._loop.create_future()
            alarm = self._loop.call_later(timeout_s, self._wake)
            try:
                await self._waiting
            finally:
                alarm.cancel()
                self._waiting = None
        is_rung, self._is_rung = self._is_rung, False
        return is_rung


class Wakeups(Protocol):
    """Rings bells in this process, and in the others when there are several."""

    def ring(self, *topics: str) -> None:
        """Wake all who listen to these topics; callable from any thread, never blocks."""

    def listen(self, topic: str) -> AbstractContextManager[Bell]:
        """Give a bell for the length of a `with` block; enter it before reading."""

    async def run(self) -> None:
        """Carry rings between processes until cancelled."""


class LocalWakeups:
    """Wake-ups within this process, enough for one hub."""

    def __init__(self) -> None:
        self._bells: defaultdict[str, set[Bell]] = defaultdict(set)
        self._lock = threading.Lock()

    def ring(self, *topics: str) -> None:
        """Wake all who listen to these topics; callable from any thread, never blocks."""
        with self._lock:
            bells = [bell for topic in topics for bell in self._bells.get(topic, ())]
        for bell in bells:
            bell.ring()

    @contextmanager
    def listen(self, topic: str) -> Iterator[Bell]:
        """Give a bell for the length of a `with` block; enter it before reading."""
        bell = Bell()
        with self._lock:
            self._bells[topic].add(bell)
        try:
            yield bell
        finally:
            with self._lock:
                self._bells[topic].discard(bell)
                if not self._bells[topic]:
                    del self._bells[topic]

    async def run(self) -> None:
        """Do nothing: there is no other process."""
        await asyncio.Event().wait()
