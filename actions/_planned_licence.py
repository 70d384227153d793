"""Finds the licence of the plan that is meant by what it is about: "食品上头那个证"."""

from actions import app
from actions._history import slot_values
from actions._planned import planned_matters
from actions._start_answers import TRADE, trade_matters
from actions._turn import Turn
from bot.domain.matters import Matter
from bot.services.matter_remarks import licence_about, licence_wanted

LICENCE = "licence"
"""Category of what a trade wants of its own."""


def planned_licence(turn: Turn, named: str | None) -> Matter | None:
    """Return the matter spoken of or planned that such words mean; None where one is named."""
    said = licence_about(turn.text) or licence_wanted(turn.text)
    about = said if named is None else None
    if about is None:
        return None
    known = app().catalogue.matters
    spoken = [known[name] for name in slot_values(turn, "matter_id") if name in known]
    planned = [*spoken, *(planned_matters(turn.slots) or _of_trade(turn))]
    found = [m for m in planned if about in m.name] or [
        m for m in planned if any(about in known for known in (*m.aliases, m.department))
    ]
    # 公安那个证 is no seal that is filed with the police
    return next((m for m in found if m.category == LICENCE), next(iter(found), None))


def _of_trade(turn: Turn) -> list[Matter]:
    """Return what the trade wants whose plan was offered, none when none was."""
    trade = turn.slots.get(TRADE)
    return trade_matters(trade) if trade else []
