"""`xiaoer chat`: talk to the running application in the terminal, over the same API as the page."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from bot.operations.errors import OperationFailed

WAIT_S = 20
"""How long one long poll may hang, in seconds."""

PATIENCE_S = 90.0
"""After this long without a complete answer the prompt comes back."""


@dataclass(frozen=True)
class Line:
    """One message of the other side; pressing a button sends its payload."""

    author: str
    text: str
    buttons: tuple[tuple[str, str], ...] = ()
    attachments: tuple[tuple[str, str], ...] = ()


@dataclass
class ChatClient:
    """One conversation over the web chat API."""

    http: httpx.Client
    token: str = field(default="", repr=False)
    seen: int = 0

    def begin(self) -> None:
        """Open a conversation.

        Raises:
            OperationFailed: The hub cannot be reached or refuses.
        """
        self.token = str(self._call("POST", "/api/chat/conversations")["token"])

    def send(self, text: str = "", payload: str | None = None) -> None:
        """Send what was typed, or the payload of a pressed button.

        Raises:
            OperationFailed: The hub cannot be reached or refuses.
        """
        said = {"text": text} if payload is None else {"payload": payload}
        body = {"client_id": str(uuid4()), **said}
        self._call("POST", "/api/chat/messages", json=body)

    def answers(self, patience_s: float = PATIENCE_S) -> Iterator[Line]:
        """Yield what the other side says until it has finished or patience ends.

        Raises:
            OperationFailed: The hub cannot be reached or refuses.
        """
        deadline = time.monotonic() + patience_s
        has_answer = False
        while time.monotonic() < deadline:
            query = {"after": self.seen, "wait": WAIT_S}
            page = self._call("GET", "/api/chat/messages", params=query)
            for message in page["messages"]:
                self.seen = max(self.seen, int(message["id"]))
                if message["author"] != "applicant":
                    has_answer = True
                    yield _line(message)
            if has_answer and not page["busy"]:
                return

    def _call(self, method: str, path: str, **options: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        try:
            answer = self.http.request(method, path, headers=headers, **options)
            answer.raise_for_status()
        except httpx.HTTPStatusError as error:
            raise OperationFailed(_reason(error.response)) from error
        except httpx.HTTPError as error:
            raise OperationFailed(
                "连不上小二, 请先 make run (cannot reach the hub, start it with make run)"
            ) from error
        return answer.json()


def chat(client: ChatClient, read: Callable[[], str], write: Callable[[str], None]) -> None:
    """Talk until the input ends (Ctrl-D) or `/quit`; a number presses that button.

    Args:
        client: A conversation not yet begun.
        read: Returns one typed line; raises EOFError at the end.
        write: Prints one line.

    Raises:
        OperationFailed: The hub cannot be reached or refuses.
    """
    client.begin()
    write("请输入问题; 数字选按钮, /quit 结束 (a number presses a button, /quit ends)")
    buttons: tuple[tuple[str, str], ...] = ()
    while True:
        try:
            typed = read().strip()
        except EOFError:
            return
        if typed == "/quit":
            return
        if not typed:
            continue
        payload = _pressed(typed, buttons)
        client.send(typed, payload)
        buttons = ()
        for line in client.answers():
            buttons = line.buttons or buttons
            _print(line, write)


def _pressed(typed: str, buttons: tuple[tuple[str, str], ...]) -> str | None:
    if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(buttons):
        return buttons[int(typed) - 1][1]
    return None


def _print(line: Line, write: Callable[[str], None]) -> None:
    names = {"bot": "小二", "agent": "坐席", "system": "系统"}
    write(f"{names.get(line.author, line.author)}: {line.text}")
    for number, (title, _payload) in enumerate(line.buttons, start=1):
        write(f"   [{number}] {title}")
    for title, url in line.attachments:
        write(f"   {title}: {url}")


def _line(message: dict[str, Any]) -> Line:
    return Line(
        author=message["author"],
        text=message["text"],
        buttons=tuple((item["title"], item["payload"]) for item in message.get("buttons", ())),
        attachments=tuple((item["title"], item["url"]) for item in message.get("attachments", ())),
    )


def _reason(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return f"HTTP {answer.status_code}"
