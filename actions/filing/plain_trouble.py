"""Answers paid haste and the fear of a low mark, whatever else a text names."""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.questions.worded import WordedService
from actions.steering.asides import say_service_question
from actions.turns.intent_groups import STORIES
from actions.turns.turn import Turn
from bot.services.words.plain_trouble import LOW_MARK, trouble_told

UNNAMED = "utter_review_unnamed"
"""Says that whoever was rated does not see by whom."""


def answer_plain_trouble(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer it before a case is looked for or a matter named; no events for anything else."""
    word = trouble_told(turn.text) if turn.loop is None and turn.choice is None else None
    faq = WordedService(word).faq if word is not None else None
    if faq is None:
        return []
    if word == LOW_MARK:
        say.utter_message(response=UNNAMED)
    say_service_question(faq, say)
    if word != LOW_MARK and turn.intent in STORIES:  # 窗口让我交三百加急费 合规矩不
        say.utter_message(response="utter_feedback_offer_after")
    return [SlotSet("focus", turn.slots.get("focus"))]
