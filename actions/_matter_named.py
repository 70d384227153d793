"""What is said when a text names a matter, but not what one wants to know of it."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._focus import on_matter
from actions._names import sure_matter
from actions._turn import ANSWER_INTENTS, Turn
from bot.services.remarks import asks_the_same_of, is_question


def offer_matter(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Offer the questions about the matter that the text names; no events when it names none."""
    named = turn.entity("matter") if turn.intent == "nlu_fallback" else None
    matter = sure_matter(named) if named else None
    if matter is not None:
        say.utter_message(response="utter_matters_what_about", matter=matter.name)
        return on_matter(matter)
    matter = sure_matter(turn.text) if _asks_of_a_situation(turn) else None
    if matter is None:
        return []
    purpose = app().matter_resolver.purpose(matter)
    say.utter_message(response="utter_matters_sounds_like", matter=matter.name, purpose=purpose)
    return on_matter(matter)


def _asks_of_a_situation(turn: Turn) -> bool:
    """Tell whether a question was not understood, or adds something: "要是再带住宿呢"."""
    is_refused = turn.intent in {"nlu_fallback", "out_of_scope"} and is_question(turn.text)
    return is_refused or (turn.intent in ANSWER_INTENTS and asks_the_same_of(turn.text))
