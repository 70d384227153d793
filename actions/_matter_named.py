"""What is said when a text names a matter, but not what one wants to know of it."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._focus import on_matter
from actions._names import sure_matter
from actions._turn import ANSWER_INTENTS, Turn
from bot.domain.matters import Matter
from bot.services.matter_remarks import asks_something
from bot.services.remarks import asks_the_same_of

HALF_SURE = 0.7
"""Below this confidence a text that the model takes for out of scope may be about a matter."""

SURE_OUT = 0.95
"""Up to this confidence it may where a word of it points to the matter."""


def offer_matter(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Offer the questions about the matter that the text names; no events when it names none."""
    named = turn.entity("matter") if turn.intent == "nlu_fallback" else None
    matter = sure_matter(named) if named else None
    if matter is not None:
        say.utter_message(response="utter_matters_what_about", matter=matter.name)
        return on_matter(matter)
    matter = matter_after_all(turn)
    if matter is None:
        return []
    purpose = app().matter_resolver.purpose(matter)
    say.utter_message(response="utter_matters_sounds_like", matter=matter.name, purpose=purpose)
    return on_matter(matter)


def matter_after_all(turn: Turn) -> Matter | None:
    """Return the matter that a question means for sure which the model half took for none.

    "水电气暖能一块报装吗" names none, and is about one all the same; so is what adds something
    ("要是再带住宿呢").
    """
    if turn.intent in ANSWER_INTENTS and asks_the_same_of(turn.text):
        return sure_matter(turn.text)
    if turn.intent not in {"nlu_fallback", "out_of_scope"} or not asks_something(turn.text):
        return None
    matter = sure_matter(turn.text)
    if matter is None or turn.confidence < HALF_SURE:
        return matter
    if turn.confidence > SURE_OUT:
        return None
    return matter if app().matter_resolver.is_pointed_at(matter, turn.text) else None
