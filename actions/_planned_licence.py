"""Finds the licence of the plan that is meant by what it is about: "食品上头那个证"."""

from actions._apply_target import planned_matters
from actions._turn import Turn
from bot.domain.matters import Matter
from bot.services.matter_remarks import licence_about


def planned_licence(turn: Turn, named: str | None) -> Matter | None:
    """Return the one planned matter that such words mean, None for none or where one is named."""
    about = licence_about(turn.text) if named is None else None
    if about is None:
        return None
    planned = planned_matters(turn.slots)
    found = [m for m in planned if about in m.name] or [
        m for m in planned if any(about in known for known in (*m.aliases, m.department))
    ]
    return found[0] if found else None
