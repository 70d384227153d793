"""Says what holds on a point for all matters of a legal kind: 不干了，证要注销吗."""

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._matter_faqs import utter
from bot.documents.matter_text import faq_answer
from bot.domain.matters import Matter
from bot.services.any_matter_words import Point, is_shared_on


def says_shared(matter: Matter, point: Point, say: CollectingDispatcher) -> bool:
    """Say what holds on a point for all matters of a legal kind; False where nothing does."""
    shared = app().catalogue.shared_questions
    known = [q.faq for q in shared if q.holds_for(matter) and is_shared_on(q.faq.question, point)]
    for faq in known:
        utter(faq_answer(faq), say)
    return bool(known)


def says_of_all(point: Point, say: CollectingDispatcher) -> bool:
    """Say what is told on a point first, where no matter is meant; False where nothing is."""
    shared = (q.faq for q in app().catalogue.shared_questions)
    first = next((faq for faq in shared if is_shared_on(faq.question, point)), None)
    if first is not None:
        utter(faq_answer(first), say)
    return first is not None
