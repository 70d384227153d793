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

AMONG_FEW = 0.12
"""How well a question must fit where two or three matters may be meant."""

BY_ITSELF = 0.2
"""How well one must fit where all matters of a plan may be meant."""


CLEAR = 0.18
"""A question that fits this well is meant, whatever words another one shares."""


def questions_among(
    text: str, matters: Iterable[Matter], least: float = NEAR_SCORE
) -> tuple[Faq, ...]:
    """Return the question of some matters that a text asks, in any words, and one as near.

    What was learnt goes before words that a question shares: "必须" alone tells little.
    """
    known = list(matters)
    asked = app().question_finder.among(text, known, min(least, CLEAR))
    if asked is None or asked.score < CLEAR:
        faq = fitting_faq(text, known)
        if faq is not None:
            return (faq,)
    if asked is None or asked.score < least:
        return ()
    return (asked.faq, asked.close) if asked.close is not None else (asked.faq,)


def says_question_among(
    text: str, matters: Iterable[Matter], say: CollectingDispatcher, least: float = NEAR_SCORE
) -> bool:
    """Answer the question of some matters that a text asks; False for none."""
    found = questions_among(text, matters, least)
    for faq in found:
        utter(faq_answer(faq), say)
    return bool(found)


def answer_among(
    turn: Turn, matters: Sequence[Matter], topic: str | None, say: CollectingDispatcher
) -> list[EventType]:
    """Answer the question that the catalogue holds on one of a few matters; no events for none.

    So that one need not choose among them first: the question tells which is meant.
    """
    asked = app().question_finder.among(turn.text, matters, AMONG_FEW)
    if asked is None or not asks(turn.text):
        return []
    for faq in (asked.faq, asked.close):
        if faq is not None:
            utter(faq_answer(faq), say)
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
    near = fitting_faq(turn.text, (matter,))
    faqs: tuple[Faq, ...] = (near,) if near is not None else ()
    if near is None and says_more(turn.text, matter, words):
        faqs = questions_among(turn.text, (matter,))
    made = [faq_answer(faq) for faq in faqs if faq.answer not in said]
    if not made and asks_validity(turn.text):
        made = [answer for answer in (validity_answer(matter),) if answer is not None]
    for answer in made:
        utter(answer, say)


def utter(made: MatterAnswer, say: CollectingDispatcher) -> None:
    """Say an answer with its source."""
    say.utter_message(response="utter_matters_answer", answer=made.text, source=made.source)
