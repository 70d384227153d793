"""A person at the chat page, for tests: types, presses buttons, reads what comes back."""

import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx

PATIENCE_S = 90.0


@dataclass
class Turn:
    """What came back for one message."""

    messages: list[dict[str, Any]] = field(default_factory=list)
    owner: str = "bot"

    @property
    def text(self) -> str:
        """Return all texts of the turn, one below the other."""
        return "\n".join(message["text"] for message in self.messages)

    @property
    def buttons(self) -> dict[str, str]:
        """Return title to payload of all buttons of the turn."""
        return {b["title"]: b["payload"] for m in self.messages for b in m["buttons"]}


class Chat:
    """One conversation over the web chat API."""

    def __init__(self, base_url: str) -> None:
        self._http = httpx.Client(base_url=base_url, timeout=60)
        opened = self._http.post("/api/chat/conversations")
        assert opened.status_code == 201, opened.text
        self.conversation_id = opened.json()["conversation_id"]
        self.token = opened.json()["token"]
        self._http.headers["Authorization"] = f"Bearer {self.token}"
        self._seen = 0
        self._read_until_quiet(0)

    def __enter__(self) -> "Chat":  # noqa: PYI034 - typing.Self needs Python 3.11
        """Talk within a block; the connection is closed at its end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connection."""
        self._http.close()

    def say(self, text: str) -> Turn:
        """Type a text and read the answer."""
        return self.send({"text": text})

    def press(self, payload: str) -> Turn:
        """Press a button and read the answer."""
        return self.send({"payload": payload})

    def send(self, body: dict[str, str]) -> Turn:
        """Send a message and wait until the turn is over."""
        answer = self._http.post(
            "/api/chat/messages", json={"client_id": str(uuid.uuid4()), **body}
        )
        assert answer.status_code == 202, answer.text
        return self._read_until_quiet(int(answer.json()["message_id"]))

    def post(self, body: dict[str, Any]) -> httpx.Response:
        """Send a raw body, for bad input."""
        return self._http.post("/api/chat/messages", json=body)

    def history(self) -> list[dict[str, Any]]:
        """Return the whole transcript as a page would see it after a reload."""
        answer = self._http.get("/api/chat/messages", params={"after": 0, "wait": 0}).json()
        messages: list[dict[str, Any]] = answer["messages"]
        return messages

    def wait_for(self, words: str) -> Turn:
        """Read until a message holds these words."""
        deadline = time.monotonic() + PATIENCE_S
        turn = Turn()
        while words not in turn.text:
            assert time.monotonic() < deadline, f"{words!r} never came; got {turn.text!r}"
            self._fetch(turn, wait=5)
        return turn

    def _read_until_quiet(self, sent: int) -> Turn:
        deadline = time.monotonic() + PATIENCE_S
        turn = Turn()
        while True:
            assert time.monotonic() < deadline, f"no answer in time; got {turn.text!r}"
            busy = self._fetch(turn, wait=2 if sent else 0)
            if not busy and (turn.messages or sent == 0):
                return turn

    def _fetch(self, turn: Turn, *, wait: float) -> bool:
        answer = self._http.get(
            "/api/chat/messages", params={"after": self._seen, "wait": wait}
        ).json()
        turn.owner = answer["owner"]
        for message in answer["messages"]:
            self._seen = max(self._seen, int(message["id"]))
            if message["author"] != "applicant":
                turn.messages.append(message)
        busy: bool = answer["busy"]
        return busy
