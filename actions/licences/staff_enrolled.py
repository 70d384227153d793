"""Says by when people who were hired must be enrolled: 雇了俩人 社保啥时候给上."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.questions.worded import Worded
from actions.turns.turn import Turn
from bot.services.words.enrolment import asks_by_when_enrolled

BY_WHEN = Worded("si-employer", "几天内要参保")
BEGINS = frozenset({"start_business", "plan_project"})


def answer_by_when_enrolled(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer it, whatever the model takes it for; no events for another text."""
    is_free = turn.choice is None and turn.intent not in BEGINS
    if not is_free or not asks_by_when_enrolled(turn.text):
        return []
    return BY_WHEN.say(say, turn)
