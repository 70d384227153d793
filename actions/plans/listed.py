"""Says what a plan in the making holds: all so far, or what something that is told adds."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.plans.asked import say_list
from actions.plans.planned import planned_steps
from actions.turns.buttons import ITEM_MARK
from actions.turns.focus import read_focus
from actions.turns.turn import Turn
from bot.domain.matters import Matter
from bot.services.words.listing import asks_more, orders_list
from bot.services.words.matter_remarks import asks


def says_listed(turn: Turn, told: Mapping[str, Any], say: CollectingDispatcher) -> bool:
    """Say what is to be done so far, or what the thing told wants besides; False for neither.

    Args:
        turn: The message, inside the form of a plan.
        told: The answers that it gives, by slot.
        say: Where it is said.
    """
    if turn.choice is not None or turn.entity("matter") is not None:
        return False
    if orders_list(turn.text):
        return say_list(replace(turn, slots={**turn.slots, **told}), say)
    return bool(told) and asks(turn.text) and asks_more(turn.text) and _says_added(turn, told, say)


def _says_added(turn: Turn, told: Mapping[str, Any], say: CollectingDispatcher) -> bool:
    """Say which steps are needed for sure now and were not before: 早上熬粥 还得另办啥不."""
    known = {**turn.slots, "journey": read_focus(turn).journey}
    before = _needed(known)
    added = [one for name, one in _needed({**known, **told}).items() if name not in before]
    if not added:
        return False
    matters = ITEM_MARK.join(dict.fromkeys(one.name for one in added))
    say.utter_message(response="utter_plan_wants_besides", matters=matters)
    return True


def _needed(slots: Mapping[str, Any]) -> dict[str, Matter]:
    """Return the matters of the plan that no open question decides about, by id."""
    steps = planned_steps(slots)
    return {one.matter.id: one.matter for one in steps if one.matter and not one.undecided}
