"""Answers what the matters spoken of before the last one hold, where the last one holds nothing.

"先交钥匙入住行吗" behind the archives of a building is about its inspection, of which was spoken
before.
"""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.not_meant import not_meant
from actions.questions.matter_faqs import say_question
from actions.turns.focus import matter_in_focus, on_matter, read_focus
from actions.turns.history import slot_values, was_said
from actions.turns.turn import QUESTION_INTENTS, Turn
from bot.services.words.haste import without_haste
from bot.services.words.matter_remarks import asks

RECENT = 4
"""Matters spoken of last that may be meant."""

FITS, TOLD, SHORTEST = 0.3, 0.35, 6
"""How well a question of one of them, and what is told of it, must fit, and signs of a text that
says so much."""

OPEN = QUESTION_INTENTS | {"inform", "nlu_fallback", "out_of_scope"}
"""What the model takes such questions for."""

NAMES = ("matter", "industry", "enterprise_type", "policy", "project_type", "case_number")


def answer_before_last(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer a question of a matter spoken of before the last; no events for another text."""
    matter, text = matter_in_focus(turn), without_haste(turn.text)
    is_free = turn.loop is None and turn.choice is None and not read_focus(turn).is_plan
    is_free &= not any(map(turn.entity, NAMES)) and turn.intent in OPEN
    if matter is None or not is_free or len(text) < SHORTEST:
        return []
    known = dict.fromkeys(map(str, slot_values(turn, "matter_id")[-RECENT:]))
    excluded = {matter.id, *not_meant(turn)}
    before = [app().catalogue.matters[one] for one in known if one in app().catalogue.matters]
    meant = [one for one in before if one.id not in excluded]
    least = FITS if asks(text) else TOLD
    asked = app().question_finder.among(text, meant, least) if meant else None
    if asked is None or was_said(turn, asked.faq.answer):
        return []
    say_question(turn, asked, say)
    return on_matter(asked.matter, "eligibility")
