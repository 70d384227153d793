"""Adds what an area grows by to the area that is noted: 面积加了一千平, after a plan for 3000."""

from dataclasses import replace

from actions.projects.answers import PREFIX as PROJECT
from actions.trades.start_answers import PREFIX as SHOP
from actions.turns.focus import read_focus
from actions.turns.turn import Turn
from bot.services.words.area import area_change
from bot.services.words.business import supposes
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import is_correction

AREAS = {"plan_project": PROJECT + "total_area_m2", "start_business": SHOP + "area_m2"}
"""Slot of the area of each journey."""


def with_area_summed(turn: Turn) -> Turn:
    """Return the turn as if it named the whole area, where it tells by how much that changes."""
    noted = turn.slots.get(AREAS.get(str(read_focus(turn).journey), ""))
    is_told = turn.choice is None and not tells_no_change(turn.text)
    change = area_change(turn.text) if is_told else None
    if change is None or not isinstance(noted, int | float) or noted <= 0:
        return turn
    whole = noted + change.by_m2
    if whole <= 0:
        return turn
    return replace(
        turn, intent="go_back", text=turn.text.replace(change.said, f"改成{whole:.10g}平")
    )


def tells_no_change(text: str) -> bool:
    """Tell whether a text asks, supposes or mends, and so changes nothing: 要是加一百平多交钱吗."""
    return asks(text) or supposes(text) or is_correction(text)
