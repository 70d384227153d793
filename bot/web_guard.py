"""What every call of the hub goes through: security headers, limits on bodies and numbers."""

from collections.abc import Awaitable, Callable, Mapping

from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY_BYTES = 256 * 1024
"""Room for 5,000 characters however they are escaped, so that longer texts get their own answer."""

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'self'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}


HTTPS_ONLY = {"Strict-Transport-Security": "max-age=31536000"}
"""Where the service is reached over HTTPS: browsers never try without for a year."""


class _Id(IntegerConvertor):
    """The number of a row: no longer than 18 digits, which every database takes."""

    regex = "[0-9]{1,18}"


def bound_numbers() -> None:
    """Have routes with `:int` that are made from now on know no number that is longer than an id.

    SQLite refuses numbers beyond 64 bits with an error; such an address is simply not found.
    """
    register_url_convertor("int", _Id())


class SecurityHeaders:
    """Adds the security headers to every answer that does not set its own.

    Args:
        app: What is behind.
        is_https: The service is reached over HTTPS.
    """

    def __init__(self, app: ASGIApp, *, is_https: bool = False) -> None:
        self._app = app
        self._headers = {**SECURITY_HEADERS, **(HTTPS_ONLY if is_https else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                # X-Frame-Options cannot name other sites; a policy that does stands alone
                is_for_sites = "frame-ancestors 'self' " in headers.get(
                    "Content-Security-Policy", ""
                )
                for name, value in self._headers.items():
                    if name != "X-Frame-Options" or not is_for_sites:
                        headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class BodyTooLarge(Exception):
    """The request body exceeds the limit."""


class BodyLimit:
    """Refuses requests with more than `MAX_BODY_BYTES`, declared or not.

    Args:
        app: What is behind.
        refuse: Answers a refused request.
        larger: Paths that take more, with their limit in bytes.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        refuse: Callable[[Scope, Receive, Send], Awaitable[None]],
        larger: Mapping[str, int] | None = None,
    ) -> None:
        self._app = app
        self._refuse = refuse
        self._larger = larger or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._larger.get(scope["path"], MAX_BODY_BYTES)
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if not declared.isdigit() or int(declared) > limit:
            await self._refuse(scope, receive, send)
            return
        received = 0
        is_started = False

        async def receive_counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise BodyTooLarge
            return message

        async def send_noted(message: Message) -> None:
            nonlocal is_started
            is_started = True
            await send(message)

        try:
            await self._app(scope, receive_counted, send_noted)
        except BodyTooLarge:
            if not is_started:
                await self._refuse(scope, receive, send)
