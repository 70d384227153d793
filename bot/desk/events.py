"""Wake-ups for open desks, and the sign of life that comes back from them."""

import asyncio
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
from bot.domain.errors import BotError
from bot.domain.people import NotAllowed, SessionExpired, StepNeeded
from bot.hub.wakeups import DESK
from bot.services.accounts import heartbeat

PAUSE_S = 0.3
"""Shortest time between two wake-ups of one desk; a busy city rings many times a second."""


class Beat(msgspec.Struct):
    """A sign of life; `is_active` is True when somebody typed or clicked since the last one."""

    is_active: bool = False


def events(desk: Desk) -> Endpoint:
    """Stream wake-ups without content: "wake" (fetch again), "beat" (answer me), "expired".

    A lost wake-up costs a delay and no message: each beat makes the page fetch again too. The
    page answers a beat by `POST /desk/api/heartbeat`; timers in a background tab are slowed to
    one a minute by browsers, messages of a stream are not.
    """

    async def endpoint(request: Request) -> Response:
        try:
            await agent_of(desk, request, is_active=False)
        except (SessionExpired, StepNeeded, NotAllowed) as error:
            return error_response(error)
        return EventSourceResponse(_stream(desk, request), ping=3600)

    return endpoint


async def _stream(desk: Desk, request: Request) -> AsyncIterator[ServerSentEvent]:
    with desk.bells(request).listen(DESK) as bell:
        yield ServerSentEvent(event="beat", data="", retry=2000)
        beat_at = time.monotonic() + desk.beat_every_s
        while True:
            if await bell.wait(max(beat_at - time.monotonic(), 0)):
                yield ServerSentEvent(event="wake", data="")
                await asyncio.sleep(PAUSE_S)
            if time.monotonic() < beat_at:
                continue
            beat_at = time.monotonic() + desk.beat_every_s
            try:
                await agent_of(desk, request, is_active=False)
            except (SessionExpired, StepNeeded, NotAllowed):
                yield ServerSentEvent(event="expired", data="")
                return
            yield ServerSentEvent(event="beat", data="")


def beat(desk: Desk) -> Endpoint:
    """Take the answer to a beat; unlike other writes it wakes nobody."""

    async def endpoint(request: Request) -> Response:
        try:
            check_origin(request)
            body = await read_body(request, Beat)
            agent = await agent_of(desk, request, is_active=body.is_active)
        except BotError as error:
            return error_response(error)
        await run_in_threadpool(heartbeat, desk.unit_of_work, agent_id=agent.id, now=desk.now())
        return Response(status_code=204)

    return endpoint
