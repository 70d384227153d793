"""Play the applicant (and an agent) against a running product, and look behind the page."""

import json
import sqlite3
import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol
from uuid import uuid4

import httpx

from bot.data_keys import data_keys
from bot.operations.dialogue_checks import Outcome, Response
from bot.operations.errors import OperationFailed
from bot.operations.stack import Stack
from bot.store.key_rotation import EVENT_PLACE

PATIENCE_S = 90.0
WAIT_S = 2.0
TOO_FAST = httpx.codes.TOO_MANY_REQUESTS
SECONDS_OF_AN_HOUR = 3600.0


@dataclass
class Page:
    """What the chat page shows since the last step."""

    texts: list[str] = field(default_factory=list)
    buttons: dict[str, str] = field(default_factory=dict)
    owner: str = "bot"


class Person(Protocol):
    """Whoever has a conversation, on whatever channel."""

    @property
    def conversation_id(self) -> str:
        """The hub's name of the conversation, "" before it has begun."""

    def __enter__(self) -> "Person":  # noqa: PYI034 - what it returns is a person
        """Begin."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool | None:
        """Leave."""

    def say(self, text: str) -> Page:
        """Type a text and read the answer."""

    def press(self, payload: str) -> Page:
        """Press a button and read the answer."""

    def read(self) -> Page:
        """Read what is new."""


class Applicant(AbstractContextManager["Applicant"]):
    """One person in one conversation over the web chat API."""

    def __init__(self, url: str) -> None:
        self._http = httpx.Client(base_url=url, timeout=60, trust_env=False)
        opened = self._call("POST", "/api/chat/conversations")
        self.conversation_id = str(opened["conversation_id"])
        self._http.headers["Authorization"] = f"Bearer {opened['token']}"
        self._seen = 0
        self.read()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connection."""
        self._http.close()

    def say(self, text: str) -> Page:
        """Type a text and read the answer."""
        return self._send({"text": text})

    def press(self, payload: str) -> Page:
        """Press a button and read the answer."""
        return self._send({"payload": payload})

    def read(self) -> Page:
        """Read what is new until no answer is due any more.

        Raises:
            OperationFailed: An answer is still due after `PATIENCE_S`.
        """
        deadline = time.monotonic() + PATIENCE_S
        page = Page()
        while time.monotonic() < deadline:
            query = {"after": self._seen, "wait": WAIT_S if page.texts or self._seen else 0}
            got = self._call("GET", "/api/chat/messages", params=query)
            page.owner = str(got["owner"])
            for message in got["messages"]:
                self._seen = max(self._seen, int(message["id"]))
                if message["author"] != "applicant":
                    page.texts.append(str(message["text"]))
                    page.buttons |= {b["title"]: b["payload"] for b in message["buttons"]}
            if not got["busy"]:
                return page
        raise OperationFailed(f"{PATIENCE_S:.0f} 秒没有答复 (no answer in time)")

    def _send(self, said: Mapping[str, str]) -> Page:
        body = {"client_id": str(uuid4()), **said}
        deadline = time.monotonic() + PATIENCE_S
        while True:
            answer = self._http.post("/api/chat/messages", json=body)
            if answer.status_code != TOO_FAST or time.monotonic() > deadline:
                break
            time.sleep(1.0)  # the hub takes so many messages in ten seconds
        if answer.is_error:
            raise OperationFailed(f"{answer.status_code}: {answer.json()['error']['message']}")
        return self.read()

    def _call(self, method: str, path: str, **options: Any) -> Any:
        answer = self._http.request(method, path, **options)
        if answer.is_error:
            raise OperationFailed(f"{method} {path}: HTTP {answer.status_code}")
        return answer.json()


class Inspector(AbstractContextManager["Inspector"]):
    """Looks into Rasa's tracker, and makes it older so that a day passes at once.

    Args:
        stack: Product of our own, whose Rasa keeps its trackers in an SQLite file.
    """

    def __init__(self, stack: Stack) -> None:
        settings = stack.settings
        self._database = Path(settings.rasa_database.removeprefix("sqlite:///"))
        self._keys = data_keys(settings.data_keys, settings.state_dir)
        self._http = httpx.Client(
            base_url=settings.rasa_url,
            timeout=60,
            trust_env=False,
            params={"token": stack.rasa_token},
        )

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connection."""
        self._http.close()

    def outcome(self, conversation_id: str, page: Page) -> Outcome:
        """Return the page together with what Rasa made of the last message."""
        tracker = self._tracker(conversation_id)
        last = _since_last_message(tracker.get("events") or [])
        parsed = (last[0].get("parse_data") or {}) if last else {}
        return Outcome(
            texts=page.texts,
            buttons=page.buttons,
            owner=page.owner,
            intent=(parsed.get("intent") or {}).get("name"),
            entities=[
                (str(e.get("entity")), str(e.get("value"))) for e in parsed.get("entities") or []
            ],
            actions=[str(e.get("name")) for e in last if e.get("event") == "action"],
            responses=responses_of(last),
            slots=tracker.get("slots") or {},
            form=(tracker.get("active_loop") or {}).get("name"),
        )

    def age(self, conversation_id: str, hours: float) -> None:
        """Move everything that was said so many hours into the past."""
        # Rasa's own interface appends events and never changes those that are stored
        seconds = hours * SECONDS_OF_AN_HOUR
        with closing(sqlite3.connect(self._database, timeout=10)) as connection, connection:
            stored = connection.execute(
                "SELECT id, data FROM events WHERE sender_id = ?", (conversation_id,)
            ).fetchall()
            connection.executemany(
                "UPDATE events SET timestamp = timestamp - ?, data = ? WHERE id = ?",
                [(seconds, self._older(data, seconds), number) for number, data in stored],
            )
            # a new number for the newest event: Rasa reads anew what it kept in memory
            connection.execute(
                "UPDATE events SET id = (SELECT max(id) + 1 FROM events)"
                " WHERE id = (SELECT max(id) FROM events WHERE sender_id = :id)",
                {"id": conversation_id},
            )

    def _older(self, sealed: str, seconds: float) -> str:
        """Return an event as it is stored, so many seconds older."""
        event = json.loads(self._keys.open(sealed, EVENT_PLACE))
        event["timestamp"] -= seconds
        return self._keys.seal(json.dumps(event), EVENT_PLACE)

    def _tracker(self, conversation_id: str) -> dict[str, Any]:
        answer = self._http.get(f"/conversations/{conversation_id}/tracker")
        answer.raise_for_status()
        tracker: dict[str, Any] = answer.json()
        return tracker


def seen_only(page: Page) -> Outcome:
    """Return what the page alone tells."""
    return Outcome(page.texts, page.buttons, page.owner, is_inspected=False)


def responses_of(events: Sequence[Mapping[str, Any]]) -> list[Response]:
    """Return what the bot says in events of Rasa's tracker, oldest first."""
    said, action = [], ""
    for event in events:
        if event.get("event") == "action":
            action = str(event.get("name") or "")
        elif event.get("event") == "bot":
            made = event.get("metadata") or {}
            name, answer = (str(made.get(key) or "") for key in ("utter_action", "answer"))
            said.append(Response(name, str(event.get("text") or ""), answer, action))
    return said


def utc_now() -> datetime:
    """Return the real time."""
    return datetime.now(timezone.utc)  # noqa: TID251 - an operator's command reads the real clock


def _since_last_message(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for index in range(len(events) - 1, -1, -1):
        if events[index].get("event") == "user":
            return events[index:]
    return []
