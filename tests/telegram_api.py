"""A Bot API server of ours on loopback: checks each call, keeps what was sent, misbehaves on order.

Names and types of parameters come from python-telegram-bot, limits from the Bot API's pages.
"""

import asyncio
import inspect
import json
import re
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from telegram import Bot, InlineKeyboardMarkup, ReplyKeyboardMarkup, Update

from tests.servers import ServerThread, Try

TOKEN = "4242:fake-token_of-ours"
PATIENCE_S = 60.0
KNOWN_METHODS = {
    "getMe", "sendMessage", "sendPhoto", "sendDocument", "sendChatAction", "answerCallbackQuery",
    "editMessageReplyMarkup", "setMyCommands", "getUpdates", "setWebhook", "deleteWebhook",
    "getWebhookInfo", "getFile",
}  # fmt: skip
FILE = b"\xff\xd8\xff a photo"


@dataclass
class Call:
    """One call of a method: its parameters as JSON values, and what was uploaded."""

    method: str
    values: dict[str, Any]
    files: dict[str, bytes] = field(default_factory=dict)
    at: float = field(default_factory=time.monotonic)


class FakeBotApi:
    """Telegram.

    Attributes:
        calls: Every call that was taken, in order.
        tries: Every call that came, in order.
        violations: What no Bot API would take, as sentences; tests expect none.
        script: Method to what happens to its next calls: "429:<s>", "500", "403", "slow:<s>",
            "lost" (taken, but the answer does not arrive), "400:<words>".
        webhook: Parameters of the registered webhook, None without one.
    """

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.tries: list[Try] = []
        self.violations: list[str] = []
        self.script: defaultdict[str, deque[str]] = defaultdict(deque)
        self.blocked_by: set[str] = set()
        self.webhook: dict[str, Any] | None = None
        self.changed = threading.Condition()
        self.confirmed = 0
        self._waiting: deque[dict[str, Any]] = deque()
        self._polls = 0
        self._next_update = self._next_message = 1000
        self.server = ServerThread(
            Starlette(
                routes=[
                    Route("/bot{token}/{method}", self._serve, methods=["GET", "POST"]),
                    Route("/file/bot{token}/{path:path}", self._file),
                ]
            )
        )

    @property
    def url(self) -> str:
        return self.server.url

    def next_id(self) -> int:
        """Return an id for an update or a message; they grow."""
        self._next_update += 1
        return self._next_update

    def queue(self, *updates: dict[str, Any]) -> None:
        """Keep updates until they are fetched and confirmed."""
        for update in updates:
            assert Update.de_json(update, None).update_id == update["update_id"]
            self._waiting.append(update)

    def sent(self, chat_id: int, *methods: str) -> list[Call]:
        """Return what this chat was sent, in order."""
        wanted = methods or ("sendMessage", "sendPhoto", "sendDocument")
        return [
            call
            for call in list(self.calls)
            if call.method in wanted and str(call.values.get("chat_id")) == str(chat_id)
        ]

    def of(self, method: str) -> list[Call]:
        """Return the calls of one method."""
        return [call for call in list(self.calls) if call.method == method]

    def wait(self, is_there: Callable[[], Any], patience_s: float = PATIENCE_S) -> Any:
        """Return what `is_there` gives as soon as that is true; looks after every call."""
        ends_at = time.monotonic() + patience_s
        with self.changed:
            while not (found := is_there()):
                left_s = ends_at - time.monotonic()
                assert left_s > 0, f"never came; last calls: {self.calls[-5:]}"
                self.changed.wait(min(left_s, 0.1))
        return found

    async def _serve(self, request: Request) -> Response:
        method = request.path_params["method"]
        if request.path_params["token"] != TOKEN or method not in KNOWN_METHODS:
            return _error(404, "Not Found")
        call = await _read(request, method)
        answer = getattr(self, f"_on_{method}", self._on_other)
        if method == "getUpdates":
            return await self._on_updates(call)
        order = self.script[method].popleft() if self.script[method] else ""
        self.tries.append(Try(time.monotonic(), method, order))
        kind, _, rest = order.partition(":")
        if kind == "slow":
            await asyncio.sleep(float(rest))
        if kind == "429":
            return _error(429, "Too Many Requests", retry_after=int(rest))
        if kind in {"500", "502"}:
            return Response("<html>Bad Gateway</html>", status_code=int(kind))
        if kind == "400":
            return _error(400, f"Bad Request: {rest}")
        chat = str(call.values.get("chat_id", ""))
        if kind == "403" or chat in self.blocked_by:
            return _error(403, "Forbidden: bot was blocked by the user")
        problems = check(call)
        if problems:
            self.violations.extend(problems)
            return _error(400, f"Bad Request: {problems[0]}")
        result = answer(call)
        with self.changed:
            self.calls.append(call)
            self.changed.notify_all()
        if kind == "lost":
            return Response(b"{", headers={"content-length": "4000"})  # the line goes dead
        return JSONResponse({"ok": True, "result": result})

    def _on_other(self, call: Call) -> Any:
        if not call.method.startswith("send") or call.method == "sendChatAction":
            return True
        self._next_message += 1
        message: dict[str, Any] = {
            "message_id": self._next_message,
            "date": 1_795_000_000,
            "chat": {"id": int(call.values["chat_id"]), "type": "private"},
            "text": call.values.get("text", ""),
        }
        call.values["message_id"] = self._next_message
        return message

    def _on_setWebhook(self, call: Call) -> bool:  # noqa: N802 - named as the method
        self.webhook = call.values
        return True

    def _on_deleteWebhook(self, _call: Call) -> bool:  # noqa: N802
        self.webhook = None
        return True

    def _on_getWebhookInfo(self, _call: Call) -> dict[str, Any]:  # noqa: N802
        url = (self.webhook or {}).get("url", "")
        return {"url": url, "has_custom_certificate": False, "pending_update_count": 0}

    def _on_getFile(self, call: Call) -> dict[str, Any]:  # noqa: N802
        name = call.values["file_id"]
        return {"file_id": name, "file_unique_id": name, "file_path": f"photos/{name}.jpg"}

    async def _on_updates(self, call: Call) -> Response:
        self.violations.extend(check(call))
        if self.webhook is not None or self._polls:
            return _error(409, "Conflict: terminated by other getUpdates request")
        self._polls += 1
        try:
            offset = int(call.values.get("offset", 0))
            while self._waiting and self._waiting[0]["update_id"] < offset:
                self._waiting.popleft()
            with self.changed:
                self.confirmed = max(self.confirmed, offset)
                self.changed.notify_all()
            ends_at = time.monotonic() + min(float(call.values.get("timeout", 0)), 30)
            while not self._waiting and time.monotonic() < ends_at:  # noqa: ASYNC110 - other threads
                await asyncio.sleep(0.01)
            return JSONResponse({"ok": True, "result": list(self._waiting)[:100]})
        finally:
            self._polls -= 1

    async def _file(self, request: Request) -> Response:
        return Response(FILE if request.path_params["token"] == TOKEN else b"", 200)


async def _read(request: Request, method: str) -> Call:
    values: dict[str, Any] = {}
    files: dict[str, bytes] = {}
    async with request.form() as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                files[name] = await value.read()
            else:
                values[name] = _value(value)
    return Call(method, values, files)


def _value(raw: str) -> Any:
    if raw[:1] in "[{" or raw in {"true", "false"}:
        try:
            return json.loads(raw)
        except ValueError:
            return raw
    return raw


def _error(code: int, description: str, **parameters: int) -> Response:
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    if parameters:
        body["parameters"] = parameters
    return JSONResponse(body, status_code=code)


def check(call: Call) -> list[str]:
    """Return what the Bot API would not take of a call."""
    snake = re.sub(r"([A-Z])", lambda found: f"_{found[1].lower()}", call.method)
    known = set(inspect.signature(getattr(Bot, snake)).parameters)
    known |= {"offset", "caption"} if call.method == "getUpdates" else set()
    problems = [
        f"{call.method} has no parameter {name}"
        for name in {*call.values, *call.files}
        if name not in known and not name.startswith("file")
    ]
    checks: dict[str, Callable[[Any], str | None]] = {
        "text": lambda text: _text(text, call),
        "caption": lambda text: "caption is too long" if _units(text) > 1024 else None,
        "chat_id": lambda raw: None if re.fullmatch(r"-?\d+", str(raw)) else "chat_id is no id",
        "reply_markup": _markup,
        "commands": _commands,
        "allowed_updates": lambda kinds: (
            None if set(kinds) <= set(Update.ALL_TYPES) else "unknown kind of update"
        ),
        "secret_token": lambda raw: (
            None if re.fullmatch(r"[A-Za-z0-9_-]{1,256}", raw) else "bad secret token"
        ),
        "url": lambda raw: None if raw.startswith("https://") else "webhook must be https",
    }
    for name, value in call.values.items():
        problem = checks[name](value) if name in checks else None
        if problem:
            problems.append(f"{call.method}: {problem}")
    return problems


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _text(text: str, call: Call) -> str | None:
    if call.method == "answerCallbackQuery":
        return "answer is too long" if len(text) > 200 else None
    if call.values.get("parse_mode") == "HTML":
        reader = _Reader()
        reader.feed(text)
        reader.close()
        if reader.open or reader.is_wrong:
            return "can't parse entities"
        text = reader.text
    if not text.strip():
        return "message text is empty"
    return "message is too long" if _units(text) > 4096 else None


class _Reader(HTMLParser):
    """Telegram's small HTML: a few tags, well nested."""

    TAGS = frozenset({"b", "i", "u", "s", "a", "code", "pre", "tg-spoiler", "blockquote"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text = ""
        self.is_wrong = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_wrong |= tag not in self.TAGS
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.is_wrong |= not self.open or self.open.pop() != tag

    def handle_data(self, data: str) -> None:
        self.is_wrong |= "<" in data and "&lt;" not in self.rawdata
        self.text += data


def _markup(markup: Any) -> str | None:
    if not isinstance(markup, dict):
        return "reply_markup is no object"
    if "inline_keyboard" in markup:
        InlineKeyboardMarkup.de_json(markup, None)
        buttons = [one for row in markup["inline_keyboard"] for one in row]
        if any(len(one["callback_data"].encode()) > 64 for one in buttons):
            return "BUTTON_DATA_INVALID"
        return None if all(one["text"] for one in buttons) else "button without a text"
    ReplyKeyboardMarkup.de_json(markup, None)
    return None


def _commands(commands: Any) -> str | None:
    for one in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", one["command"]):
            return "BOT_COMMAND_INVALID"
        if not 1 <= len(one["description"]) <= 256:
            return "BOT_COMMAND_DESCRIPTION_INVALID"
    return None


@contextmanager
def fake_bot_api() -> Iterator[FakeBotApi]:
    """Run one."""
    fake = FakeBotApi()
    fake.server.start()
    try:
        yield fake
    finally:
        fake.server.dismiss()
