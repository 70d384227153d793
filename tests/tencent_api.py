"""What the fake platforms of Tencent have in common: tokens, scripts, and sealed callbacks.

Fields and limits come from the platforms' pages, which the checks name.
"""

import asyncio
import itertools
import json
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import WeChatSigner

from tests.servers import ServerThread, Try

PATIENCE_S = 60.0
AES_KEY = "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aQ"
CALLBACK_TOKEN = "aB3dE5gH7jK9mN1p"
SECRET = "0123456789abcdef0123456789abcdef"
FILE = b"\xff\xd8\xff a photo"
MOST_BYTES = 2048
_numbers = itertools.count(5_000_001)


def next_number() -> int:
    """Return a number that nothing else in this run has."""
    return next(_numbers)


@dataclass
class Call:
    """One call of an interface that was taken."""

    path: str
    values: dict[str, Any]
    at: float = field(default_factory=time.monotonic)


class FakeTencent:
    """One platform.

    Attributes:
        calls: Every call that was taken, in order.
        tries: Every call that came, in order.
        violations: What no platform would take, as sentences; tests expect none.
        script: Path to what happens to its next calls: "errcode:<n>", "500", "slow:<s>", "lost"
            (taken, but the answer does not arrive), "broken", "expire" (all tokens are old).
        token_fetches: How often a token was asked for.
        files: What was sent by people, by media id.
    """

    paths: tuple[str, ...] = ()

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.tries: list[Try] = []
        self.violations: list[str] = []
        self.script: defaultdict[str, deque[str]] = defaultdict(deque)
        self.changed = threading.Condition()
        self.token = ""
        self.token_life_s = 7200
        self.token_fetches: list[bool] = []
        self.left: defaultdict[str, int] = defaultdict(int)
        routes = [Route(path, self._serve, methods=["GET", "POST"]) for path in self.paths]
        self.server = ServerThread(
            Starlette(
                routes=[*routes, *self.more_routes(), Route("/cgi-bin/media/get", self._file)]
            )
        )

    def more_routes(self) -> list[Route]:
        """Return routes with a way of their own."""
        raise NotImplementedError

    def problems(self, call: Call) -> list[str]:
        """Return what the platform would not take of a call."""
        raise NotImplementedError

    def refusal(self, call: Call) -> int:
        """Return an error number by the platform's own count, 0 for none."""
        del call
        return 0

    def answer(self, call: Call) -> dict[str, Any]:
        """Return what a call that was taken is answered, beside the number."""
        del call
        return {}

    @property
    def url(self) -> str:
        return self.server.url

    def of(self, path: str) -> list[Call]:
        """Return the calls of one interface that were taken."""
        return [call for call in list(self.calls) if call.path == path]

    def wait(self, is_there: Callable[[], Any], patience_s: float = PATIENCE_S) -> Any:
        """Return what `is_there` gives as soon as that is true; looks after every call."""
        ends_at = time.monotonic() + patience_s
        with self.changed:
            while not (found := is_there()):
                left_s = ends_at - time.monotonic()
                assert left_s > 0, f"never came; last calls: {self.calls[-5:]}"
                self.changed.wait(min(left_s, 0.1))
        return found

    def give_token(self, *, is_forced: bool) -> Response:
        """Answer the question for a token: the same one while it is good, unless forced."""
        self.token_fetches.append(is_forced)
        if is_forced or not self.token:
            self.token = f"token-{next_number()}"
        return JSONResponse({"access_token": self.token, "expires_in": self.token_life_s})

    async def _serve(self, request: Request) -> Response:
        path, body = request.url.path, await request.body()
        order = self.script[path].popleft() if self.script[path] else ""
        self.tries.append(Try(time.monotonic(), path, order))
        kind, _, rest = order.partition(":")
        if kind == "expire":
            self.token = ""
            return JSONResponse({"errcode": 42001, "errmsg": "access_token expired"})
        if kind == "slow":
            await asyncio.sleep(float(rest))
        if kind == "500":
            return Response("<html>Bad Gateway</html>", status_code=500)
        if kind == "broken":
            return Response('{"errcode": ', media_type="application/json")
        if request.query_params.get("access_token") != self.token or not self.token:
            return JSONResponse({"errcode": 40001, "errmsg": "invalid credential"})
        if kind == "errcode":
            return JSONResponse({"errcode": int(rest), "errmsg": "as told"})
        call = Call(path, json.loads(body) if body else {})
        problems = self.problems(call)
        if problems:
            self.violations.extend(problems)
            return JSONResponse({"errcode": 47001, "errmsg": problems[0]})
        number = self.refusal(call)
        if number:
            return JSONResponse({"errcode": number, "errmsg": "no"})
        answer = {"errcode": 0, "errmsg": "ok", **self.answer(call)}
        with self.changed:
            self.calls.append(call)
            self.changed.notify_all()
        if kind == "lost":
            return Response(b"{", headers={"content-length": "4000"})  # the line goes dead
        return JSONResponse(answer)

    async def _file(self, request: Request) -> Response:
        if request.query_params.get("access_token") != self.token:
            return JSONResponse({"errcode": 40001})
        if request.query_params.get("media_id") == "gone":
            return JSONResponse({"errcode": 40007, "errmsg": "invalid media_id"})
        return Response(FILE, media_type="image/jpeg")


def utf8(text: str) -> int:
    """Return how many bytes a text has."""
    return len(text.encode())


def unknown(call: Call, *names: str) -> list[str]:
    """Return which fields of a call the platform does not know, and which are missing."""
    odd = set(call.values) ^ set(names)
    return [f"{call.path}: {name} is unknown or missing" for name in sorted(odd)]


def text_problem(content: str) -> list[str]:
    """Return what is wrong with a text."""
    if not content.strip():
        return ["empty content"]
    return ["content size out of limit"] if utf8(content) > MOST_BYTES else []


def xml_of(fields: dict[str, object]) -> str:
    """Return the XML of a callback."""
    inside = "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in fields.items())
    return f"<xml>{inside}</xml>"


def plain_query(token: str = CALLBACK_TOKEN, at_s: float | None = None) -> dict[str, str]:
    """Return the signed query of a call in plain mode."""
    timestamp, nonce = str(int(at_s or time.time())), str(next_number())
    signer = WeChatSigner()
    signer.add_data(token, timestamp, nonce)
    return {"signature": signer.signature, "timestamp": timestamp, "nonce": nonce}


def sealed_call(
    xml: str,
    owner_id: str,
    *,
    token: str = CALLBACK_TOKEN,
    key: str = AES_KEY,
    at_s: float | None = None,
) -> tuple[dict[str, str], str]:
    """Return query and body of an encrypted call."""
    timestamp, nonce = str(int(at_s or time.time())), str(next_number())
    sealed = WeChatCrypto(token, key, owner_id).encrypt_message(xml, nonce, timestamp)
    encrypted = sealed.split("<Encrypt><![CDATA[")[1].split("]]>")[0]
    signature = sealed.split("<MsgSignature><![CDATA[")[1].split("]]>")[0]
    body = f"<xml><ToUserName>x</ToUserName><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>"
    return {"msg_signature": signature, "timestamp": timestamp, "nonce": nonce}, body


def sealed_echo(words: str, owner_id: str) -> dict[str, str]:
    """Return the query with which a platform asks an address to prove itself."""
    query, body = sealed_call(words, owner_id)
    return {**query, "echostr": body.split("<Encrypt><![CDATA[")[1].split("]]>")[0]}
