"""Answers what a stall with food wants, whatever its trade wants in rooms: 夜市支个摊烤冷面."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._focus import matter_in_focus, on_matter
from actions._history import was_said
from actions._matter_faqs import utter
from actions._turn import Turn
from bot.documents.matter_text import faq_answer
from bot.domain.facts import Faq
from bot.services.stall_words import sells_food_at_stall

STALL_OF, STALL = "lic-small-catering", "街边摊"
"""Matter, and word of its question, that says where a stall with food is filed."""

PLACE = "place"
LONGEST = 8
"""Signs of a question of the place that names nothing else: 去哪办."""


def answer_stall(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer it before a journey begins, and where it is filed right behind; else no events."""
    if turn.loop is not None or turn.choice is not None:
        return []
    known = app().catalogue.matter(STALL_OF)
    faq = next((one for one in known.faqs if STALL in one.question), None)
    if faq is None or not (sells_food_at_stall(turn.text) or _asks_where(turn, faq)):
        return []
    utter(faq_answer(faq, known), say)
    return on_matter(known, "eligibility")


def _asks_where(turn: Turn, faq: Faq) -> bool:
    """Tell whether the place is asked for right behind the answer, which says it."""
    spoken = matter_in_focus(turn)
    is_behind = spoken is not None and spoken.id == STALL_OF and was_said(turn, faq.answer)
    is_short = len(turn.text) <= LONGEST and not turn.entities
    return is_behind and is_short and PLACE in app().dialogue_words.topics_in(turn.text)
