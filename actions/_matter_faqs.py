"""Answers with a question of the catalogue that the message asks: "提前多久续", "得先注销吗"."""

from collections.abc import Iterable, Sequence

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._focus import on_matter
from actions._turn import Turn
from bot.documents.matter_text import MatterAnswer, faq_answer, validity_answer
from bot.domain.facts import Faq
from bot.domain.matters import Matter
from bot.services.matter_faqs import asks_validity, fitting_faq, says_more
from bot.services.matter_remarks import asks
from bot.services.question_finder import NEAR_SCORE

AMONG_FEW = 0.2
"""How well a question must fit where two or three matters may be meant."""

BY_ITSELF = 0.35
"""How well one must fit where all matters of a plan may be meant."""


CLEAR = 0.3
"""A question that fits this well is meant, whatever words another one shares."""


def question_among(text: str, matters: Iterable[Matter], least: float = NEAR_SCORE) -> Faq | None:
    """Return the question of some matters that a text asks, in any words; None for none.

    What was learnt goes before words that a question shares: "必须" alone tells little.
    """
    known = list(matters)
    asked = app().question_finder.among(text, known, min(least, CLEAR))
    if asked is not None and asked.score >= CLEAR:
        return asked.faq
    faq = fitting_faq(text, known)
    if faq is not None:
        return faq
    return asked.faq if asked is not None and asked.score >= least else None


def answer_among(
    turn: Turn, matters: Sequence[Matter], topic: str | None, say: CollectingDispatcher
) -> list[EventType]:
    """Answer the question that the catalogue holds on one of a few matters; no events for none.

    So that one need not choose among them first: the question tells which is meant.
    """
    asked = app().question_finder.among(turn.text, matters, AMONG_FEW)
    if asked is None or not asks(turn.text):
        return []
    utter(faq_answer(asked.faq), say)
    return on_matter(asked.matter, topic or "eligibility")


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
