"""Finds the trades that a message names, as the catalogue lists them or nearly so."""

import re
from collections.abc import Sequence

from actions import app
from actions.turns.forms_named import find_enterprise_type
from actions.turns.places import SURE_SCORE, find_district
from actions.turns.turn import Turn
from bot.services.finding.trade_finder import LikelyTrade
from bot.services.finding.trade_names import (
    is_not_meant,
    what_is_done,
    without_former,
    without_near,
)
from bot.services.words.remarks import replacement

_NOD = re.compile("(?:ok(?:ay)?|[好行中嗯哦，, ])+", re.IGNORECASE)
"""Agrees, and names no trade."""


def find_trade(text: str | None) -> str | None:
    """Return "bundle:<id>" or "code:<code>" of the trade that the text names."""
    return app().lookup.find_trade(text) if text else None


def trade_of(word: str | None) -> str | None:
    """Return the trade that a word means which is taken for the name of one, listed or not."""
    if not word or _NOD.fullmatch(word) is not None:
        return None  # ok is no 卡拉OK
    if find_trade(word) is not None or find_enterprise_type(word) is not None:
        return find_trade(word)  # 独资 sounds like 农资
    return app().trade_finder.sure(word)


def near_trades(word: str | None) -> Sequence[LikelyTrade]:
    """Return the trades that a word may mean which means none for sure."""
    if not word or _NOD.fullmatch(word) is not None:
        return ()
    if trade_of(word) is not None or find_enterprise_type(word) is not None:
        return ()  # 独资公司 is a form of business
    return app().trade_finder.near(word)


def trades_meant(turn: Turn) -> list[str]:
    """Return the names of trades in a text that are meant for a business of one's own.

    Where the model marked none, what is opened, sold or made counts; not what it denies (先不卖酒).
    """
    named = [one.value for one in turn.entities if one.name == "industry"]
    text, words = without_near(turn.text, named)  # 养老院旁边的小药房
    if all(is_not_meant(text, word) for word in words):
        told = text if turn.intent == "start_business" else None
        if told is None and turn.loop == "start_business_form":  # 改成卖农药化肥
            told = replacement(turn.text)
        done = what_is_done(told) if told else ()
        forms = [one.value for one in turn.entities if one.name == "enterprise_type"]
        done = tuple(w for w in done if not any(w in form for form in forms))  # 设个办|事处
        words += [word for word in done if trade_of(word) or near_trades(word)]
    words = [word for word in words if not (is_not_meant(text, word) or _is_only_place(word))]
    return without_former(text, words)


def find_project_types(text: str | None) -> list[str]:
    """Return the ids of the project types that the text may mean."""
    found = app().lookup.find_project_type(text) if text else []
    return [match.entry_id for match in found if match.score >= SURE_SCORE]


def _is_only_place(word: str) -> bool:
    """Tell whether a word names a town and no trade that is known: 北馆陶."""
    return find_district(word) is not None and find_trade(word) is None
