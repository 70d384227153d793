"""Reads "第一个", "两样都", "烟的那个" against the matters that were answered for together."""

import re

from actions import app
from actions.turns.history import slot_values_by_turn
from actions.turns.turn import Turn
from bot.domain.matters import Matter
from bot.services.reading.numerals import read_number

_PLACE = re.compile(
    r"第(?P<number>[一二三四五两]|[1-5])(?:个|样|项|件|种|条)|(?P<first>头一?个|头一样|最前面那?个|前面那个)|"
    r"(?P<last>最后(?:一|那)?[个条项]|后(?:面|头)?(?:那|一)个)"
)

_BOTH = re.compile(
    "(两|俩|仨|三)(个|样|种|项|张)?(证|照)?(儿)?(都|的|一共|加一?起|分别|各|是不是|能|要|得|咋)|"
    "(都|各)(要|不要|得|是|能|可以)"
)
_THING = re.compile(
    r"^(?:那|先|就|光|再|[，, ])*(?:说说?|讲讲?|问问?|看看?)?(?P<thing>[\u4e00-\u9fff]{1,4}?)"
    r"(?:那个证?|那证|那边|的证|证|的)(?=[呢嘞呗吧啊，, 要几多咋怎去在得收能花]|$)"
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
    together = spoken_together(turn)
    if len(together) > 1 and _BOTH.search(turn.text):
        return together[0]
    at = place_in(turn.text)
    if at is None:
        return _by_thing(turn.text, together)
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


def spoken_together(turn: Turn) -> list[Matter]:
    """Return the matters that one answer was last given for together, none where there was none.

    Another matter spoken of since, alone, ends it.
    """
    known = app().catalogue.matters
    told = [
        list(dict.fromkeys(value for value in values if value in known))
        for values in slot_values_by_turn(turn, "matter_id")
    ]
    several: list[str] = []
    for ids in told:
        is_other = len(ids) > 1 or (ids and ids[0] not in several)
        several = ids if is_other else several
    return [app().catalogue.matter(matter_id) for matter_id in several] if len(several) > 1 else []


def both_meant(turn: Turn) -> list[Matter]:
    """Return the matters of that answer when a text asks for all of them: "两样都不要钱吧"."""
    return spoken_together(turn) if _BOTH.search(turn.text) else []


def _by_thing(text: str, together: list[Matter]) -> Matter | None:
    """Return the one of some matters that a text points at: "先说烟的", "消防那个几天"."""
    found = _THING.match(text) if together else None
    if found is None:
        return None
    thing = found["thing"]
    hits = [one for one in together if any(thing in name for name in (one.name, *one.aliases))]
    return hits[0] if len(hits) == 1 else None
