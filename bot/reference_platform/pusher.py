"""Pushes changes to the hub: those of one case in order, each until it is taken or refused."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass

import anyio
import httpx
import structlog

from bot.platform.signing import Keyring, sign_request
from bot.reference_platform.faults import Faults
from bot.reference_platform.store import Push, ReferenceStore

PATH = "/api/platform/events"
LOOK_EVERY_S = 0.2
"""Another process may have moved a case; the file does not ring."""

LONGEST_WAIT_S = 60.0
GIVE_UP_AFTER = 20
AGAIN = frozenset({408, 409, 425, 429})
"""Refusals that another signature or a little patience may turn."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Pusher:
    """What is pushed, to whom, signed with what; `clock` tells Unix time in seconds."""

    store: ReferenceStore
    keys: Keyring
    push_to: str
    clock: Callable[[], float]
    faults: Faults


async def run_pushes(pusher: Pusher) -> None:
    """Push until cancelled; nothing is pushed without an address."""
    if not pusher.push_to:
        return
    async with httpx.AsyncClient(base_url=pusher.push_to, timeout=10, trust_env=False) as http:
        while True:
            try:
                due = await anyio.to_thread.run_sync(pusher.store.due_pushes, pusher.clock())
                for push in due:
                    await _push(http, pusher, push)
            except Exception:  # whatever it was, the change is still there at the next look
                log.exception("reference_push_failed")
            await asyncio.sleep(LOOK_EVERY_S)


async def _push(http: httpx.AsyncClient, pusher: Pusher, push: Push) -> None:
    if pusher.faults.take("no_push"):
        await anyio.to_thread.run_sync(pusher.store.pushed, push, None)
        return
    newest = await anyio.to_thread.run_sync(pusher.store.newest_event, push.number)
    if newest != push.event and pusher.faults.take("push_reversed"):
        await send_event(http, pusher.keys, newest, pusher.clock())
    status = await send_event(http, pusher.keys, push.event, pusher.clock())
    if pusher.faults.take("push_twice"):
        await send_event(http, pusher.keys, push.event, pusher.clock())
    is_done = status is not None and status < 500 and status not in AGAIN  # noqa: PLR2004
    is_over = is_done or push.tries >= GIVE_UP_AFTER
    wait_s = min(2.0**push.tries * LOOK_EVERY_S, LONGEST_WAIT_S)
    if is_done and status != httpx.codes.OK:
        log.warning("reference_push_refused", number=push.number, status=status)
    next_at = None if is_over else pusher.clock() + wait_s
    await anyio.to_thread.run_sync(pusher.store.pushed, push, next_at)


async def send_event(
    http: httpx.AsyncClient, keys: Keyring, event: object, now: float
) -> int | None:
    """Send one event, signed anew; returns the status, None when nobody answered."""
    body = json.dumps(event, ensure_ascii=False).encode()
    headers = {
        "Content-Type": "application/json",
        **sign_request(keys, "POST", PATH, body, now=now),
    }
    try:
        answer = await http.post(PATH, content=body, headers=headers)
    except httpx.HTTPError:
        return None
    return answer.status_code
