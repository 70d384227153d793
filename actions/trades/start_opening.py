"""What the start of a business says at once: what its trade wants."""

import re
from collections.abc import Mapping
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.forms.ask import YES
from actions.forms.facts import UNKNOWN
from actions.trades.start_answers import (
    BUNDLE,
    CODE,
    DISTRICT,
    PREFIX,
    TRADE,
    compose_start,
    own_matters,
    told_slots,
)
from actions.turns.focus import matter_in_focus
from actions.turns.history import entities_before, typed_before
from actions.turns.places import find_district
from actions.turns.trades_named import trade_of, trades_meant
from actions.turns.turn import Turn
from bot.documents.trade_text import wants_text
from bot.services.plans.open_already import has_idea
from bot.services.plans.start_business import TradeBasis
from bot.services.words.request import wants_plan

_THEN = re.compile("那|既然|要是这样|(?:行|中|好|成|可以|沾)(?:[吧了嘞的呗就]|[，, ])")
"""Goes on with what was said before."""

TREATS = f"{PREFIX}treats_animals"
"""Answer that only one trade gives."""

_ANIMALS = re.compile("[猫狗犬]|宠物|动物|兽|牲口")

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


def trade_told(turn: Turn) -> str | None:
    """Return the trade whose own licence was spoken of, or of which alone something is told.

    给猫狗瞧病的小医院 names no trade, and only one list asks who treats animals.
    """
    if has_idea(turn.text) and turn.entity("industry") is None:  # 有个养老院的想法
        return trade_of(turn.entity("project_type"))
    if _ANIMALS.search(turn.text) is None or told_slots(turn.text).get(TREATS) != YES:
        return _trade_named(turn) or trade_spoken(turn)
    bundles = app().catalogue.one_things.values()
    own = [one.id for one in bundles if TREATS.removeprefix(PREFIX) in one.question_ids]
    return f"{BUNDLE}{own[0]}" if len(own) == 1 else None


def _goes_on(turn: Turn) -> bool:
    """Tell whether a text begins with what was talked about: 行 开公司吧, 给俺排个单子."""
    is_said = _THEN.match(turn.text) is not None or wants_plan(turn.text)
    return is_said and turn.loop is None


def _trade_named(turn: Turn) -> str | None:
    """Return the trade that was named last in the talk that goes on; None for none."""
    named = entities_before(turn, "industry") if _goes_on(turn) else []
    return next(filter(None, map(trade_of, named)), None)


def called_before(turn: Turn, trade: str | None) -> str | None:
    """Return what a trade was called in the talk before: 剧本杀店; None for not at all."""
    named = entities_before(turn, "industry") if _goes_on(turn) else []
    return next((word for word in named if trade is not None and trade_of(word) == trade), None)


def trade_spoken(turn: Turn) -> str | None:
    """Return the one trade whose own licence was spoken of last; None for none or several.

    "那成立个公司总行了吧" after who may run a net café begins with that.
    """
    matter = matter_in_focus(turn)
    if matter is None or not _goes_on(turn):
        return None
    bundles = (f"{BUNDLE}{one}" for one in app().catalogue.one_things)
    found = [one for one in bundles if any(own.id == matter.id for own in own_matters(one))]
    return found[0] if len(found) == 1 else None


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
    plan = compose_start(slots)
    is_covered = plan.basis is not TradeBasis.NOT_COVERED
    wants = wants_text(plan.steps, is_covered=is_covered)
    say.utter_message(response=response, trade=name, listed=listed, wants=wants)


def says_same_list(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say what another trade of the same list wants: 改成奶茶店, of a plan for an eating house.

    False where the text names no such trade.
    """
    trade = turn.slots.get(TRADE)
    same = [word for word in trades_meant(turn) if trade is not None and trade_of(word) == trade]
    if same:
        say_wants(same[-1], turn.slots, say)
    return bool(same)


def told_before(turn: Turn) -> dict[str, Any]:
    """Return what was told with the questions on which 那你给俺排排 follows."""
    if not _goes_on(turn):
        return {}
    place = find_district(next(iter(entities_before(turn, "district")), None))
    text = typed_before(turn) if wants_plan(turn.text) else None
    told = told_slots(text) if text else {}
    return told if place is None else {**told, DISTRICT: place.id}
