"""Answers one topic for the step of the plan that a text names: 刻章去哪刻, 验收要几天."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_answer import say_answer
from actions.plans.planned import planned_matters, planned_steps
from actions.plans.stands import say_step_days
from actions.questions.matter_faqs import utter
from actions.turns.focus import on_matter, on_plan, read_focus
from actions.turns.names import sure_matter
from actions.turns.turn import Turn
from bot.documents.journey_answers import journey_answer
from bot.domain.matters import Matter
from bot.services.words.standing_asked import topic_of_step

DAYS = "days"
"""Topic of which the plan itself speaks: when a step is."""

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
    if topic == DAYS:
        steps = planned_steps({**turn.slots, "journey": journey})
        own = [one for one in steps if one.matter in found and not one.is_done]
        for step in own[:MOST]:
            say_step_days(step, steps, say)
        return on_plan(journey) if own else []
    if len(found) == 1:
        say_answer(topic, found[0], say)
        return on_matter(found[0], topic)
    utter(journey_answer(topic, f"“{name}”", found), say)
    return on_plan(journey)


def _named(name: str, turn: Turn, journey: str) -> list[Matter]:
    planned = planned_matters({**turn.slots, "journey": journey})
    sure = sure_matter(name)
    own = [one for one in planned if sure is not None and one.id == sure.id]
    if own or (sure is not None and name not in app().dialogue_words.broad):
        return own
    called = [one for one in planned if name in one.name]
    return called or [one for one in planned if any(name in said for said in one.aliases)]
