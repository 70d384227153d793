"""Answers what is told to be lost beside what is talked about.

照早不知道塞哪了, behind the end of a business, and 戳子也一块不见了, behind a lost licence.
"""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.questions.matter_faqs import to_be_named, utter
from actions.turns.focus import matter_in_focus, on_matter
from actions.turns.history import was_said
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer
from bot.domain.matters import Matter
from bot.services.words.any_matter import Point, is_of_point
from bot.services.words.loss import Lost, lost_thing

SEALS, LICENCE = "biz-seal", "执照"
"""Matter of the seals, and word of a question on a lost licence."""

LONGEST = 16
"""Signs of what tells no more than that."""


def answer_lost(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer the question on it, of the matter spoken of or of seals; no events for no loss."""
    spoken = matter_in_focus(turn)
    is_free = turn.loop is None and turn.choice is None and len(turn.text) <= LONGEST
    lost = lost_thing(turn.text) if is_free and spoken is not None else None
    if lost is None or spoken is None:
        return []
    matter = app().catalogue.matter(SEALS) if lost is Lost.SEAL else spoken
    return _say_lost(turn, matter, lost, say)


def _say_lost(turn: Turn, matter: Matter, lost: Lost, say: CollectingDispatcher) -> list[EventType]:
    known = [one for one in matter.faqs if is_of_point(one.question, Point.LOST)]
    known = [one for one in known if lost is Lost.SEAL or LICENCE in one.question]
    if not known or was_said(turn, known[0].answer):
        return []
    utter(faq_answer(known[0], to_be_named(turn, matter)), say)
    return on_matter(matter, "procedure")
