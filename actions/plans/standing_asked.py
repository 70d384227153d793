"""Answers, before anything else, what is asked of a plan that stands and names no matter of it."""

import re

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.plans.followed import answer_followed
from actions.plans.goods import answer_goods
from actions.plans.kept_asked import answer_kept
from actions.plans.stands import standing_form
from actions.plans.step_asked import answer_step
from actions.turns.focus import CASE, POLICY, TICKET, read_focus
from actions.turns.turn import Turn
from bot.services.words.standing_asked import (
    asks_of_standing,
    asks_what_now,
    keeping_asked,
    step_asked,
)
from bot.services.words.standing_point import goods_added

_ALL = re.compile("都|[这那]些|[这那]几|全|一共|总共|统共|拢共|总的|各|年年|然后|还[差缺剩]")
"""Means the plan though one matter was spoken of last."""

ELSE = ("industry", "policy", "case_number", "material")
"""Entities of what is no plan."""


def answer_behind_plan(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Answer such a question; None where none is asked, or no plan stands."""
    is_step = step_asked(turn.text) is not None
    is_kept = keeping_asked(turn.text) is not None
    is_asked = is_step or is_kept or asks_of_standing(turn.text) or bool(goods_added(turn.text))
    if turn.choice is not None or not is_asked:
        return None
    if turn.slots.get("focus") in {CASE, POLICY, TICKET} or standing_form(turn) is None:
        return None
    if is_kept:
        return answer_kept(turn, say)
    if goods := answer_goods(turn, say):
        return goods
    if names_other(turn):
        return None
    if is_step:
        return answer_step(turn, say)
    is_meant = read_focus(turn).is_plan or _ALL.search(turn.text) is not None
    is_meant |= asks_what_now(turn.text)  # 我现在先干哪一步, whatever was asked before
    return answer_followed(turn, say) if is_meant else None


def names_other(turn: Turn) -> bool:
    """Tell whether a text names a matter, a field of work, or something that is no plan."""
    words = app().dialogue_words
    named = turn.entity("matter")
    is_matter = named is not None and named not in words.broad
    is_else = any(turn.entity(name) for name in ELSE)
    return is_matter or is_else or words.area_in(turn.text) is not None
