"""Whether a matter's limits count its publicity, by what the catalogue says of them."""

from bot.domain.facts import Duration
from bot.domain.matters import Matter

PUBLICITY = "公示"
INCLUDED = ("含公示", "包含公示", "包括公示")
"""How the catalogue says that a limit covers the publicity."""

EXCLUDED = ("另计", "不计入")
"""How it says that a limit does not; a note with neither says nothing about the clock."""


def publicity_limit(matter: Matter) -> Duration | None:
    """Return the limit that says it covers the publicity, None when none does.

    行政许可法 第四十五条 names what is not counted, and the publicity is not among it; so a limit
    that counts it, as 环境影响评价法 第二十二条 does, keeps the clock running.
    """
    limits = (matter.statutory, matter.promised)
    return next((one for one in limits if any(words in one.note for words in INCLUDED)), None)


def speaks_of_publicity(limit: Duration) -> bool:
    """Tell whether the note of a limit says how the publicity counts."""
    return PUBLICITY in limit.note and any(one in limit.note for one in (*INCLUDED, *EXCLUDED))
