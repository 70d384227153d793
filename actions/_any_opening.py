"""Answers what is asked of opening or building something that nobody named, and asks what it is."""

from collections.abc import Mapping

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._focus import on_matter, read_focus
from actions._intent_actions import RULE_ACTIONS
from actions._matter_answer import say_answer
from actions._matter_faqs import utter
from actions._registry import action_named
from actions._requests import Request
from actions._start_answers import TRADE
from actions._turn import Turn
from bot.documents.matter_text import faq_answer
from bot.services.any_opening_words import asked_of_any_building, asked_of_any_shop, asks_who_may
from bot.services.trade_questions import TradeTopic

OPENING = "biz-start-onething"
"""Matter that every new business begins with."""

INDIVIDUAL, COMPANY = "biz-individual", "biz-company"
"""Registrations of which it is asked who may have one."""

WHO_MAY = 0.3
"""How well such a question must fit one of theirs."""

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
    if turn.loop is not None or turn.choice is not None or is_named or is_known:
        return []
    if asks_who_may(turn.text) and _says_who_may(turn, say):
        return on_matter(app().catalogue.matter(INDIVIDUAL), "eligibility")
    if any(one.name == "matter" for one in turn.entities):
        return []
    topic = asked_of_any_shop(turn.text)
    if topic is not None:
        if topic in _TOPICS:
            say_answer(_TOPICS[topic], app().catalogue.matter(OPENING), say)
        say.utter_message(response="utter_start_business_depends")
        return _begin("start_business", turn, say)
    if asked_of_any_building(turn.text) is None or turn.entity("project_type") is not None:
        return []
    return _begin("plan_project", turn, say)


def _says_who_may(turn: Turn, say: CollectingDispatcher) -> bool:
    """Answer whether somebody may begin a business, for who has one alone and for a company."""
    known = [app().catalogue.matter(one) for one in (INDIVIDUAL, COMPANY)]
    asked = app().question_finder.among(turn.text, known, WHO_MAY)
    if asked is not None:
        utter(faq_answer(asked.faq, asked.matter), say)
    return asked is not None


def _begin(journey: str, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    asked = Request(journey, turn.text, turn.entities)
    return action_named(RULE_ACTIONS[journey]).act(asked.turn(turn), say)
