"""A person at the chat page, for tests: types, presses buttons, reads what comes back."""

import time
import uuid
import weakref
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
        self._connect(base_url)
        opened = self._http.post("/api/chat/conversations")
        assert opened.status_code == 201, opened.text
        self._join(opened.json()["conversation_id"], opened.json()["token"])

    def twin(self) -> "Chat":
        """Return another client of the same conversation, as in a second tab."""
        other: Chat = object.__new__(Chat)
        other._connect(self.base_url)
        other._join(self.conversation_id, self.token)
        return other

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

    def put(self, text: str | None = None, *, payload: str | None = None) -> int:
        """Send a message and do not wait for its answer; returns its id."""
        body = {"client_id": str(uuid.uuid4()), "text": text, "payload": payload}
        answer = self.post({name: value for name, value in body.items() if value is not None})
        assert answer.status_code == 202, answer.text
        return int(answer.json()["message_id"])

    def page(self) -> dict[str, Any]:
        """Return the whole transcript with owner and busy, without waiting."""
        answer = self._http.get("/api/chat/messages", params={"after": 0, "wait": 0})
        assert answer.status_code == 200, answer.text
        page: dict[str, Any] = answer.json()
        return page

    def history(self) -> list[dict[str, Any]]:
        """Return the whole transcript as a page would see it after a reload."""
        messages: list[dict[str, Any]] = self.page()["messages"]
        return messages

    def wait_for(self, words: str) -> Turn:
        """Read until a message holds these words."""
        deadline = time.monotonic() + PATIENCE_S
        turn = Turn()
        while words not in turn.text:
            assert time.monotonic() < deadline, f"{words!r} never came; got {turn.text!r}"
            self._fetch(turn, wait=5)
        return turn

    def _connect(self, base_url: str) -> None:
        self.base_url = base_url
        self._http = httpx.Client(base_url=base_url, timeout=60)
        weakref.finalize(self, self._http.close)

    def _join(self, conversation_id: str, token: str) -> None:
        self.conversation_id = conversation_id
        self.token = token
        self._http.headers["Authorization"] = f"Bearer {token}"
        self._seen = 0
        self._read_until_quiet(0)

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
