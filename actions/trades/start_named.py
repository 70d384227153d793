"""Begins with a business of which a message is nothing but names: 临清 便利店, 阳谷 药店 一百平."""

import re

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.turns.intent_actions import RULE_ACTIONS
from actions.turns.registry import action_named
from actions.turns.requests import Request
from actions.turns.trades_named import trade_of
from actions.turns.turn import Turn

START = "start_business"
TRADE, PLACE = "industry", "district"
NAMED = frozenset({TRADE, PLACE, "enterprise_type"})

_REST = re.compile(
    "(?:[\\d一二两三四五六七八九十百千]+[多来几]?(?:个)?(?:平方米?|平米?|㎡|m2)|[\\s,，、。.的在个吧呢啊]|左右|大概|县|区|市|公司|个体工商户|个体户?)*"
)
"""What may stand between names: a size, and what says nothing."""


def answer_names_only(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Begin with it where place and trade are named and nothing is asked; no events for else."""
    names = {entity.name for entity in turn.entities}
    is_free = turn.loop is None and turn.choice is None
    if not is_free or not {TRADE, PLACE} <= names or not names <= NAMED:
        return []
    rest = turn.text
    for entity in turn.entities:
        rest = rest.replace(entity.value, "", 1)
    if _REST.fullmatch(rest) is None or trade_of(turn.entity(TRADE)) is None:
        return []
    asked = Request(START, turn.text, turn.entities)
    return action_named(RULE_ACTIONS[START]).act(asked.turn(turn), say)
