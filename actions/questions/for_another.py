"""Answers who does something for somebody else whether that is allowed: 俺替俺爹办执照 中不."""

import re

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.questions.found_question import clear_question
from actions.questions.matter_faqs import utter
from actions.turns.focus import PLANNING, read_focus
from actions.turns.names import sure_matter
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer
from bot.domain.facts import Faq
from bot.services.words.any_matter import Point, is_shared_on
from bot.services.words.for_another import acts_for_another
from bot.services.words.request import is_of_deputy

_BEGINS = re.compile("照|注册|公司|开店|登记")
"""Speaks of registering a business."""

REGISTERS = "登记"
"""Stands in the legal kind of what a business begins with."""


def answer_for_another(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer it by the law of the matter that is meant; no events for no such question.

    Without a matter it is about registering where a business is begun, else about any licence. A
    question of the catalogue that is asked for sure goes before it.
    """
    faq = _of_deputy(turn) if turn.loop is None and turn.choice is None else None
    if faq is None or clear_question(turn) is not None:
        return []
    utter(faq_answer(faq), say)
    return [SlotSet("focus_topic", read_focus(turn).topic)]


def says_for_another(turn: Turn, say: CollectingDispatcher) -> bool:
    """Answer it between the questions of a plan, after which the open one follows again."""
    faq = _of_deputy(turn) if turn.loop in PLANNING and turn.choice is None else None
    if faq is not None:
        utter(faq_answer(faq), say)
    return faq is not None


def _of_deputy(turn: Turn) -> Faq | None:
    """Return the answer that the law has on it for what is meant, None for another question."""
    if not acts_for_another(turn.text):
        return None
    known = [
        one
        for one in app().catalogue.shared_questions
        if is_shared_on(one.faq.question, Point.PROXY)
    ]
    named = sure_matter(turn.entity("matter"))
    matter = read_focus(turn).matter if named is None and turn.loop is None else named
    if matter is not None:  # what its record tells of a deputy's papers is told by others
        has_paper = named is None and any(is_of_deputy(one.name) for one in matter.materials)
        return next((one.faq for one in known if one.holds_for(matter) and not has_paper), None)
    is_begun = turn.loop is not None or _BEGINS.search(turn.text) is not None
    is_begun |= turn.entity("industry") is not None
    registers = [one.faq for one in known if any(REGISTERS in kind for kind in one.kinds)]
    return next(iter(registers if is_begun else [one.faq for one in known]), None)
