"""Answers what sounds like the fee of a licence and is none: a payment to others, what all takes.

"最少得准备多少钱" asks what a business takes, "那个专资是啥 要交多少" for a payment of its own and
"变压器得上个大的 找谁" for no money at all.
"""

import re

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.steering.not_recorded import say_recorded
from actions.turns.focus import POLICY, on_matter, read_focus
from actions.turns.names import sure_matter
from actions.turns.registry import action_named
from actions.turns.turn import Turn
from bot.domain.matters import Matter
from bot.services.words.money import asks_capital_needed, asks_no_price, payment_named

FEE = "fee"
_WHO = re.compile("找谁|归谁|谁管|哪个部门")

MEANT = 0.5
"""How well a matter must fit a text that is about another than the one spoken of."""

SHORTEST = 6
"""Signs of a text that says what it asks for."""


def say_beside(what: str, matter: Matter | None, say: CollectingDispatcher) -> None:
    """Say that the price of what others do is not recorded, with the fee of the matter spoken of.

    Args:
        what: What is done or sold: 体检.
        matter: The matter; None where none is spoken of.
        say: Where it is said.
    """
    if matter is None or not matter.fee.text:
        say.utter_message(response="utter_matters_cost_beside", what=what)
        return
    fee, name = matter.fee.text, matter.name
    say.utter_message(response="utter_matters_cost_beside_of", what=what, matter=name, fee=fee)


def answer_no_fee(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer what the model takes for the fee of the matter spoken of and is none; else []."""
    matter, named = read_focus(turn).matter, turn.entity("matter")
    kept: list[EventType] = [SlotSet("focus", turn.slots.get("focus"))]
    if asks_capital_needed(turn.text) and named is None:
        say.utter_message(response="utter_matters_capital_needed")
        return kept
    what = payment_named(turn.text)
    if what is not None and _is_of_else(what, matter):
        say.utter_message(response="utter_matters_payment_missing", what=what)
        return kept
    matter = matter_meant(turn, matter)
    return [] if matter is None or named is not None else _asks_else(turn, matter, say)


def matter_meant(turn: Turn, spoken: Matter | None) -> Matter | None:
    """Return the matter that a text fits well, else the one spoken of: 电线从大路拉过来二百米."""
    best = next(iter(app().matter_resolver.rank(turn.text, 1)), None)
    is_meant = best is not None and best.score >= MEANT
    return app().catalogue.matter(best.matter_id) if is_meant and best is not None else spoken


def _is_of_else(what: str, matter: Matter | None) -> bool:
    """Tell whether a payment is of no matter that is named or spoken of: 专资, no 人防费."""
    if sure_matter(what) is not None or app().dialogue_words.area_in(what) is not None:
        return False
    return matter is None or what not in f"{matter.fee.text}{matter.faqs}"


def _asks_else(turn: Turn, matter: Matter, say: CollectingDispatcher) -> list[EventType]:
    """Answer what asks for no money: its other topic, else that nothing is recorded."""
    topics = app().dialogue_words.topics_in(turn.text)
    topics = topics or (["place"] if _WHO.search(turn.text) else [])
    is_short = len(turn.text) < SHORTEST or turn.slots.get("focus") == POLICY
    if FEE in topics or is_short or not asks_no_price(turn.text):
        return []
    if topics:  # 变压器得上个大的 找谁
        return action_named(f"action_answer_{topics[0]}").act(turn, say)
    if turn.loop is None:
        return say_recorded(turn, matter, say)
    say.utter_message(response="utter_matters_point_not_recorded", matter=matter.name)
    return on_matter(matter)
