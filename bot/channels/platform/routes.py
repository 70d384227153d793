"""The webhook of the approval platform: signed, fresh, taken once; see its contract."""

import anyio
import msgspec
import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.web.errors import ApiError
from bot.hub.wakeups import DESK, NEWS, PLATFORM, Wakeups
from bot.platform.signing import BadSignature, Keyring, check_request
from bot.platform.wire import BadWire, read_event
from bot.services.platform.feed import Feed, take_push
from bot.services.platform.mirror import Taken

EVENTS = "/api/platform/events"
ERRORS = {"signature": "platform_signature", "clock": "platform_clock"}

log = structlog.get_logger()


def platform_routes(feed: Feed | None, keys: Keyring | None, wakeups: Wakeups) -> list[Route]:
    """Return the routes; none where there is no platform."""
    if feed is None or keys is None:
        return []
    return [Route(EVENTS, Webhook(feed, keys, wakeups).take, methods=["POST"])]


class Webhook:
    """Takes pushed changes."""

    def __init__(self, feed: Feed, keys: Keyring, wakeups: Wakeups) -> None:
        self._feed = feed
        self._keys = keys
        self._wakeups = wakeups

    async def take(self, request: Request) -> Response:
        """Answer 200 once the change is stored, known already, or fetched soon.

        A change that cannot be read is refused for good (422): the platform need not send it again,
        as whoever polls finds it.
        """
        body = await request.body()
        nonce = self._check(request, body)
        try:
            event = read_event(body)
        except BadWire as error:
            log.warning("platform_push_unreadable", detail=str(error))
            raise ApiError(422, "bad_request") from error
        taken = await anyio.to_thread.run_sync(take_push, self._feed, event, nonce)
        if taken is None:
            raise ApiError(409, "platform_replayed")
        if taken is Taken.APPLIED:
            self._wakeups.ring(NEWS, DESK)
        if taken is Taken.GAP:
            self._wakeups.ring(PLATFORM)
        content = msgspec.json.encode({"result": taken.value})
        return Response(content, media_type="application/json")

    def _check(self, request: Request, body: bytes) -> str:
        query = request.url.query
        target = request.url.path + (f"?{query}" if query else "")
        now = self._feed.now().timestamp()
        try:
            return check_request(
                self._keys, "POST", target, headers=request.headers, body=body, now=now
            )
        except BadSignature as error:
            log.warning("platform_push_refused", code=error.code)
            raise ApiError(401, ERRORS[error.code]) from error
