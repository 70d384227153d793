"""Licences that are wanted beside those of the trade: for what is sold or done by the way.

"开个快递驿站，顺便卖点水和方便面" wants the filing for packed food as well, and
"食品生产许可咋没列" names what the list of the trade has not.
"""

import re
from collections.abc import Iterator
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._buttons import ITEM_MARK
from actions._names import sure_matter
from actions._start_answers import (
    ENTERPRISE_TYPE,
    INDIVIDUAL,
    TRADE,
    WANTED,
    compose_start,
    own_matters,
)
from actions._turn import Turn
from bot.services.answers import is_denied_behind
from bot.services.business_words import says_individual
from bot.services.matter_remarks import asks_which_licences
from bot.services.plan_remarks import adds_step
from bot.services.remarks import clauses
from bot.services.things_told import things_told

LICENCE = "licence"
"""Category of what may be added; a change or an end of a business is none."""

MARK = ","

_LICENCE = re.compile("证|许可|备案|执照")
"""Stands in a clause that names a licence."""


def wanted_told(turn: Turn, trade: str | None) -> dict[str, Any]:
    """Return the slot with all that is wanted once a text is heard; {} where it is as before.

    Args:
        turn: The message.
        trade: As in the slot of the trade, by this message or one before.
    """
    before = [one for one in str(turn.slots.get(WANTED) or "").split(MARK) if one]
    own = {matter.id for matter in own_matters(trade)} if trade else set()
    told = _told(turn.text)
    more = [one for one, answer in told.items() if answer == "yes"]
    more = [one for one in more if not own & set(_beside(one, "unless"))]
    more += [one for one in _named(turn) if one not in _planned(turn)]
    kept = [one for one in before if told.get(one) != "no"]
    now = list(dict.fromkeys([*kept, *more]))
    return {} if now == before else {WANTED: MARK.join(now) or None}


def mended_beside(turn: Turn) -> dict[str, Any]:
    """Return what is wanted beside the trade now, and the form that is put right: 不是公司."""
    trade = turn.slots.get(TRADE)
    found = wanted_told(turn, str(trade) if trade else None)
    is_mended = says_individual(turn.text) and turn.slots.get(ENTERPRISE_TYPE) is not None
    return found | {ENTERPRISE_TYPE: INDIVIDUAL} if is_mended else found


def _planned(turn: Turn) -> set[str]:
    """Return the ids of what the plan has for sure already."""
    steps = compose_start(turn.slots).steps
    return {one.matter.id for one in steps if one.matter is not None and not one.undecided}


def say_added(before: Any, after: Any, say: CollectingDispatcher) -> None:
    """Say which licences were added to the plan, by the slot before and after."""
    had = str(before or "").split(MARK)
    new = [one for one in str(after or "").split(MARK) if one and one not in had]
    if new:
        names = (app().catalogue.matter(one).name.partition("（")[0] for one in new)
        say.utter_message(response="utter_start_business_beside", matters=ITEM_MARK.join(names))


def _told(text: str) -> dict[str, str]:
    """Return "yes" or "no" by matter for the things of which a text tells that they are sold."""
    known = app().business_beside
    parts = [part for part in clauses(text) if not asks_which_licences(part)]
    told = things_told("，".join(parts), {name: words["things"] for name, words in known.items()})
    for name in known:
        said = [word for word in _beside(name, "named") if word in text]
        if said and not is_denied_behind(text.partition(said[0])[0]):
            told.setdefault(name, "yes")
    return told


def _beside(name: str, kind: str) -> list[str]:
    return list(app().business_beside[name][kind])


def _named(turn: Turn) -> Iterator[str]:
    """Yield the licences that somebody wants in the plan by their names: 食品生产许可咋没列进去."""
    if not adds_step(turn.text):
        return
    words = [one.value for one in turn.entities if one.name == "matter"]
    # 排的不对 names no licence
    parts = [part for part in clauses(turn.text) if _LICENCE.search(part)]
    for said in (*words, *parts):
        matter = sure_matter(said)
        if matter is not None and matter.category == LICENCE:
            yield matter.id
