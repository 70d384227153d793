"""Trackers as Rasa sends them to the action server, for tests of actions."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher


def message(
    text: str,
    intent: str = "inform",
    confidence: float = 0.95,
    entities: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """Return a parsed user message."""
    return {
        "text": text,
        "intent": {"name": intent, "confidence": confidence},
        "entities": entities or [],
    }


def entity(name: str, value: str) -> dict[str, Any]:
    """Return an entity found in a text."""
    return {"entity": name, "value": value, "start": 0, "end": len(value)}


def pressed(choice: str) -> dict[str, Any]:
    """Return the message of a pressed button."""
    text = f'/inform{{"choice": "{choice}"}}'
    return message(text, "inform", 1.0, [entity("choice", choice)])


def tracker(
    said: dict[str, Any],
    *,
    form: str | None = None,
    requested: str | None = None,
    slots: dict[str, Any] | None = None,
    after_action: str | None = None,
    message_id: int = 7,
) -> Tracker:
    """Return the tracker of one turn.

    Args:
        said: The user's message.
        form: The form that is open, whose own action Rasa appends.
        requested: Slot whose question is open.
        slots: Other slots.
        after_action: Another action that ran after the message (a digression).
        message_id: The hub's id of the message.
    """
    events: list[dict[str, Any]] = [
        {"event": "action", "name": "action_listen"},
        {"event": "user", **said, "metadata": {"message_id": message_id}},
    ]
    if after_action:
        events.append({"event": "action", "name": after_action})
    if form:
        events += [
            {"event": "slot", "name": "requested_slot", "value": requested},
            {"event": "action", "name": form},
        ]
    return Tracker(
        sender_id="conversation-1",
        slots={**(slots or {}), "requested_slot": requested},
        latest_message=said,
        events=events,
        paused=False,
        followup_action=None,
        active_loop={"name": form} if form else {},
        latest_action_name=form,
    )


def responses(say: CollectingDispatcher) -> list[str]:
    """Return the names of the responses that were uttered, in order."""
    return [str(m["response"]) for m in say.messages if m.get("response")]


def slots_set(events: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the slots that the events set, the last value of each."""
    return {e["name"]: e["value"] for e in events if e.get("event") == "slot"}
