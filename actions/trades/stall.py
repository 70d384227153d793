"""Answers what a stall with food wants, whatever its trade wants in rooms: 夜市支个摊烤冷面."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.questions.worded import Worded
from actions.turns.focus import matter_in_focus
from actions.turns.history import was_said
from actions.turns.turn import Turn
from bot.services.words.stall import sells_food_at_stall

STALL = Worded("lic-small-catering", "街边摊")
"""Says what a stall with food wants, and where it is filed."""

PLACE = "place"
LONGEST = 8
"""Signs of a question of the place that names nothing else: 去哪办."""


def answer_stall(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer it before a journey begins, and where it is filed right behind; else no events."""
    if turn.loop is not None or turn.choice is not None:
        return []
    is_meant = sells_food_at_stall(turn.text) or _asks_where(turn)
    return STALL.say(say) if is_meant else []


def _asks_where(turn: Turn) -> bool:
    """Tell whether the place is asked for right behind the answer, which says it."""
    spoken, faq = matter_in_focus(turn), STALL.faq
    is_behind = faq is not None and spoken == STALL.matter and was_said(turn, faq.answer)
    is_short = len(turn.text) <= LONGEST and not turn.entities
    return is_behind and is_short and PLACE in app().dialogue_words.topics_in(turn.text)
