"""Reads what Rasa made of a message long ago out of its SQLite file of trackers."""

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.sealing import DataKeys
from bot.store.key_rotation import EVENT_PLACE


@dataclass(frozen=True)
class Said:
    """What came of one message, then or now."""

    intent: str | None
    actions: tuple[str, ...]
    reply: str


def recorded(path: Path, conversation_id: str, message_id: str, keys: DataKeys) -> Said | None:
    """Return what came of a message; None when the tracker does not know it.

    Args:
        path: Rasa's file; it is only read.
        conversation_id: The sender.
        message_id: The hub's id of the message.
        keys: Open the events.
    """
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)) as connection:
        rows = connection.execute(
            "SELECT data FROM events WHERE sender_id = ? ORDER BY id", (conversation_id,)
        ).fetchall()
    return _turn([json.loads(_opened(row[0], keys)) for row in rows], message_id)


def _opened(event: str, keys: DataKeys) -> str:
    """Return an event; those from before events were sealed are JSON as they are."""
    return event if event.startswith("{") else keys.open(event, EVENT_PLACE)


def _turn(events: list[dict[str, Any]], message_id: str) -> Said | None:
    found: list[dict[str, Any]] = []
    for event in events:
        if event.get("event") == "user":
            if found:
                break
            if str((event.get("metadata") or {}).get("message_id")) == message_id:
                found.append(event)
        elif found:
            found.append(event)
    if not found:
        return None
    intent = ((found[0].get("parse_data") or {}).get("intent") or {}).get("name")
    return Said(
        intent=intent,
        actions=tuple(str(e.get("name")) for e in found if e.get("event") == "action"),
        reply="\n".join(str(e.get("text")) for e in found if e.get("event") == "bot"),
    )
