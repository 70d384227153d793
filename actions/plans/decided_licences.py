"""Says what answers change on the list of licences: 28 平 wants 小餐饮, and no 食品经营许可."""

from collections.abc import Mapping
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.forms.facts import UNKNOWN
from actions.trades.start_answers import STARTUP, TRADE, compose_start
from actions.turns.buttons import ITEM_MARK
from bot.documents.trade_text import wanted_names


def say_decided(
    slots: Mapping[str, Any], kept: Mapping[str, Any], say: CollectingDispatcher
) -> None:
    """Say which licences of the trade come, go or are sure now; nothing where all stay.

    Args:
        slots: The answers before.
        kept: The answers that are new, by slot.
        say: Where it is said.
    """
    trade = slots.get(TRADE)
    if trade in {None, UNKNOWN} or kept.get(TRADE, trade) != trade:
        return  # what a new trade wants is said as a whole
    before, after = _licences(slots), _licences({**slots, **kept})
    wanted = [name for name in after if name not in before]
    plain = {name.rstrip("＊") for name in after}
    gone = [name.rstrip("＊") for name in before if name.rstrip("＊") not in plain]
    if wanted:
        say.utter_message(
            response="utter_start_business_now_wanted", matters=ITEM_MARK.join(wanted)
        )
    if gone:
        say.utter_message(response="utter_start_business_now_gone", matters=ITEM_MARK.join(gone))


def _licences(slots: Mapping[str, Any]) -> list[str]:
    """Return the names of what the trade wants of its own, as a list of them has it."""
    steps = compose_start(slots).steps
    return wanted_names([s for s in steps if s.matter and s.matter.category != STARTUP])
