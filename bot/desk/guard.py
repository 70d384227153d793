"""Who may call an address of the desk: session, origin, headers."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import urlsplit

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.desk.access import DURING, NEEDS, check_access
from bot.desk.context import COOKIE, Desk
from bot.desk.errors import BadRequest, ForeignOrigin, error_response
from bot.domain.errors import BotError
from bot.domain.people import Agent, AuditEntry, NotAllowed, SessionExpired, Step, StepNeeded
from bot.domain.permissions import Permission
from bot.services.accounts.accounts import SignedIn, resolve_session

MAX_BODY_BYTES = 64 * 1024

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # not "no-referrer": that turns the Origin of our own forms into "null"
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}

STEP_PAGES = {
    Step.CODE: "/desk/login/code",
    Step.PASSWORD: "/desk/account/password",
    Step.SECOND_FACTOR: "/desk/account/second-factor",
}
"""Where the next step of a login is done."""

WHO = "desk.agent"

Body = TypeVar("Body")
Endpoint = Callable[[Request], Awaitable[Response]]
Fields = Mapping[str, Sequence[str]]
"""What a form of a page sends: name to its values, blanks at the ends taken off."""


class SecurityHeaders:
    """Adds the headers to every answer; pages are never kept by a browser or a proxy."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                if "/static/" not in scope["path"]:
                    headers["cache-control"] = "no-store"
            await send(message)

        await self._app(scope, receive, send_with_headers)


def check_origin(request: Request) -> None:
    """Refuse a write that another site caused, in addition to the SameSite cookie.

    Raises:
        ForeignOrigin: The Origin is missing or is not the host that was called.

    Source: OWASP Cross-Site Request Forgery Prevention (verifying origin with standard headers).
    """
    origin = request.headers.get("origin", "")
    if not origin or urlsplit(origin).netloc != request.headers.get("host"):
        raise ForeignOrigin


async def signed_in(desk: Desk, request: Request, *, is_active: bool) -> SignedIn:
    """Return whose session it is, whatever is left to do; raises `SessionExpired`."""
    token = request.cookies.get(COOKIE, "")
    if not token:
        raise SessionExpired
    return await run_in_threadpool(
        resolve_session,
        desk.unit_of_work,
        reading=desk.reading,
        token=token,
        now=desk.now(),
        is_active=is_active,
        second_factor_roles=desk.second_factor_roles,
    )


async def agent_of(desk: Desk, request: Request, *, is_active: bool) -> Agent:
    """Return who is signed in and may call this address.

    Raises:
        SessionExpired: Nobody is.
        StepNeeded: Something has to be done first: code, new password, second factor.
        NotAllowed: The permission matrix says no; it is in the audit log.
    """
    found = await signed_in(desk, request, is_active=is_active)
    request.scope[WHO] = found.agent
    path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    if found.step is not None and path not in DURING[found.step]:
        raise StepNeeded(found.step)
    try:
        check_access(request, found.agent)
    except NotAllowed:
        entry = AuditEntry(desk.now(), found.agent.id, "access_refused", path, request.method)
        await run_in_threadpool(_note, desk, entry)
        raise
    return found.agent


def page(desk: Desk, serve: Callable[[Desk, Request, Agent], Response]) -> Endpoint:
    """Wrap a page: without a session the browser goes to the login and comes back later."""

    async def endpoint(request: Request) -> Response:
        try:
            agent = await agent_of(desk, request, is_active=True)
        except (SessionExpired, StepNeeded, NotAllowed) as error:
            return turned_away(desk, request, error)
        return await run_in_threadpool(serve, desk, request, agent)

    return endpoint


def form(
    desk: Desk,
    serve: Callable[[Desk, Request, Agent, Fields], Response],
    *,
    is_stripped: bool = True,
) -> Endpoint:
    """Wrap a form of a page: origin, session, fields; afterwards every open desk is woken."""

    async def endpoint(request: Request) -> Response:
        try:
            check_origin(request)
        except ForeignOrigin as error:
            return error_response(error)
        try:
            agent = await agent_of(desk, request, is_active=True)
        except (SessionExpired, StepNeeded, NotAllowed) as error:
            return turned_away(desk, request, error)
        fields = await read_fields(request, is_stripped=is_stripped)
        answer = await run_in_threadpool(serve, desk, request, agent, fields)
        desk.wake(request)
        return answer

    return endpoint


def secret_form(desk: Desk, serve: Callable[[Desk, Request, Agent, Fields], Response]) -> Endpoint:
    """Wrap a form with passwords: like `form`, but blanks at the ends are kept."""
    return form(desk, serve, is_stripped=False)


def file_form(desk: Desk, serve: Callable[[Desk, Request, Agent, bytes], Response]) -> Endpoint:
    """Wrap a form with one small file, in the field "file"."""

    async def endpoint(request: Request) -> Response:
        try:
            check_origin(request)
        except ForeignOrigin as error:
            return error_response(error)
        try:
            agent = await agent_of(desk, request, is_active=True)
        except (SessionExpired, StepNeeded, NotAllowed) as error:
            return turned_away(desk, request, error)
        async with request.form(max_part_size=MAX_BODY_BYTES, max_files=1) as received:
            given = received.get("file")
            content = b"" if given is None or isinstance(given, str) else await given.read()
        answer = await run_in_threadpool(serve, desk, request, agent, content)
        desk.wake(request)
        return answer

    return endpoint


async def read_fields(request: Request, *, is_stripped: bool = True) -> Fields:
    """Read a form without files; `is_stripped` takes off blanks at the ends, not of passwords."""
    async with request.form(max_part_size=MAX_BODY_BYTES, max_files=0) as received:
        fields: dict[str, list[str]] = {}
        for name, value in received.multi_items():
            text = str(value)
            fields.setdefault(name, []).append(text.strip() if is_stripped else text)
    return fields


def one(fields: Fields, name: str) -> str:
    """Return the first value of a field, "" when it was not sent."""
    return (fields.get(name) or [""])[0]


def turned_away(desk: Desk, request: Request, error: BotError) -> Response:
    """Answer a browser that may not see a page: to the login, to the next step, or in words."""
    if isinstance(error, StepNeeded):
        return RedirectResponse(STEP_PAGES[error.step], status_code=303)
    if isinstance(error, SessionExpired):
        return RedirectResponse(login_url(request), status_code=303)
    is_desk = request.scope.get(NEEDS) is Permission.SERVE_APPLICANTS
    template = "no_desk.html" if is_desk else "not_allowed.html"
    html = desk.templates.get_template(template).render(agent=request.scope[WHO])
    return HTMLResponse(html, status_code=403)


def _note(desk: Desk, entry: AuditEntry) -> None:
    with desk.unit_of_work() as unit:
        unit.people.add_audit(entry)


def fetch(desk: Desk, serve: Callable[[Desk, Request, Agent], Response]) -> Endpoint:
    """Wrap a read by the page's script: errors are JSON, and it does not count as activity."""

    async def endpoint(request: Request) -> Response:
        try:
            agent = await agent_of(desk, request, is_active=False)
            return await run_in_threadpool(serve, desk, request, agent)
        except BotError as error:
            return error_response(error)

    return endpoint


def write(
    desk: Desk,
    body_type: type[Body],
    serve: Callable[[Desk, Request, Agent, Body], dict[str, Any]],
    *,
    is_own: bool = False,
) -> Endpoint:
    """Wrap a write: origin, session, body; afterwards every open desk is woken.

    With `is_own` it changes the lists of nobody but the agent, and only that desk is woken.
    """

    async def endpoint(request: Request) -> Response:
        try:
            check_origin(request)
            agent = await agent_of(desk, request, is_active=True)
            body = await read_body(request, body_type)
            answer = await run_in_threadpool(serve, desk, request, agent, body)
        except BotError as error:
            return error_response(error)
        if is_own:
            desk.wake_own(request, agent.id)
        else:
            desk.wake(request)
        return Response(msgspec.json.encode(answer), media_type="application/json")

    return endpoint


async def read_body(request: Request, body_type: type[Body]) -> Body:
    """Read JSON of a known shape; raises `BadRequest`."""
    received = bytearray()
    async for chunk in request.stream():
        received += chunk
        if len(received) > MAX_BODY_BYTES:
            raise BadRequest
    try:
        return msgspec.json.decode(bytes(received) or b"{}", type=body_type)
    except msgspec.DecodeError as error:
        raise BadRequest from error


def login_url(request: Request) -> str:
    """Return the login page that leads back to the conversation that was asked for."""
    conversation_id = request.path_params.get("conversation_id", "")
    return f"/desk/login?c={conversation_id}" if conversation_id else "/desk/login"
