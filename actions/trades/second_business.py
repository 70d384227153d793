"""Two businesses in one sentence: the first is begun, the second waits to be offered."""

from dataclasses import replace

from actions import app
from actions.turns.requests import Request
from actions.turns.trades_named import find_trade
from actions.turns.turn import Turn
from bot.services.words.business import tells_of_another, wants_one_more
from bot.services.words.remarks import clauses
from bot.services.words.situations import wants_it_ended


def second_business(turn: Turn) -> Request | None:
    """Return the wish for the second business that a text names, None when it names one only.

    "开个烧烤店，我对象想开个理发店": two trades, and the second one stands behind a word that
    begins anew; "便利店卖烟酒" tells of one.
    """
    trades = [entity for entity in turn.entities if entity.name == "industry"]
    if len(trades) < 2 or not tells_of_another(turn.text):  # noqa: PLR2004
        return None
    first, *others = trades
    begun = find_trade(first.value)
    other = next((one for one in others if find_trade(one.value) not in {None, begun}), None)
    if other is None:
        return None
    places = [entity for entity in turn.entities if entity.name == "district"][:1]
    told = tuple(replace(entity, start=0, end=0) for entity in (other, *places))
    return Request("start_business", other.value, told)


def ended_beside(turn: Turn) -> Request | None:
    """Return the end of another business that a text wants before a new one; None for none.

    "城里那家店干不下去准备注销，完了再回阳谷开个包子铺" wants both, one after the other.
    """
    parts = clauses(turn.text)
    ended = [part for part in parts if wants_it_ended(part)]
    event = app().life_events.find(ended[0]) if ended and len(parts) > 1 else None
    return None if event is None else Request("offer_end", event.name)


def another_business(turn: Turn) -> Request | None:
    """Return the wish for one more business, said while the first is worked out; None for none.

    "我还想再开个洗车行" does not take the place of the trade that is noted.
    """
    named = next((entity for entity in turn.entities if entity.name == "industry"), None)
    is_other = wants_one_more(turn.text) or tells_of_another(turn.text)
    if named is None or not is_other or find_trade(named.value) is None:
        return None
    return Request("start_business", named.value, (replace(named, start=0, end=0),))
