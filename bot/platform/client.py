"""The client of the approval platform: signed, bounded, tried again only where that is safe."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode, urlsplit

import msgspec
import structlog
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception,
    stop_after_attempt,
    wait_random_exponential,
)

from bot.domain.errors import BotError
from bot.platform import wire
from bot.platform.breaker import Breaker
from bot.platform.fetch import Answer, fetch, open_session
from bot.platform.signing import BadSignature, Keyring, check_answer, sign_request
from bot.platform.wire import BadWire
from bot.services.platform.errors import (
    CursorGone,
    GrantRefused,
    PlatformRefusedUrge,
    PlatformTrouble,
    Trouble,
    UnknownToPlatform,
)
from bot.services.platform.ports import PlatformCase, PlatformChanges

TRIES = 3
FIRST_WAIT_S = 0.2
LONGEST_WAIT_S = 1.0
LEAST_LEFT_S = 0.4
"""With less time another try is not worth while."""

THREADS = 8
"""Calls at once in one process; those above wait for a thread, and count the wait as slowness."""

MOST_PAGES = 20
PAGE = 50
GRANT = "X-Platform-Grant"
IDEMPOTENCY = "Idempotency-Key"

OK, FORBIDDEN, NOT_FOUND, CONFLICT, GONE = 200, 403, 404, 409, 410

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

Result = TypeVar("Result")
log = structlog.get_logger()


class BadPlatformAddress(BotError):
    """The setting of the address cannot be used."""


@dataclass(frozen=True)
class Call:
    """One request before it is signed.

    Attributes:
        is_safe: Asking twice is the same as asking once, so it may be tried again.
    """

    method: str
    path: str
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    is_safe: bool = True


class HttpPlatform:
    """Speaks `docs/approval-platform.md`; one for a process, usable from all its threads."""

    def __init__(
        self,
        url: str,
        keys: Keyring,
        *,
        ca_file: str = "",
        clock: Callable[[], float] = time.time,
        breaker: Breaker | None = None,
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query:
            raise BadPlatformAddress("XIAOER_PLATFORM_URL: expected https://host[:port][/path]")
        if parts.scheme == "http" and parts.hostname not in LOOPBACK:
            raise BadPlatformAddress(
                "XIAOER_PLATFORM_URL: http is for this machine only, use https"
            )
        self._base = url.rstrip("/")
        self._prefix = parts.path.rstrip("/")
        self._keys = keys
        self._clock = clock
        self._breaker = breaker or Breaker(time.monotonic)
        self._session = open_session(ca_file)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="platform")

    def close(self) -> None:
        """Close connections; calls in progress end by themselves."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._session.close()

    def find(self, number: str, proof: str, *, within_s: float) -> PlatformCase:
        """Return a case to whoever proves that it is theirs; see `PlatformClient`."""
        # the proof goes into the body: addresses end up in logs
        body = msgspec.json.encode({"number": number, "proof": proof})
        answer = self._ask(Call("POST", "/v1/cases/lookup", body), within_s)
        return self._one(answer, number)

    def refresh(self, number: str, grant: str, *, within_s: float) -> PlatformCase:
        """Return a case that has been proven before; see `PlatformClient`."""
        call = Call("GET", f"/v1/cases/{number}", headers=((GRANT, grant),))
        return self._one(self._ask(call, within_s), number)

    def cases_of(self, phone: str, code: str, *, within_s: float) -> Sequence[PlatformCase]:
        """Return all cases of one applicant; see `PlatformClient`."""
        ends_at = time.monotonic() + within_s
        found: list[PlatformCase] = []
        page: str | None = None
        for _ in range(MOST_PAGES):
            wanted = {"phone": phone, "code": code, "limit": PAGE, "page": page}
            call = Call("POST", "/v1/applicants/cases", msgspec.json.encode(wanted))
            answer = self._ask(call, ends_at - time.monotonic())
            cases, page = self._read(answer, wire.read_page)
            found += cases
            if page is None:
                return found
        log.warning("platform_pages_cut", pages=MOST_PAGES)
        return found

    def changes(self, cursor: str | None, *, within_s: float) -> PlatformChanges:
        """Return what has changed since; see `PlatformClient`."""
        query = f"?{urlencode({'cursor': cursor})}" if cursor is not None else ""
        answer = self._ask(Call("GET", f"/v1/changes{query}"), within_s)
        if answer.status == GONE:
            raise CursorGone
        return self._read(answer, wire.read_changes)

    def urge(self, number: str, grant: str, key: str, *, within_s: float) -> None:
        """Hurry a case; see `PlatformClient`."""
        headers = ((GRANT, grant), (IDEMPOTENCY, key))
        call = Call("POST", f"/v1/cases/{number}/urges", b"{}", headers, is_safe=False)
        answer = self._ask(call, within_s)
        if answer.status == CONFLICT:
            raise PlatformRefusedUrge(wire.read_problem(answer.body))
        self._read(answer, lambda _body: None)

    def check(self, *, within_s: float) -> None:
        """Ask whether the platform is there and takes our key, for `xiaoer doctor`.

        Raises:
            PlatformTrouble: It is not, or does not.
        """
        self._read(self._ask(Call("GET", "/v1/health"), within_s), lambda _body: None)

    def _one(self, answer: Answer, number: str) -> PlatformCase:
        case = self._read(answer, wire.read_case)
        if case.number != number:
            raise self._garbled("another case")
        return case

    def _read(self, answer: Answer, decode: Callable[[bytes], Result]) -> Result:
        if answer.status == NOT_FOUND:
            raise UnknownToPlatform
        if answer.status == FORBIDDEN:
            raise GrantRefused
        if answer.status != OK:
            raise self._garbled(f"status {answer.status}")
        try:
            return decode(answer.body)
        except BadWire as error:
            raise self._garbled(str(error)) from None

    def _garbled(self, detail: str) -> PlatformTrouble:
        log.warning("platform_answer_refused", detail=detail)
        return PlatformTrouble(Trouble.GARBLED, detail)

    def _ask(self, call: Call, within_s: float) -> Answer:
        """Make the call in a thread of its own, so that not even a name look-up holds a turn up."""
        if not self._breaker.allows():
            raise PlatformTrouble(Trouble.DOWN, "resting")
        ends_at = time.monotonic() + max(within_s, 0)
        doing = self._threads.submit(self._try, call, ends_at)
        try:
            answer = doing.result(timeout=max(within_s, 0))
        except (TooLate, PlatformTrouble) as error:
            doing.cancel()
            self._breaker.failed()
            known = error if isinstance(error, PlatformTrouble) else PlatformTrouble(Trouble.SLOW)
            log.warning("platform_trouble", trouble=known.trouble.value, detail=str(known))
            raise known from None
        self._breaker.succeeded()
        return answer

    def _try(self, call: Call, ends_at: float) -> Answer:
        def may_again(error: BaseException) -> bool:
            # what is slow or broken now would be so again within the same few seconds
            again = isinstance(error, PlatformTrouble) and error.trouble is Trouble.DOWN
            return call.is_safe and again and ends_at - time.monotonic() > LEAST_LEFT_S

        def pause(state: RetryCallState) -> float:
            left = ends_at - time.monotonic() - LEAST_LEFT_S / 2
            return min(wait_random_exponential(FIRST_WAIT_S, LONGEST_WAIT_S)(state), left)

        tries = Retrying(
            stop=stop_after_attempt(TRIES),
            wait=pause,
            retry=retry_if_exception(may_again),
            reraise=True,
        )
        return tries(self._send, call, ends_at)

    def _send(self, call: Call, ends_at: float) -> Answer:
        target = f"{self._prefix}{call.path}"
        signed = sign_request(self._keys, call.method, target, call.body, now=self._clock())
        headers = {**dict(call.headers), **signed}
        if call.body:
            headers["Content-Type"] = "application/json"
        answer = fetch(
            self._session,
            call.method,
            f"{self._base}{call.path}",
            body=call.body,
            headers=headers,
            ends_at=ends_at,
        )
        if answer.status >= 500 or answer.status in {408, 429}:  # noqa: PLR2004 - RFC 9110
            raise PlatformTrouble(Trouble.DOWN, f"status {answer.status}")
        try:
            # also of a 404: one of a proxy in between must not read as "no such case"
            check_answer(
                self._keys,
                answer.status,
                signed,
                headers=answer.headers,
                body=answer.body,
                now=self._clock(),
            )
        except BadSignature as error:
            raise PlatformTrouble(Trouble.GARBLED, f"answer {error.code}") from None
        return answer
