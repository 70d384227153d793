"""Calls the platforms' HTTP interfaces: JSON there and back, one token, errors by number."""

import json
import logging  # noqa: TID251 - only to quiet a library that would write the token into logs
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any, TypeVar

import anyio
import httpx

from bot.channels.tencent.tokens import TokenKeeper
from bot.domain.deliveries import DeliveryError
from bot.domain.errors import BotError
from bot.hub.files import FileAway
from bot.services.ports import Clock, OpenUnitOfWork

TIMEOUT = httpx.Timeout(35.0, connect=5.0)
"""A platform that takes half a minute is slow, not away: giving up would send the line twice."""

LONGEST_CALL_S = 50.0
"""With a renewed token in the middle; less than the outbox's `SEND_TIMEOUT`."""

OLD_TOKEN = frozenset({40001, 40014, 42001})
"""The token is wrong, malformed or too old; worth one try with a new one."""

MAX_FILE_BYTES = 20_000_000
HTTP_ERRORS = 400


Answer = TypeVar("Answer")


class ApiRefused(BotError):
    """The platform answered with an error number."""

    def __init__(self, code: int) -> None:
        super().__init__(f"errcode {code}")
        self.code = code


class TencentApi:
    """One account of a platform.

    Args:
        base_url: Address of the interfaces, without a trailing slash.
        account: Name of its token in the database.
        early: So long before its end a token is renewed.
    """

    def __init__(
        self,
        base_url: str,
        *,
        account: str,
        early: timedelta,
        unit_of_work: OpenUnitOfWork,
        now: Clock,
    ) -> None:
        logging.getLogger("httpx").setLevel(logging.WARNING)  # it logs addresses with their tokens
        self._http = httpx.AsyncClient(base_url=base_url.rstrip("/"), timeout=TIMEOUT)
        self.tokens = TokenKeeper(account, unit_of_work, now, self.fetch_token, early)

    async def fetch_token(self, is_forced: bool) -> tuple[str, int]:
        """Ask for an access token; raises `DeliveryError`."""
        raise NotImplementedError

    async def close(self) -> None:
        """Close its connections."""
        await self._http.aclose()

    async def call(self, path: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Call an interface, by GET without a body.

        Raises:
            ApiRefused: With an error number other than that of an old token.
            DeliveryError: Out of reach, broken, or no token.
        """
        try:
            with anyio.fail_after(LONGEST_CALL_S):
                return _taken(
                    await self._with_token(
                        lambda token: self.ask(path, body, {"access_token": token}),
                        lambda answer: answer.get("errcode"),
                    )
                )
        except TimeoutError:
            raise DeliveryError("time-out", permanent=False) from None

    async def _with_token(
        self, ask: Callable[[str], Awaitable[Answer]], code_of: Callable[[Answer], object]
    ) -> Answer:
        """Ask with the token, and once more with a new one when it was an old one."""
        token = await self.tokens.get()
        answer = await ask(token)
        if code_of(answer) in OLD_TOKEN:
            answer = await ask(await self.tokens.get(stale=token))
        return answer

    async def upload(
        self, path: str, name: str, content: bytes, query: Mapping[str, str]
    ) -> dict[str, Any]:
        """Hand in a file and return the answer; raises `ApiRefused`, `DeliveryError`."""
        try:
            answer = await self._with_token(
                lambda token: self._http.post(
                    path, params={"access_token": token, **query}, files={"media": (name, content)}
                ),
                _code_of,
            )
        except httpx.HTTPError as error:
            raise DeliveryError(type(error).__name__, permanent=False) from None
        read = _taken(_read(answer))
        if "media_id" not in read:
            raise DeliveryError("broken answer", permanent=False)
        return read

    async def ask(
        self, path: str, body: Mapping[str, Any] | None, query: Mapping[str, str]
    ) -> dict[str, Any]:
        """Return what the platform answers, error number or not; raises `DeliveryError`."""
        # as UTF-8 and not escaped: the platforms show the escapes of some interfaces as they are
        content = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        method = "GET" if content is None else "POST"
        headers = {"Content-Type": "application/json"} if content else {}
        try:
            answer = await self._http.request(
                method, path, content=content, params=dict(query), headers=headers
            )
            if answer.status_code >= HTTP_ERRORS:
                raise DeliveryError(f"HTTP {answer.status_code}", permanent=False)
            read = answer.json()
        except httpx.HTTPError as error:
            raise DeliveryError(type(error).__name__, permanent=False) from None
        except ValueError:
            raise DeliveryError("broken answer", permanent=False) from None
        if not isinstance(read, dict):
            raise DeliveryError("broken answer", permanent=False)
        return read

    async def download(self, path: str, media_id: str) -> bytes:
        """Return a file that somebody sent; raises `FileAway`."""
        try:
            answer = await self._with_token(
                lambda token: self._http.get(
                    path, params={"access_token": token, "media_id": media_id}
                ),
                _code_of,
            )
        except (httpx.HTTPError, DeliveryError) as error:
            raise FileAway from error
        is_fine = answer.status_code == httpx.codes.OK and not _is_json(answer)
        if not is_fine or len(answer.content) > MAX_FILE_BYTES:
            raise FileAway
        return answer.content


def token_in(answer: Mapping[str, Any]) -> tuple[str, int]:
    """Return token and life in seconds out of the answer to the question for one.

    Raises:
        DeliveryError: There is none: wrong secret, an address that is not allowed, or busy.
    """
    token, life_s = answer.get("access_token"), answer.get("expires_in")
    if not isinstance(token, str) or not token or not isinstance(life_s, int):
        reason = f"no access token, errcode {answer.get('errcode')}"
        raise DeliveryError(reason, permanent=False, retry_after_s=60)
    return token, life_s


def _taken(answer: dict[str, Any]) -> dict[str, Any]:
    """Return an answer without an error number; raises `ApiRefused`."""
    code = answer.get("errcode", 0)
    if code != 0:
        raise ApiRefused(code if isinstance(code, int) else -1)
    return answer


def _code_of(answer: httpx.Response) -> object:
    """Return the error number that came instead of a file, None for none."""
    return _read(answer).get("errcode") if _is_json(answer) else None


def _is_json(answer: httpx.Response) -> bool:
    kind = str(answer.headers.get("content-type", ""))
    return kind.startswith(("application/json", "text/"))


def _read(answer: httpx.Response) -> dict[str, Any]:
    """Return what is said instead of a file, nothing when it is no JSON."""
    try:
        read = answer.json()
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
