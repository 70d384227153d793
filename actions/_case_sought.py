"""Takes up a case that was not found, where the number is told to be wrong or lost.

"号可能抄错了 单子也找不着" right behind it doubts no answer of ours.
"""

import re
from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions._history import last_responses
from actions._registry import action_named
from actions._turn import Turn
from bot.services.case_words import has_no_number, has_wrong_number

NOT_FOUND = frozenset({"utter_cases_mine_not_found", "utter_cases_not_found"})
"""Responses that say that nothing was found."""

_RIGHT = re.compile("(?:编号|单号|号码?)?没(?:有)?(?:抄|记|写|弄|搞|打|输)?(?:错|问题)")
"""Says that the number is the right one: 编号没错."""

LONGEST_BESIDE = 8
"""Signs that may stand beside a telephone that is told instead of the number."""


def looks_again(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Ask for the number anew, or for the telephone without one; no events for none."""
    is_told = has_no_number(_RIGHT.sub("", turn.text)) or has_wrong_number(turn.text)
    is_after = turn.loop is None and turn.choice is None and bool(last_responses(turn) & NOT_FOUND)
    number = turn.entity("phone") or ""
    is_told |= bool(number) and len(turn.text) - len(number) <= LONGEST_BESIDE
    if not is_after or not is_told:
        return []
    return action_named("action_start_case").act(replace(turn, intent="query_case"), say)
