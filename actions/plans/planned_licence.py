"""Finds the licence of the plan that is meant by what it is about: "食品上头那个证"."""

import re
from collections.abc import Sequence

from actions import app
from actions.plans.planned import planned_matters
from actions.trades.start_answers import TRADE, trade_matters
from actions.turns.history import slot_values
from actions.turns.turn import Turn
from bot.domain.matters import Matter
from bot.services.words.matter_remarks import licence_about, licence_wanted

KINDS = ("备案", "登记", "许可")
"""Words for what is got, where it is no licence in general."""

_KIND = re.compile(
    "(?:那|这|请问|对了|[，, ])*[那这]一?(?:个|张|项|份)?(?P<kind>备案|登记|许可)(?:证|卡|表)"
)
"""Begins what points at a licence by its kind and nothing else."""

LICENCE = "licence"
"""Category of what a trade wants of its own."""


def planned_licence(turn: Turn, named: str | None) -> Matter | None:
    """Return the matter spoken of or planned that such words mean; None where one is named."""
    said = licence_about(turn.text) or licence_wanted(turn.text)
    about = said if named is None else None
    if about is None:
        return None if named is not None else kind_pointed_at(turn)
    planned = _near(turn)
    area = app().dialogue_words.area_in(about)  # 环保局那个证
    words = (about, *(app().dialogue_words.areas[area] if area is not None else ()))
    found = [one for one in planned if about in one.name] or _of_words(words, planned)
    kind = next((word for word in KINDS if word in turn.text), "")

    def order(one: Matter) -> tuple[bool, bool]:
        # 公安那个证 is no seal that is filed with the police, 卫健那个备案 no licence for X-rays
        return kind not in one.name, one.category != LICENCE

    return min(found, key=order, default=None)


def kind_pointed_at(turn: Turn) -> Matter | None:
    """Return the licence pointed at by its kind alone, spoken of last or planned: 那个登记证."""
    kind = _KIND.match(turn.text)
    if kind is None:
        return None
    near = [one for one in _near(turn) if kind["kind"] in one.name and one.category == LICENCE]
    only = {one.id for one in near}
    spoken = [one for one in near if one.id in slot_values(turn, "matter_id")]
    return (spoken or near)[0] if spoken or len(only) == 1 else None


def _near(turn: Turn) -> list[Matter]:
    """Return the matters spoken of, the last one first, then those planned."""
    known = app().catalogue.matters
    names = reversed(slot_values(turn, "matter_id"))
    spoken = [known[name] for name in names if name in known]
    return [*spoken, *(planned_matters(turn.slots) or _of_trade(turn))]


def _of_words(words: Sequence[str], planned: Sequence[Matter]) -> list[Matter]:
    """Return the matters that some words stand in, in their other names or their department."""
    return [
        m for m in planned if any(w in one for w in words for one in (*m.aliases, m.department))
    ]


def _of_trade(turn: Turn) -> list[Matter]:
    """Return what the trade wants whose plan was offered, none when none was."""
    trade = turn.slots.get(TRADE)
    return trade_matters(trade) if trade else []
