"""Reads "第一个", "头一个" and "最后那个" against the matters that were answered for."""

import re

from actions import app
from actions._history import slot_values_by_turn
from actions._turn import Turn
from bot.domain.matters import Matter
from bot.services.answers import read_number

_PLACE = re.compile(
    r"第(?P<number>[一二三四五两]|[1-5])(?:个|样|项|件|种|条)|(?P<first>头一?个|头一样|最前面那?个|前面那个)|"
    r"(?P<last>最后(?:一|那)?个|后(?:面|头)?(?:那|一)个)"
)


def place_in(text: str) -> int | None:
    """Return the place that a text names ("第二个": 1, "最后那个": -1), None when it names none."""
    found = _PLACE.search(text)
    if found is None:
        return None
    return -1 if found["last"] else int(read_number(found["number"] or "一")) - 1


def matter_by_place(turn: Turn) -> Matter | None:
    """Return the matter that a text means by its place among those spoken of, None for none.

    Those are the matters of the last answer that had several, else of the whole conversation.
    """
    at = place_in(turn.text)
    if at is None:
        return None
    known = app().catalogue.matters
    told = [
        list(dict.fromkeys(value for value in values if value in known))
        for values in slot_values_by_turn(turn, "matter_id")
    ]
    several = next((ids for ids in reversed(told) if len(ids) > 1), None)
    spoken = several or list(dict.fromkeys(value for ids in told for value in ids))
    if len(spoken) < 2:  # noqa: PLR2004 - one has no place
        return None
    return app().catalogue.matter(spoken[at]) if at < len(spoken) else None
