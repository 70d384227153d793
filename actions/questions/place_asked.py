"""Answers for another place what was just answered, or where there it is done: 茌平的呢."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.changes.place_moved import districts_named
from actions.finding.matter_answer import say_answer
from actions.turns.focus import MATTER, on_matter, read_focus
from actions.turns.turn import Turn
from bot.services.words.place import asks_elsewhere, asks_where

PLACE = "place"

OTHERS = ("matter", "industry", "policy", "project_type", "material", "enterprise_type")


def answer_elsewhere(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer it and say what holds in that place; no events for anything else."""
    focus = read_focus(turn)
    is_free = turn.loop is None and turn.choice is None and turn.slots.get("focus") == MATTER
    named = districts_named(turn.text) if is_free and focus.matter is not None else []
    if len(named) != 1 or focus.matter is None or any(map(turn.entity, OTHERS)):
        return []
    place, before, behind = named[0]
    name = turn.text[len(before) : len(turn.text) - len(behind)]
    topic = PLACE if asks_where(turn.text) else focus.topic
    if topic is None or not asks_elsewhere(turn.text, name):
        return []
    say_answer(topic, focus.matter, say)
    say.utter_message(response="utter_matters_same_elsewhere", district=place.name)
    return on_matter(focus.matter, topic)
