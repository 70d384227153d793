"""A value that was proposed ("您说的是周一吗？"), so that a yes to it means it."""

from typing import Any

from rasa_sdk.events import EventType, SlotSet

from actions.forms.question import Problem, Question
from actions.turns.history import previous_message_id
from actions.turns.turn import Turn
from bot.services.reading.answers import read_yes_no
from bot.services.words.form_remarks import leaves_to_us

PROPOSAL = "proposal"
"""Slot: an answer that was read back as a question, with the message it was made on."""


def propose(turn: Turn, problem: Problem) -> list[EventType]:
    """Return the event that keeps what a problem proposes; none when it proposes nothing."""
    if problem.proposes is None:
        return []
    slot, value = problem.proposes
    return [SlotSet(PROPOSAL, {"slot": slot, "value": value, "made": turn.message_id})]


def pending(turn: Turn, slot: str) -> Any:
    """Return the value of a slot that was proposed right before this message; None for none."""
    raw = turn.slots.get(PROPOSAL)
    if not isinstance(raw, dict) or raw.get("made") != previous_message_id(turn):
        return None
    return raw["value"] if raw.get("slot") == slot else None


def taken_proposal(turn: Turn, opened: Question | None) -> dict[str, Any]:
    """Return the answer proposed right before this message when the message takes it."""
    raw = turn.slots.get(PROPOSAL)
    if not isinstance(raw, dict) or raw.get("made") != previous_message_id(turn):
        return {}
    if opened is not None and opened.yes_no:
        return {}
    is_taken = read_yes_no(turn.text, turn.intent) is True or leaves_to_us(turn.text)
    return {str(raw["slot"]): raw["value"]} if is_taken else {}
