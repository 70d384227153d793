"""Answers a question between those of a form as the rules would, so that more can be done."""

from collections.abc import Sequence

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.turns.intent_actions import INTENT_ACTIONS
from actions.turns.registry import action_named
from actions.turns.turn import Turn

OPEN = "requested_slot"
"""The slot that alone is set where a form leaves a message to the rules."""


def left_to_rules(turn: Turn) -> list[EventType]:
    """Return what leaves a message to the rules: the open question, and no other slot."""
    return [SlotSet(OPEN, turn.requested)]


def is_left_to_rules(done: Sequence[EventType]) -> bool:
    """Tell whether a form did nothing with a message but keep its question open."""
    return all(event.get("name") == OPEN for event in done)


def answered_by_rule(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Do what the rules do for a question; None, and nothing said, where that opens a form."""
    n_said = len(say.messages)
    events = action_named(INTENT_ACTIONS[turn.intent]).act(turn, say)
    if any(event.get("event") != "slot" for event in events):
        del say.messages[n_said:]
        return None
    return events
