"""Answers what is asked beside a trade: of a shop that is taken over, from elsewhere, or too late.

The old licence, who may register, one's own rooms, and what runs without papers are asked of any
trade (盘了个五金店 原来的证能用吗); no list of a trade holds them.
"""

import re
from itertools import islice

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_answer import say_answer
from actions.questions.matter_faqs import utter
from actions.questions.worded import Worded, first_with
from actions.trades.start_answers import own_matters
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer
from bot.services.words.trade_apart import (
    asks_as_outsider,
    asks_for_old_licence,
    asks_of_own_rooms,
)

INDIVIDUAL = "biz-individual"
"""Matter that says who may register."""

HOME = Worded("biz-home-commit", "住宅")
"""Says whether one may work where one lives."""

HAND_ON = "转让"
"""Word of the shared question on another's licence."""

_CHANGED = re.compile("换[^，。]{0,6}(?:老板|股东)|盘给我|转过来")
"""In the question of a licence what another owner does about it."""


def says_apart(turn: Turn, trade: str | None, say: CollectingDispatcher) -> bool:
    """Answer what is asked of any trade; False for anything else.

    Args:
        turn: The message.
        trade: As in the slot of the trade; None for one that is not known.
        say: Where it is said.
    """
    if turn.choice is not None or turn.entity("matter") is not None:
        return False
    if asks_for_old_licence(turn.text):
        return _says_old_licence(trade, say)
    if asks_as_outsider(turn.text):
        say_answer("eligibility", app().catalogue.matter(INDIVIDUAL), say)
        return True
    if asks_of_own_rooms(turn.text):
        return bool(HOME.say(say))
    return False


def _says_old_licence(trade: str | None, say: CollectingDispatcher) -> bool:
    """Say that a licence is not handed on, and what the trade's own say of another owner."""
    faq = first_with(HAND_ON, (one.faq for one in app().catalogue.shared_questions))
    if faq is None:
        return False
    utter(faq_answer(faq), say)
    own = own_matters(trade) if trade is not None and ":" in trade else []
    told = ((one, m) for m in own for one in m.faqs if _CHANGED.search(one.question))
    for changed, matter in islice(told, 1):
        utter(faq_answer(changed, matter), say)
    return True
