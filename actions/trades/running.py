"""What is said of a business that is there already, in a sentence taken for opening one."""

from dataclasses import replace

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.questions.matter_faqs import utter
from actions.questions.sure_question import FITS, best_asked
from actions.trades.start_answers import TRADE, own_matters
from actions.turns.intent_groups import APPOINTMENTS
from actions.turns.registry import action_named
from actions.turns.requests import Request
from actions.turns.trades_named import trade_of
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer
from bot.services.plans.open_already import (
    denies_opening,
    is_running,
    is_troubled,
)
from bot.services.words.asked import wants_benefit
from bot.services.words.policy_remarks import speaks_of_benefit
from bot.services.words.remarks import is_new_wish

STARTS = "start_business"
"""Intent of who begins a business."""

FORM = "start_business_form"


BOOKS = APPOINTMENTS | {"book_appointment"}
"""Intents about an appointment: whatever it is for, nothing is opened."""


def instead_of_opening(
    turn: Turn, asked: list[Request], say: CollectingDispatcher
) -> list[EventType] | None:
    """Answer what is asked of a business that runs or ends; None where one is to begin.

    "当年跟风注册个公司 一天没干过 想销了" begins none, though its first clause sounds like it, and
    "回东阿开了间画室，创业补贴能领不" asks for policies.

    Args:
        turn: The message.
        asked: What its clauses ask for.
        say: Where it is said.
    """
    is_free = turn.loop is None and turn.choice is None and turn.intent not in BOOKS
    if not is_free or all(one.intent != STARTS for one in asked):
        return None
    if _ends_behind(turn):
        return action_named("action_start_business").act(replace(turn, intent=STARTS), say)
    if not is_running(turn.text) or any(one.intent != STARTS for one in asked):
        return None  # what is asked beside is answered, and the journey left out
    if wants_benefit(turn.text) or speaks_of_benefit(turn.text):
        wanted = replace(turn, intent="search_policy")
        return action_named("action_search_policy").act(wanted, say)
    if not is_troubled(turn.text):
        return None
    return _say_running(turn, trade_of(turn.entity("industry")), say)


def stops_opening(turn: Turn) -> bool:
    """Tell whether nothing is to be opened after all: 不是要开店 已经开了两年了."""
    is_in_trouble = is_running(turn.text) and is_troubled(turn.text)
    is_free = turn.loop == FORM and turn.choice is None
    return is_free and (is_in_trouble or denies_opening(turn.text))


def leaves_opening(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say what is known where nothing is to be opened after all; no events where it is."""
    if not stops_opening(turn):
        return []
    trade = turn.slots.get(TRADE)
    return [SlotSet("open_forms", []), *_say_running(turn, str(trade) if trade else None, say)]


def _say_running(turn: Turn, trade: str | None, say: CollectingDispatcher) -> list[EventType]:
    """Say what the licences of a trade hold on a trouble, and who decides."""
    asked = None if trade is None else best_asked([turn.text], own_matters(trade))
    if asked is not None and asked.score >= FITS:
        utter(faq_answer(asked.faq, asked.matter), say)
    say.utter_message(response="utter_start_business_runs")
    return [SlotSet("journey", None), SlotSet("focus", None)]


def _ends_behind(turn: Turn) -> bool:
    """Tell whether the change or end of a business is told behind what sounds like a beginning.

    "原来的店注销了，想注册个公司" names the end before, and begins one.
    """
    first = next((one for one in turn.clauses if one.intent == STARTS), None)
    if first is None or app().life_events.find(turn.text) is None:
        return False
    before, said, after = turn.text.partition(first.text)
    event = app().life_events.find
    if event(before) is not None:
        return False
    return event(before + said) is not None or (
        event(after) is not None and not is_new_wish(first.text)
    )
