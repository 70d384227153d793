"""Begins the plan of a project of which it is asked, with its sizes, if it is a small one."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.projects.low_risk import asks_if_low_risk
from actions.turns.intent_actions import RULE_ACTIONS
from actions.turns.registry import action_named
from actions.turns.requests import Request
from actions.turns.turn import Turn
from bot.services.words.project import sizes_in

PROJECT = "plan_project"

FEWEST = 3
"""Sizes by which a project is told as one's own; with fewer the class alone is told of."""


def answer_if_small(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Note what is told and say whether it keeps the limits; no events for anything else.

    看看俺这算不算小型低风险：新盖标准厂房，两千八百平，就一层，高九米半.
    """
    is_free = turn.loop is None and turn.choice is None
    if not is_free or not asks_if_low_risk(turn.text) or len(sizes_in(turn.text)) < FEWEST:
        return []
    asked = Request(PROJECT, turn.text, turn.entities)
    return action_named(RULE_ACTIONS[PROJECT]).act(asked.turn(turn), say)
