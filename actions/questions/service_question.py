"""Answers what is asked of the service as a whole, and of the kind of thing told last."""

from dataclasses import replace

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.not_listed import NOT_LISTED
from actions.projects.type_told import told_before
from actions.questions.faq_asked import talked_about
from actions.questions.found_question import clear_question
from actions.questions.sure_question import best_asked
from actions.steering.asides import (
    is_topic_of_matter,
    opens_trade,
    say_service_question,
    service_again,
    sure_service_question,
)
from actions.turns.focus import read_focus
from actions.turns.history import last_responses, was_told
from actions.turns.names import sure_matter
from actions.turns.registry import action_named
from actions.turns.turn import Turn
from bot.domain.facts import Faq
from bot.services.finding.service_finder import ServiceAsked
from bot.services.times.local_time import local_day
from bot.services.words.asked import (
    happens_afterwards,
)
from bot.services.words.holiday import holiday_asked
from bot.services.words.matter_remarks import asks
from bot.services.words.wish import LONGEST_OF_MONEY

OF_GENERAL, AS_NEAR = 0.4, 0.08
"""How well a general question must fit where the one of the matter was told already, and by how
much less than that one."""


SHORT_WISH = 4
"""Signs of a text that asks no more than how that is done."""


BEYOND_DOUBT = 0.8
"""From this score on a question about all matters is meant where one of them is named as well."""


def _wants_policies(turn: Turn) -> bool:
    """Tell whether a few words ask for money of the state: 有啥贷款."""
    return turn.intent == "search_policy" and len(turn.text) <= LONGEST_OF_MONEY


def answer_service_question(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer what is asked of a service or of all matters beyond doubt; no events for nothing.

    A question of a single matter that fits better is not answered so; nor one of the matter that
    is spoken of.
    """
    if holiday_asked(turn.text, local_day(app().now()), app().calendar) is not None:
        action_named("action_answer_office_hours").act(turn, say)
        return [SlotSet("focus_topic", read_focus(turn).topic)]
    if NOT_LISTED in last_responses(turn) and len(turn.text) <= SHORT_WISH:  # 咋备案
        return []
    again = service_again(turn) if _is_free(turn) else None
    if again is not None:
        say_service_question(again, say)
        return [SlotSet("focus_topic", read_focus(turn).topic)]
    general = sure_service_question(turn) or _of_kind_told(turn)
    if general is None and (instead := _instead_of_told(turn)) is not None:
        say_service_question(instead, say)
        return [SlotSet("focus_topic", read_focus(turn).topic)]
    is_else = is_topic_of_matter(turn) or _wants_policies(turn) or opens_trade(turn)
    if general is None or (general.score < BEYOND_DOUBT and is_else):
        return []
    return _say_general(turn, general, say)


def answer_service_beyond_doubt(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer a question of a service that fits nearly as its own wordings do; else no events.

    "瑜伽馆预售卡有啥要求没" asks for no terms of the matter that one word of it sounds like.
    """
    is_free = turn.loop is None and turn.entity("matter") is None
    is_free = is_free and not happens_afterwards(turn.text)  # 店搬家了执照咋改
    general = sure_service_question(turn, BEYOND_DOUBT) if is_free else None
    return [] if general is None else _say_general(turn, general, say)


def _say_general(turn: Turn, general: ServiceAsked, say: CollectingDispatcher) -> list[EventType]:
    """Say the answer unless a question of a single matter, or of the one spoken of, fits better."""
    if general.faq is None:
        return []
    own, spoken = clear_question(turn), talked_about(turn)[0]
    near = best_asked([turn.text], [spoken]) if spoken is not None else None
    if any(one is not None and one.score > general.score for one in (own, near)):
        return []
    say_service_question(general.faq, say)
    return [SlotSet("focus_topic", read_focus(turn).topic)]


def _instead_of_told(turn: Turn) -> Faq | None:
    """Return the general question that is meant where the nearest of the matter was told; or None.

    扒老房子这一步也得单独批, behind what building anew on the old plot wants.
    """
    spoken = talked_about(turn)[0] if _is_free(turn) else None
    near = best_asked([turn.text], [spoken]) if spoken is not None else None
    if near is None or not was_told(turn, near.faq.answer):
        return None
    general = sure_service_question(turn, OF_GENERAL)
    is_near = general is not None and general.score >= near.score - AS_NEAR
    return general.faq if is_near and general is not None else None


def says_of_kind_told(turn: Turn, say: CollectingDispatcher) -> bool:
    """Answer, between the questions of a plan, what is asked of the kind of project just told."""
    general = _of_kind_told(turn)
    if general is not None and general.faq is not None:
        say_service_question(general.faq, say)
    return general is not None


def _of_kind_told(turn: Turn) -> ServiceAsked | None:
    """Return the general question on the kind of project told before: 那它还用送审图不; or None."""
    kind = told_before(turn) if asks(turn.text) else None
    if kind is None or any(turn.entity(name) for name in ("industry", "case_number")):
        return None
    return sure_service_question(replace(turn, text=f"{kind}{turn.text}"))


def _is_free(turn: Turn) -> bool:
    """Tell whether a text names nothing of its own."""
    is_named = any(turn.entity(name) for name in ("matter", "policy", "industry", "case_number"))
    is_named |= sure_matter(turn.text) is not None
    return turn.loop is None and not is_named and clear_question(turn) is None
