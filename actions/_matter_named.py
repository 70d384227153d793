"""What is said when a text names a matter, but not what one wants to know of it."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions._focus import on_matter
from actions._names import sure_matter
from actions._turn import Turn


def offer_matter(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Offer the questions about the matter that the text names; no events when it names none."""
    named = turn.entity("matter") if turn.intent == "nlu_fallback" else None
    matter = sure_matter(named) if named else None
    if matter is None:
        return []
    say.utter_message(response="utter_matters_what_about", matter=matter.name)
    return on_matter(matter)
