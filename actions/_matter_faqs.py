"""Answers with a question of the catalogue that the message asks: "提前多久续", "得先注销吗"."""

from collections.abc import Iterable, Sequence

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._turn import Turn
from bot.documents.matter_text import MatterAnswer, faq_answer, validity_answer
from bot.domain.facts import Faq
from bot.domain.matters import Matter
from bot.services.matter_faqs import asks_validity, fitting_faq, says_more
from bot.services.question_finder import NEAR_SCORE

BY_ITSELF = 0.25
"""How well a question must fit to be answered in place of the topic that the model heard."""

HEARD = 0.6
"""From this confidence on a topic that the model heard is answered, with a question beside it."""

_BY_WORDS = frozenset({"materials", "fee", "time_limit", "place", "procedure"})
"""Topics that have words of their own; without one, a question of the catalogue comes first."""


def question_among(text: str, matters: Iterable[Matter], least: float = NEAR_SCORE) -> Faq | None:
    """Return the question of some matters that a text asks, in any words; None for none."""
    known = list(matters)
    faq = fitting_faq(text, known)
    if faq is not None:
        return faq
    asked = app().question_finder.among(text, known, least)
    return asked.faq if asked is not None else None


def faq_instead(turn: Turn, topic: str, matters: Sequence[Matter]) -> Faq | None:
    """Return the question that is asked, rather than the topic that the model heard.

    "得先清税不" sounds a little like a question of cost. None where the topic is asked for.
    """
    is_heard = turn.confidence >= HEARD or topic in app().dialogue_words.topics_in(turn.text)
    if topic not in _BY_WORDS or is_heard:
        return None
    return question_among(turn.text, matters, BY_ITSELF)


def say_faq(turn: Turn, matter: Matter, said: str, say: CollectingDispatcher) -> None:
    """Add what the catalogue says to just this question, beside the answer on its topic.

    Args:
        turn: The message.
        matter: The matter that it is about.
        said: What was answered already, so that nothing is said twice.
        say: Where it is said.
    """
    words = [word for said in app().dialogue_words.topics.values() for word in said]
    faq = fitting_faq(turn.text, (matter,))
    if faq is None and says_more(turn.text, matter, words):
        faq = question_among(turn.text, (matter,))
    made = faq_answer(faq) if faq is not None and faq.answer not in said else None
    if made is None and asks_validity(turn.text):
        made = validity_answer(matter)
    if made is not None:
        utter(made, say)


def utter(made: MatterAnswer, say: CollectingDispatcher) -> None:
    """Say an answer with its source."""
    say.utter_message(response="utter_matters_answer", answer=made.text, source=made.source)
