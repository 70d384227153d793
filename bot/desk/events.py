"""Wake-ups for open desks, and the sign of life that comes back from them."""

import asyncio
import math
import random
import time
from collections.abc import AsyncIterator

import msgspec
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.context import Desk
from bot.desk.errors import error_response
from bot.desk.guard import Endpoint, agent_of, check_origin, read_body
from bot.desk.stream_news import News
from bot.domain.errors import BotError
from bot.domain.people import Agent, NotAllowed, SessionExpired, StepNeeded
from bot.hub.wakeups import DESK, Bell, agent_topic, conversation_topic
from bot.services.desk import presence as desk_presence
from bot.services.desk.typing_signs import note_agent_typing

LISTS_EVERY_S = 1.0
"""Shortest time between two wake-ups for the lists; a busy city rings many times a second."""

TALK_EVERY_S = 0.1
"""The same for the conversation on the screen."""

SPREAD_S = 0.4
"""A change of the queue wakes all desks, not at the same moment but over so long."""

BEATS_VARY = 0.2
"""Share by which the time between two beats varies: after a restart all desks begin together."""


class Beat(msgspec.Struct):
    """A sign of life; `is_active` is True when somebody typed or clicked since the last one."""

    is_active: bool = False


def events(desk: Desk) -> Endpoint:
    """Stream wake-ups: "talk", "wake", "queue", "beat" (answer me), "expired".

    "talk" says that the conversation on the screen (`?c=`) has changed, "wake" that the lists have.
    A page that asks for it (`?queue=1`) gets a new queue as "queue" with its content, and "wake"
    only when something of its own has changed; the others get "wake" for both.

    A lost wake-up costs a delay and no message: each beat makes the page fetch again too. The
    page answers a beat by `POST /desk/api/heartbeat`; timers in a background tab are slowed to
    one a minute by browsers, messages of a stream are not.
    """

    async def endpoint(request: Request) -> Response:
        try:
            agent = await agent_of(desk, request, is_active=False)
        except (SessionExpired, StepNeeded, NotAllowed) as error:
            return error_response(error)
        return EventSourceResponse(_stream(desk, request, agent), ping=3600)

    return endpoint


async def _stream(desk: Desk, request: Request, agent: Agent) -> AsyncIterator[ServerSentEvent]:
    topic = conversation_topic(request.query_params.get("c", "")[:60])
    bells, takes_queue = desk.bells(request), request.query_params.get("queue") == "1"
    with (
        bells.listen(DESK) as queue,
        bells.listen(agent_topic(agent.id)) as own,
        bells.listen(topic) as talk,
    ):
        news = await run_in_threadpool(News, desk, agent, takes_queue=takes_queue)
        yield ServerSentEvent(event="beat", data="", retry=2000)
        beat_at, due = next_beat(desk.beat_every_s), Due()
        while True:
            is_talk, is_own, is_queue = await first_of(
                talk, own, queue, timeout_s=min(beat_at, due.at) - time.monotonic()
            )
            if is_queue:
                desk.fragments.spoil()
            due.ring(is_own=is_own, is_queue=is_queue)
            if is_talk:
                yield ServerSentEvent(event="talk", data="")
                await asyncio.sleep(TALK_EVERY_S)
            if time.monotonic() >= due.at:
                for told in await run_in_threadpool(news.after_ring, is_own=due.take()):
                    yield told
            if time.monotonic() < beat_at:
                continue
            beat_at = next_beat(desk.beat_every_s)
            if not await _is_signed_in(desk, request):
                yield ServerSentEvent(event="expired", data="")
                return
            yield ServerSentEvent(event="beat", data="")


async def _is_signed_in(desk: Desk, request: Request) -> bool:
    try:
        await agent_of(desk, request, is_active=False)
    except (SessionExpired, StepNeeded, NotAllowed):
        return False
    return True


class Due:
    """When rings of a page's bells are passed on, at most one in `LISTS_EVERY_S`.

    Attributes:
        at: Moment of the monotonic clock, infinity while nothing has rung.
    """

    def __init__(self) -> None:
        self.at = math.inf
        self._earliest = 0.0
        self._is_own = False

    def ring(self, *, is_own: bool, is_queue: bool) -> None:
        """Note rings; all pages hear a change of the queue, so each takes it a little later."""
        if is_own:
            self._is_own = True
            self.at = min(self.at, self._earliest)
        elif is_queue and self.at == math.inf:
            later = time.monotonic() + random.uniform(0, SPREAD_S)  # noqa: S311 - no secret
            self.at = max(self._earliest, later)

    def take(self) -> bool:
        """Begin anew; tells whether a ring was for the agent alone."""
        self.at, self._earliest = math.inf, time.monotonic() + LISTS_EVERY_S
        was_own, self._is_own = self._is_own, False
        return was_own


def next_beat(every_s: float) -> float:
    """Return when the next sign of life is asked for, by the monotonic clock in seconds."""
    vary = random.uniform(1 - BEATS_VARY, 1 + BEATS_VARY)  # noqa: S311 - no secret
    return time.monotonic() + every_s * vary


async def first_of(*bells: Bell, timeout_s: float) -> tuple[bool, ...]:
    """Wait until a bell rings; tells of each whether it did, none after `timeout_s` seconds."""
    waits = [asyncio.ensure_future(bell.wait(max(timeout_s, 0))) for bell in bells]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        rung = tuple(one.done() and one.result() for one in waits)
    finally:
        for one in waits:
            one.cancel()
        # a bell that rings while its wait is cancelled stays rung for the next one
        await asyncio.gather(*waits, return_exceptions=True)
    return rung


def typing(desk: Desk) -> Endpoint:
    """Note that the agent types; wakes the applicant's page and no desk."""

    async def endpoint(request: Request) -> Response:
        conversation_id = request.path_params["conversation_id"]
        try:
            check_origin(request)
            agent = await agent_of(desk, request, is_active=True)
            await run_in_threadpool(
                note_agent_typing,
                desk.unit_of_work,
                conversation_id=conversation_id,
                agent_id=agent.id,
                now=desk.now(),
            )
        except BotError as error:
            return error_response(error)
        desk.bells(request).ring(conversation_topic(conversation_id))
        return Response(status_code=204)

    return endpoint


def beat(desk: Desk) -> Endpoint:
    """Take the answer to a beat; unlike other writes it wakes nobody."""

    async def endpoint(request: Request) -> Response:
        try:
            check_origin(request)
            body = await read_body(request, Beat)
            agent = await agent_of(desk, request, is_active=body.is_active)
        except BotError as error:
            return error_response(error)
        changed = await run_in_threadpool(
            desk_presence.beat,
            desk.unit_of_work,
            agent_id=agent.id,
            is_active=body.is_active,
            now=desk.now(),
        )
        if changed is not None:
            desk.bells(request).ring(DESK)
        return Response(status_code=204)

    return endpoint
