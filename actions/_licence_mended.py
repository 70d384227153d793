"""Answers what was just asked for the licence that one has, where another was named by mistake.

"说错了 我那个是小餐饮登记证 不是食品经营许可" doubts no answer and asks the same again.
"""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._beside import without_denied
from actions._faq_said import faqs_said
from actions._focus import on_matter, read_focus
from actions._history import last_responses, typed_before
from actions._matter_answer import say_answer
from actions._matter_faqs import AMONG_FEW, say_question
from actions._names import sure_matter
from actions._turn import Turn
from bot.domain.matters import Matter
from bot.services.matter_remarks import asks
from bot.services.remarks import is_correction

ANSWERED = "utter_matters_answer"
"""Response by which a matter was answered for."""


def answer_mended(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer the question just answered for the licence named now; no events for no slip."""
    is_free = turn.loop is None and turn.choice is None and ANSWERED in last_responses(turn)
    if not is_free or asks(turn.text) or not is_correction(turn.text):
        return []
    kept = without_denied(turn)
    names = [one.value for one in kept.entities if one.name == "matter"]
    meant = sure_matter(names[0]) if len(names) == 1 else None
    spoken = read_focus(turn)
    if meant is None or spoken.matter is None:
        return []
    _say_same(turn, spoken.matter, meant, say)
    return on_matter(meant, spoken.topic or "eligibility")


def _say_same(turn: Turn, before: Matter, meant: Matter, say: CollectingDispatcher) -> None:
    """Say for a matter what was answered before: its question that is nearest, else the topic."""
    typed = typed_before(turn) or ""
    said = [faq.question for faq in faqs_said(turn, (before, meant))]
    for text in (typed, *said):
        asked = app().question_finder.among(text, (meant,), AMONG_FEW) if text else None
        if asked is not None:
            say_question(turn, asked, say)
            return
    say_answer(read_focus(turn).topic or "eligibility", meant, say)
