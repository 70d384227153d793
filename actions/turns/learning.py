"""Tells the hub which messages were not understood; the hub keeps them beside the turn.

What is said here goes along as a payload without words, in the same answer as the reply.
"""

import re
from collections.abc import Sequence
from typing import Any

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.turns.history import previous_message_id
from actions.turns.intent_actions import INTENT_ACTIONS
from actions.turns.turn import ANSWER_INTENTS, Turn

MISREAD = "misread"
GUESS_PRESSED = "guess_pressed"
"""Types of the payload."""

UNSURE = 0.5
"""An intent with less confidence was a lucky guess, if it was right."""

FAILURES = 2
"""From this many useless answers in a row on, a form has not understood."""

MOST_CANDIDATES = 5

_PERSONAL = re.compile(r"name|person|phone|contact|owner|legal|id_number|credit|address|code")
"""Slots whose answers name somebody; what is typed there is never kept."""


def note(action: str, turn: Turn, events: Sequence[EventType], say: CollectingDispatcher) -> None:
    """Add the payload when the message, or a pressed guess, is something to learn from."""
    payload = _pressed(turn) if not turn.text else _misread(action, turn, events, say)
    if payload is not None:
        say.utter_message(json_message=payload)


def _misread(
    action: str, turn: Turn, events: Sequence[EventType], say: CollectingDispatcher
) -> dict[str, Any] | None:
    reason = _reason(action, turn, events, say)
    if reason is None or _PERSONAL.search(turn.requested or ""):
        return None
    ranking = [pair for pair in turn.ranking if pair[0] != "nlu_fallback"][:MOST_CANDIDATES]
    return {
        "type": MISREAD,
        "reason": reason,
        "form": turn.loop or "",
        "question": turn.requested or "",
        "candidates": [[name, round(sure, 4)] for name, sure in ranking],
    }


def _reason(
    action: str, turn: Turn, events: Sequence[EventType], say: CollectingDispatcher
) -> str | None:
    slots = {one.get("name"): one.get("value") for one in events if one.get("event") == "slot"}
    if slots.get("misunderstood"):
        said = {message.get("response") for message in say.messages}
        return "guessed" if "utter_common_did_you_mean" in said else "fallback"
    if float(slots.get("form_failures") or 0.0) >= FAILURES:
        return "form"
    if action == "action_start_dispute" and turn.intent == "dispute_answer":
        return "disputed"
    is_taken = turn.intent in INTENT_ACTIONS and turn.intent not in ANSWER_INTENTS
    return "unsure" if turn.loop is None and is_taken and turn.confidence < UNSURE else None


def _pressed(turn: Turn) -> dict[str, Any] | None:
    """Return what was pressed right after guesses were shown."""
    raw = turn.slots.get("misunderstood")
    of = raw.get("message") if isinstance(raw, dict) else None
    if of is None or of != previous_message_id(turn):
        return None
    chosen = "=".join(turn.choice) if turn.choice else turn.intent
    return {"type": GUESS_PRESSED, "of": of, "chosen": chosen}
