"""Answers one topic for the step of the plan that a text names: 刻章去哪刻, 验收要几天."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions._focus import on_matter, on_plan, read_focus
from actions._matter_answer import say_answer
from actions._matter_faqs import utter
from actions._names import sure_matter
from actions._planned import planned_matters
from actions._turn import Turn
from bot.documents.journey_answers import journey_answer
from bot.domain.matters import Matter
from bot.services.standing_asked import topic_of_step

MOST = 3
"""Steps that one word may name."""


def answer_named_step(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say the topic for the steps that a text names by their matter or by a part of their names.

    No events where it names none of the plan, or too many.
    """
    asked = topic_of_step(turn.text)
    journey = str(read_focus(turn).journey)
    if asked is None:
        return []
    name, topic = asked
    found = _named(name, turn, journey)
    if not 1 <= len(found) <= MOST:
        return []
    if len(found) == 1:
        say_answer(topic, found[0], say)
        return on_matter(found[0], topic)
    utter(journey_answer(topic, f"“{name}”", found), say)
    return on_plan(journey)


def _named(name: str, turn: Turn, journey: str) -> list[Matter]:
    planned = planned_matters({**turn.slots, "journey": journey})
    sure = sure_matter(name)
    if sure is not None:
        return [one for one in planned if one.id == sure.id]
    return [one for one in planned if any(name in said for said in (one.name, *one.aliases))]
