"""Answers between the questions of a booking or a story what is asked of any procedure.

"俺孩子替俺去窗口中不" chooses no way to be helped, and "他们是不是该一回说清啊" tells no telephone.
"""

import re

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.forms.question import Question
from actions.questions.matter_faqs import utter
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer
from bot.domain.facts import Faq
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import clauses
from bot.services.words.request import goes_instead, is_of_deputy

FITS, OF_DEPUTY = 0.45, 0.3
"""How well a question must fit, and one on who goes instead where somebody else is sent."""

_OF_NUMBER = re.compile("电话|手机|号码|信用代码")
"""Asks what is wanted of oneself here, and of no procedure."""

FORMS = frozenset({"booking_form", "case_form", "feedback_form", "whistle_form"})


def says_shared_inside(turn: Turn, opened: Question | None, say: CollectingDispatcher) -> bool:
    """Answer such a question, after which the open one follows again; False for none."""
    is_story = opened is not None and opened.free_text
    if turn.loop not in FORMS or turn.choice is not None or is_story:
        return False
    if _OF_NUMBER.search(turn.text) is not None:
        return False  # 要我电话干什么呀，会不会有骗子
    found = (_asked(part) for part in clauses(turn.text) if asks(part))
    faq = next(filter(None, found), None)
    if faq is None:
        return False
    utter(faq_answer(faq), say)
    return True


def _asked(part: str) -> Faq | None:
    asked = app().shared_finder.asked(part, None)
    if asked is None:
        return None
    is_deputy = goes_instead(part) and is_of_deputy(asked.faq.answer)
    return asked.faq if asked.score >= (OF_DEPUTY if is_deputy else FITS) else None
