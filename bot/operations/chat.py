"""`xiaoer chat`: talk to the running application in the terminal, over the same API as the page."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

import httpx

from bot.channels.terminal.declaration import TERMINAL
from bot.domain.channels import ChoiceWords, adapt
from bot.domain.conversations import Attachment, Author, Button, Message
from bot.operations.errors import OperationFailed
from bot.operations.findings import way

WAIT_S = 20
"""How long one long poll may hang, in seconds."""

PATIENCE_S = 90.0
"""After this long without a complete answer the prompt comes back."""


@dataclass
class ChatClient:
    """One conversation over the web chat API."""

    http: httpx.Client
    token: str = field(default="", repr=False)
    seen: int = 0
    conversation_id: str = ""

    def begin(self) -> None:
        """Open a conversation.

        Raises:
            OperationFailed: The hub cannot be reached or refuses.
        """
        body = {"channel": TERMINAL.name}
        opened = self._call("POST", "/api/chat/conversations", json=body)
        self.conversation_id, self.token = str(opened["conversation_id"]), str(opened["token"])

    def send(self, text: str) -> None:
        """Send what was typed.

        Raises:
            OperationFailed: The hub cannot be reached or refuses.
        """
        body = {"client_id": str(uuid4()), "text": text}
        self._call("POST", "/api/chat/messages", json=body)

    def answers(self, patience_s: float = PATIENCE_S) -> Iterator[Message]:
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
                f"连不上小二, 请先 {way('run')} (cannot reach the hub, start it with {way('run')})"
            ) from error
        return answer.json()


def chat(
    client: ChatClient,
    read: Callable[[], str],
    write: Callable[[str], None],
    words: ChoiceWords,
) -> None:
    """Talk until the input ends (Ctrl-D) or `/quit`; the hub reads a number as that button.

    Args:
        client: A conversation not yet begun.
        read: Returns one typed line; raises EOFError at the end.
        write: Prints one line.
        words: Words around numbered choices and links.

    Raises:
        OperationFailed: The hub cannot be reached or refuses.
    """
    client.begin()
    write("请输入问题; 数字选按钮, /quit 结束 (a number presses a button, /quit ends)")
    while True:
        try:
            typed = read().strip()
        except EOFError:
            return
        if typed == "/quit":
            return
        if not typed:
            continue
        client.send(typed)
        for line in client.answers():
            _print(line, write, words)


def _print(line: Message, write: Callable[[str], None], words: ChoiceWords) -> None:
    names = {"bot": "小二", "agent": "坐席", "system": "系统"}
    said = "\n".join(part.text for part in adapt(line, TERMINAL.abilities, words))
    write(f"{names.get(line.author.value, line.author.value)}: {said}")


def _line(message: dict[str, Any]) -> Message:
    return Message(
        id=int(message["id"]),
        conversation_id="",
        author=Author(message["author"]),
        text=message["text"],
        created_at=datetime.fromisoformat(message["created_at"].replace("Z", "+00:00")),
        buttons=tuple(Button(one["title"], one["payload"]) for one in message["buttons"]),
        attachments=tuple(
            Attachment(one["title"], one["url"], one["media_type"])
            for one in message["attachments"]
        ),
    )


def _reason(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return f"HTTP {answer.status_code}"
