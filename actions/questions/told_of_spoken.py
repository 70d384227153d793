"""Answers what is told of what was spoken of, and would be taken for a topic or a new matter.

A company that ends (网上挂公告挂多少天), a change (他还把营业执照原件揣走了), works that rest,
a food licence that one has and what is to be sold more.
"""

from collections.abc import Sequence

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.questions.matter_faqs import say_question
from actions.questions.worded import Worded
from actions.turns.focus import matter_in_focus, on_matter
from actions.turns.forms_named import form_said
from actions.turns.history import slot_values, texts_before
from actions.turns.names import AFTERWARDS, ENDS, is_founding, is_of_another_form
from actions.turns.turn import Turn
from bot.domain.matters import Matter
from bot.domain.places import EnterpriseType
from bot.services.words.business import form_by_word, has_built
from bot.services.words.matter_remarks import asks
from bot.services.words.spoken import (
    adds_goods,
    cannot_pay,
    holds_licence,
    moves_with_licence,
    works_rest,
)

OF_END, TOLD, SHORTEST = 0.75, 0.6, 8
"""How well a question of an end, and what is told of a change, must fit; and its signs."""

BUILDING, RECENT = "prj-", 3
"""Begins the ids of what is built, and how many matters spoken of last may tell that."""

FIRM_ENDS = frozenset({"exit-normal", "exit-simple"})
FOOD = frozenset({"lic-food-operate", "lic-food-prepack", "chg-license-food"})
"""Ends of companies, and matters of food."""

WORKS_REST = Worded("prj-construction-permit", "停工")
FOOD_MOVED = Worded("chg-address", "食品证怎么办")
FOOD_ADDED = Worded("chg-license-food", "加卖")
BROKE = Worded("exit-normal", "资不抵债")
"""Questions that answer."""


def answer_told_of_spoken(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer it where no form is open; no events for anything else."""
    if turn.loop is not None or turn.choice is not None:
        return []
    known = _of_goods(turn, say) or _of_broke(turn, say)
    return known or _of_end(turn, say) or _of_change(turn, say)


def _of_broke(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say how a company ends that cannot pay what it owes: 真还不起咋整, behind a simple end."""
    spoken = matter_in_focus(turn)
    is_end = spoken is not None and spoken.category == ENDS and cannot_pay(turn.text)
    form = _form_told(turn) if is_end else None
    is_firm = form is not None and not is_of_another_form(BROKE.matter, form)
    is_firm |= is_end and spoken is not None and spoken.id in FIRM_ENDS
    return BROKE.say(say) if is_firm else []


def _of_end(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer a question on how the business spoken of ends, whatever topic it sounds like."""
    spoken = matter_in_focus(turn)
    is_free = spoken is not None and spoken.category == ENDS and len(turn.text) >= SHORTEST
    if not is_free or turn.entity("matter") is not None:
        return []
    form = _form_told(turn)
    ends = (one for one in app().catalogue.matters.values() if one.category == ENDS)
    return _say_best(turn, [one for one in ends if not is_of_another_form(one, form)], OF_END, say)


def _form_told(turn: Turn) -> EnterpriseType | None:
    """Return the form of the business that ends, as it was told last: 注册了个公司 … 想销."""
    known = app().catalogue.enterprise_types
    said = filter(None, map(form_by_word, reversed([*texts_before(turn), turn.text])))
    return known.get(next(said, "")) or form_said(turn)


def _of_change(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer what is told of the licence of a business whose change or end is spoken of."""
    spoken, word = matter_in_focus(turn), turn.entity("matter")
    is_later = spoken is not None and spoken.category in AFTERWARDS
    is_of_licence = word is not None and is_founding(word) and not asks(turn.text)
    return _say_best(turn, [spoken], TOLD, say) if is_later and spoken and is_of_licence else []


def _say_best(
    turn: Turn, among: Sequence[Matter], least: float, say: CollectingDispatcher
) -> list[EventType]:
    asked = app().question_finder.among(turn.text, among, least) if among else None
    if asked is None:
        return []
    say_question(turn, asked, say)
    return on_matter(asked.matter, "eligibility")


def answer_told_first(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer what sounds like a trouble or a pause of a business; else no events."""
    if turn.loop is not None or turn.choice is not None:
        return []
    return _of_works(turn, say) or _of_move(turn, say)


def _of_works(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say whom works that rest are reported to, where a building is talked about."""
    lately = slot_values(turn, "matter_id")[-RECENT:]
    is_building = any(one.startswith(BUILDING) for one in lately) and not has_built(turn.text)
    return WORKS_REST.say(say) if is_building and works_rest(turn.text) else []


def _of_move(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say what a move does to the food licence spoken of: 搬到隔壁街 这证还能使不."""
    spoken = matter_in_focus(turn)
    is_food = spoken is not None and spoken.id in FOOD
    return FOOD_MOVED.say(say) if is_food and moves_with_licence(turn.text) else []


def _of_goods(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say what is to be done to sell more, where the food licence is in the hand."""
    spoken = matter_in_focus(turn)
    is_food = spoken is not None and spoken.id in FOOD
    is_held = is_food and any(map(holds_licence, texts_before(turn)))
    return FOOD_ADDED.say(say) if is_held and adds_goods(turn.text) else []
