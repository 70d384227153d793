"""Faults on purpose, so that a client can show what it makes of them; only with `--faults`."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass

from starlette.responses import RedirectResponse, Response, StreamingResponse

HUGE_BYTES = 10 * 1024 * 1024
CHUNK = 64 * 1024

KINDS = frozenset(
    {"delay", "error", "busy", "broken_json", "wrong_signature", "huge", "unknown_state"}
    | {"redirect", "drop", "foreign_404", "no_push", "push_twice", "push_reversed"}
)
"""What can go wrong; those with `push` concern what the platform sends, the others its answers."""


@dataclass
class Fault:
    """One kind of fault.

    Attributes:
        times: So many more answers or pushes have it.
        seconds: Of a delay.
    """

    kind: str
    times: int
    seconds: float = 40.0


class Faults:
    """The faults that are set now; several threads may ask."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._set: dict[str, Fault] = {}

    def set(self, kind: str, times: int = 1, seconds: float = 40.0) -> None:
        """Let the next answers or pushes go wrong; 0 times ends it."""
        with self._lock:
            self._set[kind] = Fault(kind, times, seconds)

    def take(self, kind: str) -> Fault | None:
        """Return the fault if it is due, and count it."""
        with self._lock:
            fault = self._set.get(kind)
            if fault is None or fault.times <= 0:
                return None
            fault.times -= 1
            return fault

    async def spoil(self, answer: Response) -> Response:
        """Return the answer, or what a fault makes of it."""
        delay = self.take("delay")
        if delay is not None:
            await asyncio.sleep(delay.seconds)
        if self.take("error"):
            return Response("Internal Server Error", status_code=500)
        if self.take("busy"):
            return Response("", status_code=429, headers={"Retry-After": "1"})
        if self.take("foreign_404"):
            return Response("<h1>404 Not Found</h1>", status_code=404, media_type="text/html")
        if self.take("redirect"):
            return RedirectResponse("/v1/elsewhere")
        if self.take("wrong_signature"):
            answer.headers["X-Platform-Signature"] = "0" * 64
        if self.take("huge"):
            return StreamingResponse(_huge(), media_type="application/json")
        if self.take("drop"):
            half = bytes(answer.body)[:20]
            return Response(half, headers={"Content-Length": str(len(answer.body) + 100)})
        return answer

    def spoil_content(self, content: object) -> bytes:
        """Return the JSON of an answer, broken if that is due; it is signed afterwards."""
        text = json.dumps(content, ensure_ascii=False).encode()
        if self.take("broken_json"):
            return text[: len(text) // 2]
        if self.take("unknown_state"):
            return text.replace("审查".encode(), "容缺并联".encode())
        return text


async def _huge() -> AsyncIterator[bytes]:
    for _ in range(HUGE_BYTES // CHUNK):
        yield b" " * CHUNK
