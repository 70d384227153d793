"""One answer about a matter, and which question a text most likely asks about it."""

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.freezes import warn_frozen
from actions.turns.turn import QUESTION_INTENTS, Turn
from bot.documents.matter_text import answer as matter_answer
from bot.domain.matters import Matter
from bot.services.words.matter_remarks import asks, asks_permission, asks_to_found

_PREFIX = "ask_"


def say_answer(topic: str, matter: Matter, say: CollectingDispatcher) -> None:
    """Say one answer with its source and what may be asked next."""
    made = matter_answer(topic, matter)
    say.utter_message(response="utter_matters_answer", answer=made.text, source=made.source)
    warn_frozen([matter.id], say)


def likely_topic(turn: Turn) -> str | None:
    """Return the topic that a question asks whose intent is not clear; None for no question.

    Its words tell it ("多少钱"), or else the likeliest of the questions that the model weighed.
    """
    if not asks(turn.text):
        return None
    by_words = app().dialogue_words.topics_in(turn.text)
    if by_words:
        return by_words[0]
    if asks_permission(turn.text) or asks_to_found(turn.text):
        return "eligibility"
    weighed = (name for name, _ in turn.ranking if name in QUESTION_INTENTS)
    found = next(weighed, None)
    is_of_matter = found is not None and found != "ask_office_hours"
    return found.removeprefix(_PREFIX) if found and is_of_matter else None
