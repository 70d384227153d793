"""What the start of a business says at once: what its trade wants."""

import re
from collections.abc import Mapping
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._ask import YES
from actions._facts import UNKNOWN
from actions._focus import matter_in_focus
from actions._history import typed_before
from actions._names import find_district, trade_of
from actions._start_answers import (
    BUNDLE,
    CODE,
    DISTRICT,
    PREFIX,
    TRADE,
    compose_start,
    own_matters,
    told_slots,
)
from actions._turn import Turn
from bot.documents.trade_text import wants_text
from bot.services.open_already import has_idea
from bot.services.request_words import wants_plan
from bot.services.start_business import TradeBasis

_THEN = re.compile("那|既然|要是这样")
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
        return trade_spoken(turn)
    bundles = app().catalogue.one_things.values()
    own = [one.id for one in bundles if TREATS.removeprefix(PREFIX) in one.question_ids]
    return f"{BUNDLE}{own[0]}" if len(own) == 1 else None


def trade_spoken(turn: Turn) -> str | None:
    """Return the one trade whose own licence was spoken of last; None for none or several.

    "那成立个公司总行了吧" after who may run a net café begins with that.
    """
    matter = matter_in_focus(turn)
    is_asked = _THEN.match(turn.text) is not None or wants_plan(turn.text)
    if matter is None or turn.loop is not None or not is_asked:
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


def told_before(turn: Turn) -> dict[str, Any]:
    """Return what was told with the question on which 那你给俺排排 follows."""
    text = typed_before(turn) if wants_plan(turn.text) and turn.loop is None else None
    place = find_district(text) if text else None
    told = told_slots(text) if text else {}
    return told if place is None else {**told, DISTRICT: place.id}
