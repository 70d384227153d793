"""Names what a trade wants and offers to make its plan."""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.trades.start_answers import TRADE, trade_matters
from actions.turns.buttons import ITEM_MARK
from actions.turns.focus import on_matter
from actions.turns.off import says_off
from actions.turns.offers import offer
from actions.turns.requests import Request
from actions.turns.turn import Turn
from bot.services.words.matter_remarks import asks_which_licences

LICENCES = "licence"
"""Category of what a trade wants of its own, beside the registration that all want."""

MOST_NAMED = 12
"""Matters of a trade that are named before its plan is made."""


def offer_trade(
    trade: str, turn: Turn, say: CollectingDispatcher, *, is_named: bool = False
) -> list[EventType]:
    """Offer the plan for a trade; what it wants is named where licences are asked for."""
    if is_named or asks_which_licences(turn.text):
        names = dict.fromkeys(matter.name for matter in trade_matters(trade))
        matters = ITEM_MARK.join(list(names)[:MOST_NAMED])
        said = turn.entity("industry")
        say.utter_message(response="utter_start_business_needs", trade=said, matters=matters)
    if says_off("start_business", say):
        return _about_trade(trade)
    say.utter_message(response="utter_start_business_offer", trade=turn.entity("industry"))
    wanted = Request("start_business", turn.text, turn.entities)
    return [SlotSet(TRADE, trade), *_about_trade(trade), offer(turn, wanted)]


def _about_trade(trade: str) -> list[EventType]:
    """Return the events after which an offered trade is talked about, or its only licence."""
    own = [matter for matter in trade_matters(trade) if matter.category == LICENCES]
    if len(own) == 1:
        return on_matter(own[0], "eligibility")
    return [SlotSet(name, None) for name in ("matter_id", "focus", "focus_topic")]
