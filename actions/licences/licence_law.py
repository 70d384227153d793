"""Answers from the law of all licences what is asked beside a case or a complaint.

"法律规定几天必须给结果" while a case is looked for, "他们这样合规不" in a complaint that papers
were asked for one by one, "超了能告他不" after how long a licence takes.
"""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.questions.matter_faqs import utter
from actions.turns.focus import read_focus
from actions.turns.history import texts_before
from actions.turns.turn import Turn
from bot.documents.matter_text import answer as matter_answer
from bot.documents.matter_text import faq_answer
from bot.domain.facts import Faq
from bot.domain.matters import Matter
from bot.services.words.licence_law import (
    AT_ONCE,
    LATE,
    TO_SUE,
    asks_if_lawful,
    asks_late,
    asks_to_sue,
    tells_piecemeal,
)
from bot.services.words.matter_remarks import asks

LOOKS_UP = "case_form"
FITS = 0.55
"""From this score on a question about all matters is meant, and not that law."""

COMPLAINS = frozenset({"feedback_form", "whistle_form"})


def answer_law(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer what is asked of that law where no form is open; no events for nothing."""
    is_told = turn.loop is None and says_law(turn, say)
    return [SlotSet("focus_topic", read_focus(turn).topic)] if is_told else []


def says_law(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say what that law holds, for the matter that is spoken of; False when it is not asked."""
    if turn.choice is not None or turn.entity("matter") or not asks(turn.text):
        return False
    matter = read_focus(turn).matter
    if turn.loop == LOOKS_UP and asks_late(turn.text) and matter is not None:
        made = matter_answer("time_limit", matter)
        say.utter_message(response="utter_matters_answer", answer=made.text, source=made.source)
        return True
    faq = _asked(turn, matter)
    if faq is not None:
        utter(faq_answer(faq), say)
    return faq is not None


def _asked(turn: Turn, matter: Matter | None) -> Faq | None:
    is_late = asks_late(turn.text) and (turn.loop == LOOKS_UP or (not turn.loop and not matter))
    is_late = is_late and not _asks_of_service(turn)
    question = None
    if turn.loop in COMPLAINS:
        question = AT_ONCE if asks_if_lawful(turn.text) and _was_piecemeal(turn) else None
    elif is_late:
        question = LATE
    elif asks_to_sue(turn.text):
        question = TO_SUE
    known = (one for one in app().catalogue.shared_questions if one.faq.question == question)
    return next((one.faq for one in known if matter is None or one.holds_for(matter)), None)


def _asks_of_service(turn: Turn) -> bool:
    """Tell whether another question fits for sure: 机关欠小企业的钱 按规定多少天内得给."""
    asked = app().service_finder.asked(turn.text)
    return asked is not None and asked.faq is not None and asked.score >= FITS


def _was_piecemeal(turn: Turn) -> bool:
    """Tell whether it was told that papers were asked for one by one."""
    told = str(turn.slots.get("feedback_text") or turn.slots.get("whistle_description") or "")
    return any(map(tells_piecemeal, (told, *texts_before(turn))))
