"""Takes up a case that was not found, where the number is told to be wrong or lost.

"号可能抄错了 单子也找不着" right behind it doubts no answer of ours.
"""

import re
from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.casework.answers import SHOW
from actions.turns.history import last_responses, slot_values
from actions.turns.opens_form import start_form
from actions.turns.registry import action_named
from actions.turns.turn import Turn
from bot.services.words.case import has_no_number, has_wrong_number, tail_told
from bot.services.words.matter_remarks import asks

NOT_FOUND = frozenset({"utter_cases_mine_not_found", "utter_cases_not_found"})
"""Responses that say that nothing was found."""

MINE = "mine"
"""In the place of a number: all cases of one applicant."""

_RIGHT = re.compile("(?:编号|单号|号码?)?没(?:有)?(?:抄|记|写|弄|搞|打|输)?(?:错|问题)")
"""Says that the number is the right one: 编号没错."""

LONGEST_BESIDE = 8
"""Signs that may stand beside a telephone that is told instead of the number."""


def looks_again(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Ask for the number anew, or for the telephone without one; no events for none."""
    is_after = turn.loop is None and turn.choice is None and bool(last_responses(turn) & NOT_FOUND)
    if is_after and (again := _with_other_tail(turn)):
        return again
    is_told = has_no_number(_RIGHT.sub("", turn.text)) or has_wrong_number(turn.text)
    number = turn.entity("phone") or ""
    is_told |= bool(number) and len(turn.text) - len(number) <= LONGEST_BESIDE
    if not is_after or not is_told:
        return []
    return action_named("action_start_case").act(replace(turn, intent="query_case"), say)


def _with_other_tail(turn: Turn) -> list[EventType]:
    """Look for the same case with the digits told anew; no events where none are."""
    tail, numbers = tail_told(turn.text), slot_values(turn, "case_number")
    if tail is None or not numbers or asks(turn.text):
        return []
    phones = slot_values(turn, "case_phone") if numbers[-1] == MINE else []
    return start_form(
        turn,
        "case_form",
        case_purpose=SHOW,
        case_number=numbers[-1],
        case_phone=phones[-1] if phones else None,
        case_credential=tail,
    )
