"""The routes of the web chat, as `docs/api.md` describes them."""

from collections.abc import AsyncIterator
from urllib.parse import quote

import anyio
import msgspec
from sse_starlette.sse import EventSourceResponse
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.bootstrap import App
from bot.channels.web.attachments import PATH as FILES_PATH
from bot.channels.web.attachments import WebFiles
from bot.channels.web.bodies import parse_open, parse_send, parse_signs, render_page
from bot.channels.web.errors import ApiError
from bot.channels.web.known import KnownTokens
from bot.domain.conversations import (
    MAX_TEXT_LENGTH,
    Conversation,
    EmptyMessage,
    OpenedConversation,
    TextTooLong,
    TooManyMessages,
    UnknownConversation,
)
from bot.domain.payloads import BadPayload
from bot.hub.hub import Hub
from bot.hub.wakeups import DESK, conversation_topic
from bot.services.conversations.conversations import authenticate, hash_token, open_web_conversation
from bot.services.desk.typing_signs import note_applicant

COOKIE = "xiaoer_chat"
EVENTS_PATH = "/api/chat/events"
COOKIE_LIFETIME_S = 12 * 3600
MAX_WAIT_S = 30.0
MAX_ID = 2**31 - 1
PING_S = 15
NO_STORE = {"Cache-Control": "no-store"}


class WebChat:
    """Handlers of the web chat."""

    def __init__(self, app: App, hub: Hub) -> None:
        self._app = app
        self._hub = hub
        self._files = WebFiles(app)
        self._known = KnownTokens()

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/api/chat/conversations", self.open, methods=["POST"]),
            Route("/api/chat/messages", self.send, methods=["POST"]),
            Route("/api/chat/messages", self.read, methods=["GET"]),
            Route(EVENTS_PATH, self.events, methods=["GET"]),
            Route("/api/chat/signs", self.signs, methods=["POST"]),
            Route(FILES_PATH, self.take_file, methods=["POST"]),
            Route(f"{FILES_PATH}/{{file:int}}", self.give_file, methods=["GET"]),
        ]

    async def open(self, request: Request) -> Response:
        """Open a conversation."""
        channel = parse_open(await request.body())

        def store() -> OpenedConversation:
            return open_web_conversation(
                self._app.unit_of_work, now=self._app.now(), channel=channel
            )

        opened = await anyio.to_thread.run_sync(store)
        response = _json(
            {"conversation_id": opened.conversation_id, "token": opened.token}, status=201
        )
        # an EventSource of a browser cannot send headers; no other path ever sees this cookie
        response.set_cookie(
            COOKIE,
            opened.token,
            max_age=COOKIE_LIFETIME_S,
            path=EVENTS_PATH,
            httponly=True,
            samesite="strict",
            secure=self._app.settings.secure_cookies,
        )
        return response

    async def send(self, request: Request) -> Response:
        """Take in a message; answered only once it is stored."""
        token_hash = await self._known_hash(_bearer(request))
        raw = await request.body()
        try:
            accepted = await self._hub.inbox.receive_by_token(
                token_hash, lambda conversation: parse_send(raw, conversation)
            )
        except UnknownConversation as error:
            raise ApiError(401, "unauthorized") from error
        except EmptyMessage as error:
            raise ApiError(422, "empty_message") from error
        except TextTooLong as error:
            raise ApiError(
                422, "text_too_long", length=error.length, limit=MAX_TEXT_LENGTH
            ) from error
        except BadPayload as error:
            raise ApiError(422, "bad_payload") from error
        except TooManyMessages as error:
            raise ApiError(429, "too_many_messages") from error
        return _json({"message_id": accepted.message_id}, status=202)

    async def read(self, request: Request) -> Response:
        """Return what comes after a line, waiting for it if asked to."""
        token_hash = await self._known_hash(_bearer(request))
        after = int(_number(request.query_params.get("after", "0")))
        wait_s = min(_number(request.query_params.get("wait", "0")), MAX_WAIT_S)
        transcripts, opened = self._hub.transcripts, self._known.get(token_hash) or ""
        try:
            page = await transcripts.wait(opened, after=after, wait_s=wait_s, token_hash=token_hash)
        except UnknownConversation:
            # everything was deleted, maybe while this waited: the secret opens an empty one now
            opened = (await self._authenticate(_bearer(request))).id
            page = await transcripts.wait(opened, after=after, wait_s=0)
        body = render_page(page, opened)
        return Response(body, media_type="application/json", headers=NO_STORE)

    async def take_file(self, request: Request) -> Response:
        """Take in a photo or a file; answered only once it is stored."""
        conversation = await self._authenticate(_bearer(request))
        told = self._hub.texts.lines["file_kept"]
        accepted = await self._files.take(request, conversation, told)
        self._hub.wakeups.ring(DESK, conversation_topic(conversation.id))
        return _json({"message_id": accepted.message_id}, status=202)

    async def give_file(self, request: Request) -> Response:
        """Return a file that was handed in in this conversation."""
        conversation = await self._authenticate(_bearer(request))
        file = await self._files.read_own(request.path_params["file"], conversation)
        name = f"filename*=UTF-8''{quote(file.name)}"
        headers = {"Content-Disposition": f"attachment; {name}", **NO_STORE}
        return Response(file.content, media_type=file.media_type, headers=headers)

    async def signs(self, request: Request) -> Response:
        """Take in that somebody types or has read; the agent's desk is woken while one serves."""
        conversation = await self._authenticate(_bearer(request))
        signs = parse_signs(await request.body())

        def store() -> bool:
            return note_applicant(
                self._app.unit_of_work,
                conversation_id=conversation.id,
                is_typing=signs.typing,
                read_id=signs.read_id,
                now=self._app.now(),
            )

        if await anyio.to_thread.run_sync(store):
            self._hub.wakeups.ring(conversation_topic(conversation.id))
        return Response(status_code=204)

    async def events(self, request: Request) -> Response:
        """Stream what comes after a line."""
        token = _bearer(request) or request.cookies.get(COOKIE, "")
        conversation = await self._authenticate(token)
        seen = request.headers.get("last-event-id") or request.query_params.get("after", "0")
        stream = self._events(conversation.id, after=int(_number(seen)))
        return EventSourceResponse(stream, ping=PING_S, headers=NO_STORE)

    async def _events(self, conversation_id: str, *, after: int) -> AsyncIterator[dict[str, str]]:
        last = after
        async for page in self._hub.transcripts.stream(conversation_id, after=after):
            last = page.messages[-1].id if page.messages else last
            yield {"id": str(last), "data": render_page(page, conversation_id).decode()}

    async def _known_hash(self, token: str) -> str:
        """Return the hash of a token that has opened a conversation; looks only the first time."""
        token_hash = hash_token(token)
        if self._known.get(token_hash) is None:
            await self._authenticate(token)
        return token_hash

    async def _authenticate(self, token: str) -> Conversation:
        def load() -> Conversation:
            return authenticate(self._app.reading, token=token)

        try:
            found = await anyio.to_thread.run_sync(load)
        except UnknownConversation as error:
            raise ApiError(401, "unauthorized") from error
        self._known.put(hash_token(token), found.id)
        return found


def _bearer(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _number(raw: str) -> float:
    try:
        number = float(raw)
    except ValueError as error:
        raise ApiError(422, "bad_request") from error
    if not 0 <= number <= MAX_ID:  # also refuses NaN
        raise ApiError(422, "bad_request")
    return number


def _json(content: object, *, status: int) -> Response:
    return Response(
        msgspec.json.encode(content),
        status_code=status,
        media_type="application/json",
        headers=NO_STORE,
    )
