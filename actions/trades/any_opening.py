"""Answers what is asked of opening or building something that nobody named, and asks what it is."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_answer import say_answer
from actions.funding.meant import policies_told
from actions.funding.said import FIRST_LOAN, say_policy
from actions.licences.no_fee import matter_meant, say_beside
from actions.plans.first import say_limits
from actions.questions.matter_faqs import utter
from actions.questions.worded import Worded, first_with
from actions.trades.goods_asked import answer_goods_asked
from actions.trades.start_answers import TRADE
from actions.turns.focus import on_matter, read_focus
from actions.turns.intent_actions import RULE_ACTIONS
from actions.turns.registry import action_named
from actions.turns.requests import Request
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer
from bot.domain.matters import Matter
from bot.services.words.any_opening import (
    FREE_REPORTED,
    FROM_WHAT,
    asked_of_any_building,
    asked_of_any_shop,
    asked_who_may,
    asks_if_too_old,
    asks_tax_of_sales,
    asks_to_report_free,
    lacks_money,
    taxes_asked,
)
from bot.services.words.cost import cost_beside
from bot.services.words.money import asks_how_much_tax, asks_of_loan
from bot.services.words.policy_remarks import speaks_of_benefit
from bot.services.words.trade_questions import TradeTopic

OPENING = "biz-start-onething"
"""Matter that every new business begins with."""

INDIVIDUAL, COMPANY = "biz-individual", "biz-company"
"""Registrations of which it is asked who may have one."""

TAXES = "tax-newbiz"
"""Matter of the taxes of a new business."""

LOAN = "贷"
"""Sign of what is lent."""

FORM, START = "start_business_form", "start_business"
"""Form and journey in which a business is talked about."""

REFUSED = frozenset({"nlu_fallback", "out_of_scope"})
"""What the model takes for it that it understands nothing: 装修多少钱."""

OF_BUSINESS = frozenset({"licence", "startup"})
"""Categories of matters that speak of a business that begins."""

OLD = "谁能开店"
"""Words of the question that answers for an age."""

COMPANY_NAME = "公司"
"""Tells that the second is meant."""

_TOPICS: Mapping[TradeTopic, str] = {
    TradeTopic.FEE: "fee",
    TradeTopic.PAPERS: "materials",
    TradeTopic.PLACE: "place",
    TradeTopic.TIME: "time_limit",
}


def answer_any_opening(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer for what all openings have in common, then ask what it is; [] for anything else."""
    is_named = any(one.name in {"industry", "policy"} for one in turn.entities)
    is_known = read_focus(turn).journey is not None or turn.slots.get(TRADE) is not None
    if turn.loop is not None or turn.choice is not None:
        return []
    if told := _told_of_oneself(turn, say):
        return told
    if is_named or is_known:
        return []
    if known := _who_may(turn, say) or _taxes(turn, say):
        return known
    if any(one.name == "matter" for one in turn.entities):
        return []
    if lacks_money(turn.text):
        return say_policy(turn, app().catalogue.policies[FIRST_LOAN], say)
    return _of_shop(turn, say) or _of_building(turn, say)


def _of_shop(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer what is asked of any shop, and begin with one; no events for anything else."""
    topic = asked_of_any_shop(turn.text)
    if topic is None:
        return []
    if topic in _TOPICS:
        say_answer(_TOPICS[topic], app().catalogue.matter(OPENING), say)
    say.utter_message(response="utter_start_business_depends")
    return _begin(START, turn, say)


def _of_building(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer the same of anything that is built."""
    topic = asked_of_any_building(turn.text) if turn.entity("project_type") is None else None
    if topic is None:
        return []
    begun = _begin("plan_project", turn, say)
    if topic is TradeTopic.TIME:
        say_limits(replace(turn, slots={**turn.slots, "journey": "plan_project"}), say)
    if topic in {TradeTopic.FEE, TradeTopic.TIME}:
        say.utter_message(response="utter_matters_plan_first")
    return begun


def says_of_any_opening(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer the same between the questions of a start; no events for anything else.

    Most of it only where the trade is asked for: 没本钱能开店不.
    """
    if turn.loop == FORM and turn.choice is None:
        told = _told_of_oneself(turn, say) or answer_goods_asked(turn, say)
        if told:
            return told
    is_open = turn.requested == TRADE and turn.choice is None
    if not is_open or any(one.name in {"industry", "policy"} for one in turn.entities):
        return []
    if lacks_money(turn.text):
        return say_policy(turn, app().catalogue.policies[FIRST_LOAN], say)
    return _who_may(turn, say) or _taxes(turn, say)


def _told_of_oneself(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer what follows for one's age, or for what one sells, where a business is talked about.

    我62了还给办不, 税呢 一个月就卖两三万.
    """
    focus = read_focus(turn)
    spoken = None if focus.matter is None else focus.matter.category
    if not (turn.loop == FORM or focus.journey == START or spoken in OF_BUSINESS):
        return []
    if focus.matter is not None and focus.matter.id == TAXES and asks_to_report_free(turn.text):
        return _say_reported(focus.matter, say)
    if asks_if_too_old(turn.text):
        return _say_of(_registrations(turn.text), OLD, say)
    if asks_of_loan(turn.text) and not any(LOAN in one.name for one in policies_told(turn)):
        return say_policy(turn, app().catalogue.policies[FIRST_LOAN], say)
    if (what := cost_beside(turn.text)) is not None and turn.intent in REFUSED:
        say_beside(what, matter_meant(turn, focus.matter), say)
        return [SlotSet("focus", turn.slots.get("focus"))]
    is_taxed = asks_tax_of_sales(turn.text) or asks_how_much_tax(turn.text)
    return _say_of((TAXES,), FROM_WHAT if is_taxed else None, say)


def _say_reported(spoken: Matter, say: CollectingDispatcher) -> list[EventType]:
    """Say that what is free of tax is reported all the same: 免了就不用报了呗."""
    known = (faq for policy in app().catalogue.policies.values() for faq in policy.faqs)
    faq = first_with(FREE_REPORTED, known)
    if faq is None:
        return []
    utter(faq_answer(faq), say)
    return on_matter(spoken, "eligibility")


def _registrations(text: str) -> Sequence[str]:
    """Return the registrations of which somebody may be asked, the one that is meant first."""
    return (COMPANY, INDIVIDUAL) if COMPANY_NAME in text else (INDIVIDUAL, COMPANY)


def _who_may(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer whether somebody may begin a business, for a company first where one is meant.

    What money there is for it is another question: 返乡农民工头一次办照 听说能领一笔创业的钱.
    """
    if turn.intent == "search_policy" and speaks_of_benefit(turn.text):
        return []
    return _say_of(_registrations(turn.text), asked_who_may(turn.text), say)


def _taxes(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer which taxes a business pays, and from what on."""
    return _say_of((TAXES,), taxes_asked(turn.text), say)


def _say_of(names: Sequence[str], word: str | None, say: CollectingDispatcher) -> list[EventType]:
    """Answer the first question of some matters that holds a word; [] where none is asked."""
    if word is None:
        return []
    asked = next((one for one in (Worded(name, word) for name in names) if one.faq), None)
    return asked.say(say) if asked is not None else []


def _begin(journey: str, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    asked = Request(journey, turn.text, turn.entities)
    return action_named(RULE_ACTIONS[journey]).act(asked.turn(turn), say)
