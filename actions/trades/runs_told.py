"""Keeps the trade of who runs a business and is in trouble, and asks them not to open one."""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.trades.start_answers import TRADE
from actions.turns.history import texts_before
from actions.turns.trades_named import trade_of
from actions.turns.turn import Turn
from bot.services.words.matter_remarks import asks
from bot.services.words.runs_told import is_of_another_firm, tells_running

LATELY = 3
"""Texts before this one in which a trouble may have been told."""


def notes_running(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Nod to who tells what their business does, and keep the trade; no events for anything else.

    "那公司搞钢结构的" is somebody else's, and is not kept.
    """
    word = turn.entity("industry")
    if turn.loop is not None or turn.choice is not None or word is None or asks(turn.text):
        return []
    if is_of_another_firm(turn.text):
        say.utter_message(response="utter_start_business_of_others", trade=word)
        return [SlotSet("focus", turn.slots.get("focus"))]
    before = " ".join(texts_before(turn)[-LATELY:])
    if not tells_running(turn.text, before):
        return []
    say.utter_message(response="utter_start_business_runs_noted", trade=word)
    return [SlotSet(TRADE, trade_of(word)), SlotSet("focus", turn.slots.get("focus"))]
