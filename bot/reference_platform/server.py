"""The reference platform's web application: the contract, an operator's page, faults on demand."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timezone
from typing import Any

import anyio
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.platform.signing import (
    ALGORITHM,
    KEY,
    BadSignature,
    Keyring,
    check_request,
    sign_answer,
)
from bot.reference_platform.bodies import Refused, json_answer, read_object, read_text
from bot.reference_platform.faults import Faults
from bot.reference_platform.operator import Operator
from bot.reference_platform.pusher import Pusher, run_pushes
from bot.reference_platform.reference import Reference
from bot.reference_platform.rows import NoSuchCase
from bot.reference_platform.store import AlreadyUrged

NONCE_LIFE_S = 900.0
MOST_IN_A_PAGE = 50

Answer = tuple[int, object]


def create_platform(reference: Reference) -> Starlette:
    """Put the web application together; it pushes changes within its lifespan."""

    @asynccontextmanager
    async def lifespan(_web: Starlette) -> AsyncIterator[None]:
        pusher = Pusher(
            reference.store,
            reference.keys,
            reference.push_to,
            lambda: reference.now().timestamp(),
            reference.faults or Faults(),
        )
        pushing = asyncio.create_task(run_pushes(pusher))
        try:
            yield
        finally:
            pushing.cancel()
            await asyncio.gather(pushing, return_exceptions=True)

    contract, operator = Contract(reference), Operator(reference)
    routes = [
        Route("/v1/cases/lookup", contract.signed(contract.look_up), methods=["POST"]),
        Route("/v1/cases/{number}", contract.signed(contract.read), methods=["GET"]),
        Route("/v1/cases/{number}/urges", contract.signed(contract.urge), methods=["POST"]),
        Route("/v1/applicants/cases", contract.signed(contract.of_applicant), methods=["POST"]),
        Route("/v1/changes", contract.signed(contract.changes), methods=["GET"]),
        Route("/v1/health", contract.signed(contract.health), methods=["GET"]),
        Route("/", operator.show, methods=["GET"]),
        Route("/operator/move", operator.move, methods=["POST"]),
    ]
    if reference.faults is not None:
        routes.append(Route("/operator/faults", operator.set_fault, methods=["POST"]))
    return Starlette(routes=routes, lifespan=lifespan)


class Contract:
    """The signed part, as `docs/approval-platform.openapi.yml` describes it."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._store = reference.store
        self._faults = reference.faults or Faults()

    def signed(
        self, handle: Callable[[Request, bytes], Answer]
    ) -> Callable[[Request], Awaitable[Response]]:
        """Return a handler that takes signed requests only and signs its answers."""

        async def serve(request: Request) -> Response:
            body = await request.body()
            try:
                nonce = await anyio.to_thread.run_sync(self._check, request, body)
            except Refused as refused:
                return json_answer(refused.status, {"code": refused.code})
            try:
                status, content = await anyio.to_thread.run_sync(handle, request, body)
            except Refused as refused:
                status, content = refused.status, {"code": refused.code}
            answer = self._sign(request, nonce, status, content)
            return await self._faults.spoil(answer)

        return serve

    def look_up(self, _request: Request, body: bytes) -> Answer:
        """One case by number and proof."""
        wanted = read_object(body)
        try:
            return 200, self._store.look_up(read_text(wanted, "number"), read_text(wanted, "proof"))
        except NoSuchCase:
            raise Refused(404, "unknown") from None

    def read(self, request: Request, _body: bytes) -> Answer:
        """One case by its grant."""
        return 200, self._granted(request)

    def urge(self, request: Request, _body: bytes) -> Answer:
        """Hurry a case."""
        case = self._granted(request)
        if case["entries"][-1].get("state") in {"办结", "不予许可", "退件", "撤回"}:
            raise Refused(409, "closed")
        key = request.headers.get("Idempotency-Key", "")
        try:
            self._store.urge(case["number"], key, self._reference.now())
        except AlreadyUrged:
            raise Refused(409, "urged_already") from None
        return 200, {"accepted": True}

    def of_applicant(self, _request: Request, body: bytes) -> Answer:
        """One applicant's cases, by pages."""
        wanted = read_object(body)
        try:
            cases = self._store.of_applicant(read_text(wanted, "phone"), read_text(wanted, "code"))
        except NoSuchCase:
            raise Refused(404, "unknown") from None
        page, limit = str(wanted.get("page") or "0"), wanted.get("limit", MOST_IN_A_PAGE)
        if not page.isdecimal() or not isinstance(limit, int) or limit < 1:
            raise Refused(422, "page")
        limit = min(limit, MOST_IN_A_PAGE)
        begin, end = int(page), int(page) + limit
        following = str(end) if end < len(cases) else None
        return 200, {"cases": cases[begin:end], "next_page": following}

    def changes(self, request: Request, _body: bytes) -> Answer:
        """What has changed since a cursor."""
        given = request.query_params.get("cursor")
        if given is not None and not given.isdecimal():
            raise Refused(410, "cursor")
        changes, cursor, has_more = self._store.changes(int(given) if given else None)
        return 200, {"changes": changes, "cursor": str(cursor), "has_more": has_more}

    def health(self, _request: Request, _body: bytes) -> Answer:
        """Alive, and with the right key."""
        return 200, {"healthy": True}

    def _granted(self, request: Request) -> dict[str, Any]:
        try:
            case = self._store.case(request.path_params["number"])
        except NoSuchCase:
            raise Refused(404, "unknown") from None
        if request.headers.get("X-Platform-Grant") != case["grant"]:
            raise Refused(403, "grant")
        return case

    def _check(self, request: Request, body: bytes) -> str:
        now = self._reference.now().timestamp()
        query = request.url.query
        target = request.url.path + (f"?{query}" if query else "")
        try:
            nonce = check_request(
                self._reference.keys,
                request.method,
                target,
                headers=request.headers,
                body=body,
                now=now,
            )
        except BadSignature as error:
            raise Refused(401, error.code) from None
        if not self._store.use_nonce(nonce, now, now + NONCE_LIFE_S):
            raise Refused(409, "replayed")
        return nonce

    def _sign(self, request: Request, nonce: str, status: int, content: object) -> Response:
        body = self._faults.spoil_content(content)
        keys = Keyring(self._reference.keys.secrets, request.headers[ALGORITHM])
        headers = sign_answer(
            keys,
            request.headers[KEY],
            nonce,
            status=status,
            body=body,
            now=self._reference.now().timestamp(),
        )
        return Response(body, status_code=status, headers=headers, media_type="application/json")


def serve(reference: Reference, port: int) -> None:
    """Serve on loopback until Ctrl-C."""
    uvicorn.run(
        create_platform(reference),
        host="127.0.0.1",
        port=port,
        ws="wsproto",
        log_level="warning",
        timeout_graceful_shutdown=1,
    )


def utc_now() -> datetime:
    """Return the real time."""
    return datetime.now(timezone.utc)  # noqa: TID251 - a process of its own with its own clock
