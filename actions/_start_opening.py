"""What the start of a business says at once: what its trade wants, and what is asked with it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._facts import UNKNOWN
from actions._focus import PLAN
from actions._matter_answer import say_answer
from actions._matter_faqs import BY_ITSELF, question_among, utter
from actions._names import registration_of
from actions._plan_area import say_area
from actions._planned import planned_matters
from actions._start_answers import BUNDLE, CODE, TRADE, compose_start
from actions._turn import Turn
from bot.documents.matter_text import faq_answer
from bot.documents.trade_text import wants_text
from bot.services.matter_remarks import asks, asks_to_found, asks_which_licences
from bot.services.remarks import clauses

FORM = "start_business_form"
OPENS = "开"
"""Begins the name of a bundle, and the sentence that says what it wants."""


def trade_name(trade: str) -> str:
    """Return what a trade is called, "" for one without a list."""
    catalogue = app().catalogue
    if trade.startswith(BUNDLE):
        bundle = catalogue.one_things.get(trade.removeprefix(BUNDLE))
        return (bundle.aliases or (bundle.name,))[0] if bundle else ""
    found = catalogue.industries.get(trade.removeprefix(CODE))
    return found.name if found else ""


def say_wants(said: str | None, slots: Mapping[str, Any], say: CollectingDispatcher) -> None:
    """Say what the trade that was named wants, and by which list it goes.

    Args:
        said: How the trade was called: 早餐铺子.
        slots: All answers so far, the trade among them.
        say: Where it is said.
    """
    trade = str(slots.get(TRADE) or "")
    listed = trade_name(trade)
    if not listed or trade == UNKNOWN:
        return
    name = (said or listed).removeprefix(OPENS)
    response = "utter_start_business_wants"
    if name not in listed and listed not in name:
        response = "utter_start_business_wants_by_list"
    wants = wants_text(compose_start(slots).steps)
    say.utter_message(response=response, trade=name, listed=listed, wants=wants)


def answer_opening(turn: Turn, slots: Mapping[str, Any], say: CollectingDispatcher) -> None:
    """Answer what the sentence that opens the journey asks: "消防上要办啥", "必须有药师不".

    What is asked in words of a topic ("多少钱") is a request of its own and answered as such.
    """
    known = {**turn.slots, **slots, "journey": "start_business", "focus": PLAN}
    opened = replace(turn, slots=known, loop=FORM, requested=None)
    asked = [part for part in clauses(turn.text) if asks(part) and not asks_which_licences(part)]
    for part in asked:
        said = replace(opened, text=part, entities=_entities_in(opened, part))
        if app().dialogue_words.topics_in(part):
            continue
        area = app().dialogue_words.area_in(part)
        if _says_if_it_may(said, say) or (area is not None and say_area(area, said, say)):
            return
        faq = question_among(part, planned_matters(known), BY_ITSELF)
        if faq is not None:
            utter(faq_answer(faq), say)
            return


def _says_if_it_may(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say who may found the form of enterprise that is asked about; False when none is."""
    form = turn.entity("enterprise_type")
    if form is None or not asks_to_found(turn.text):
        return False
    matter = registration_of(None, form, turn.text)
    if matter is None:
        return False
    say_answer("eligibility", matter, say)
    return True


def _entities_in(turn: Turn, part: str) -> tuple[Any, ...]:
    return tuple(entity for entity in turn.entities if entity.value in part)
