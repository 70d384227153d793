"""Answers what is asked beside a trade: of a shop that is taken over, from elsewhere, or too late.

The old licence, who may register, one's own rooms, and what runs without papers are asked of any
trade (盘了个五金店 原来的证能用吗); no list of a trade holds them.
"""

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._matter_answer import say_answer
from actions._matter_faqs import say_question, utter
from actions._start_answers import own_matters
from actions._turn import Turn
from bot.documents.matter_text import faq_answer
from bot.services.trade_apart_words import asks_as_outsider, asks_for_old_licence, asks_of_own_rooms

INDIVIDUAL, ADDRESS = "biz-individual", "biz-home-commit"
"""Matters that say who may register, and whether one may work where one lives."""

HAND_ON, CHANGED = "转让", "换了老板，证要重新办吗"
"""Word of the shared question on another's licence, and what is asked of the trade's own."""

OF_OWN = 0.4
"""How well a question of the trade's own licences must fit that."""

_HOME = "自家住宅能当经营地址吗"


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
        return _says_old_licence(turn, trade, say)
    if asks_as_outsider(turn.text):
        say_answer("eligibility", app().catalogue.matter(INDIVIDUAL), say)
        return True
    if asks_of_own_rooms(turn.text):
        asked = app().question_finder.among(_HOME, [app().catalogue.matter(ADDRESS)], OF_OWN)
        if asked is not None:
            say_question(turn, asked, say)
        return asked is not None
    return False


def _says_old_licence(turn: Turn, trade: str | None, say: CollectingDispatcher) -> bool:
    """Say that a licence is not handed on, and what the trade's own say of another owner."""
    shared = (one.faq for one in app().catalogue.shared_questions)
    faq = next((one for one in shared if HAND_ON in one.question), None)
    if faq is None:
        return False
    utter(faq_answer(faq), say)
    own = own_matters(trade) if trade is not None and ":" in trade else []
    asked = app().question_finder.among(CHANGED, own, OF_OWN)
    if asked is not None:
        say_question(turn, asked, say)
    return True
