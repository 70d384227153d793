"""Licences that somebody wants in a plan by their names: 食品生产许可咋没列.

What is sold or done beside a trade is told in one's own words: `data/start_business/things.yml`.
"""

import re
from collections.abc import Iterator
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.trades.start_answers import (
    ENTERPRISE_TYPE,
    INDIVIDUAL,
    WANTED,
    compose_start,
)
from actions.turns.buttons import ITEM_MARK
from actions.turns.names import sure_matter
from actions.turns.turn import Turn
from bot.services.plans.trade import LICENCE_CATEGORY
from bot.services.words.business import says_individual
from bot.services.words.plan_remarks import adds_step
from bot.services.words.remarks import clauses

MARK = ","

_LICENCE = re.compile("证|许可|备案|执照")
"""Stands in a clause that names a licence."""


def wanted_told(turn: Turn) -> dict[str, Any]:
    """Return the slot with all that is wanted once a text is heard; {} where it is as before."""
    before = [one for one in str(turn.slots.get(WANTED) or "").split(MARK) if one]
    more = [one for one in _named(turn) if one not in _planned(turn)]
    now = list(dict.fromkeys([*before, *more]))
    return {} if now == before else {WANTED: MARK.join(now) or None}


def mended_beside(turn: Turn) -> dict[str, Any]:
    """Return what is wanted beside the trade now, and the form that is put right: 不是公司."""
    found = wanted_told(turn)
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


def _named(turn: Turn) -> Iterator[str]:
    """Yield the licences that somebody wants in the plan by their names: 食品生产许可咋没列进去."""
    if not adds_step(turn.text):
        return
    words = [one.value for one in turn.entities if one.name == "matter"]
    # 排的不对 names no licence
    parts = [part for part in clauses(turn.text) if _LICENCE.search(part)]
    for said in (*words, *parts):
        matter = sure_matter(said)
        if matter is not None and matter.category == LICENCE_CATEGORY:  # no change, no end
            yield matter.id
