"""Rasa's replies, and its tracker, turned into lines that people see. Pure functions."""

import mimetypes
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.conversations import Attachment, Button, Reply
from bot.domain.learning import GuessPressed, Misread
from bot.hub.lessons import read_lesson

DEFAULT_HANDOFF_REASON = "asked"
PERSONAL = "personal"
"""Type of the mark that stands before a question for personal data."""

HIDDEN_SLOTS = frozenset({"requested_slot", "session_started_metadata"})
"""Slots of Rasa itself, of no use to an agent."""


@dataclass(frozen=True)
class Answer:
    """What the bot says to one message.

    Attributes:
        handoff_reason: Set when it asks for a person.
        lesson: What there is to learn from the message.
        personal_from: Position of the first reply that asks for personal data, None for none.
        may_leave_out: What it asks for may be left out.
    """

    replies: tuple[Reply, ...] = ()
    handoff_reason: str | None = None
    lesson: Misread | GuessPressed | None = None
    personal_from: int | None = None
    may_leave_out: bool = False

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to say and nothing to do."""
        return not self.replies and self.handoff_reason is None


def read_answer(items: Iterable[Mapping[str, Any]]) -> Answer:
    """Return the answer in the list that Rasa's REST channel gives.

    Attachments that come alone belong to the line before them. Unknown `custom` payloads are
    skipped: a newer dialogue must not silence an older hub.
    """
    replies: list[Reply] = []
    reason: str | None = None
    lesson: Misread | GuessPressed | None = None
    personal: int | None = None
    may_leave_out = False
    for item in items:
        custom = item.get("custom") or {}
        attachments = _attachments(item, custom)
        text = (item.get("text") or "").strip()
        buttons = _buttons(item.get("buttons") or ())
        if text or buttons:
            replies.append(Reply(text=text, buttons=buttons, attachments=attachments))
        elif attachments and replies:
            last = replies[-1]
            replies[-1] = replace(last, attachments=(*last.attachments, *attachments))
        elif attachments:
            replies.append(Reply(text="", attachments=attachments))
        if custom.get("type") == PERSONAL and personal is None:
            personal, may_leave_out = len(replies), bool(custom.get("optional"))
        if custom.get("type") == "handoff":
            reason = str(custom.get("reason") or DEFAULT_HANDOFF_REASON)[:40]
        lesson = lesson or read_lesson(custom)
    return Answer(tuple(replies), reason, lesson, personal, may_leave_out)


def visible_slots(slots: Mapping[str, Any]) -> dict[str, object]:
    """Return the filled slots that mean something to an agent."""
    return {
        name: value
        for name, value in slots.items()
        if value is not None and name not in HIDDEN_SLOTS and not name.startswith("_")
    }


def _buttons(raw: Iterable[Mapping[str, Any]]) -> tuple[Button, ...]:
    return tuple(
        Button(title=str(entry["title"]), payload=str(entry["payload"]))
        for entry in raw
        if entry.get("title") and entry.get("payload")
    )


def _attachments(item: Mapping[str, Any], custom: Mapping[str, Any]) -> tuple[Attachment, ...]:
    offered = (custom.get("items") or ()) if custom.get("type") == "attachments" else ()
    found = [
        Attachment(
            title=str(entry.get("title") or entry["url"]),
            url=str(entry["url"]),
            media_type=str(entry.get("media_type") or _media_type(entry["url"])),
        )
        for entry in offered
    ]
    found.extend(
        Attachment(
            title=item[key].rsplit("/", 1)[-1], url=item[key], media_type=_media_type(item[key])
        )
        for key in ("image", "attachment")
        if isinstance(item.get(key), str)
    )
    return tuple(found)


def _media_type(url: str) -> str:
    return mimetypes.guess_type(url)[0] or "text/html"
