"""Begins with a business that is told by what is done in it: 家里有个院空着 想拾掇拾掇让人住."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.turns.intent_groups import STORIES
from actions.turns.registry import action_named
from actions.turns.requests import Request
from actions.turns.turn import ANSWER_INTENTS, Entity, Turn
from bot.services.words.opening_told import opening_told

STARTS = "start_business"

UNHEARD = STORIES | ANSWER_INTENTS | {"nlu_fallback", "out_of_scope", "suggest", "chitchat"}
"""What the model takes such a story for: none of ours, a statement, or a whistle."""


def begins_told(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Begin with it where the model heard no such wish; no events for anything else."""
    is_free = turn.loop is None and turn.choice is None and turn.intent in UNHEARD
    word = opening_told(turn.text) if is_free else None
    if word is None:
        return []
    kept = tuple(one for one in turn.entities if one.name not in {"industry", "matter"})
    wanted = Request(STARTS, f"{turn.text}，开{word}", (*kept, Entity("industry", word, 0, 0)))
    return action_named("action_start_business").act(wanted.turn(turn), say)
