"""Finds the districts that a message names, or the one that is known."""

import re

from actions import app
from actions.turns.turn import Turn
from bot.domain.places import District

SURE_SCORE = 0.85
"""From this score on a match is taken without asking; below it the person chooses."""

_CALLED = re.compile("(叫|店名是?|名字是?|字号是?).+")
_NO_PLACE = re.compile("[已曾]经开|高新技术|高新企业|技术开发|开发商|房地产开发")


def find_district(text: str | None) -> District | None:
    """Return the division or zone that the text names, None when it names none."""
    found = app().lookup.find_district(text, 1) if text else []
    if not found or found[0].score < SURE_SCORE:
        return None
    return app().catalogue.district(found[0].entry_id)


def district_in(turn: Turn) -> District | None:
    """Return the one division or zone whose name stands in a text; None for none or several.

    A name of one sign (莘), inside another word (高新技术) or inside a firm's name is none.
    """
    places = app().catalogue.districts.values()
    bare = _NO_PLACE.sub(
        "", _CALLED.sub("", turn.text.replace(turn.entity("company_name") or "\n", ""))
    )
    found = [place for place in places if any(name in bare for name in _place_names(place))]
    return found[0] if len(found) == 1 else None


def known_district(turn: Turn) -> District | None:
    """Return the division or zone that the text names, else the one of the journeys before."""
    named = turn.entity("district")
    if named:
        return find_district(named)
    known = app().catalogue.districts
    forms = ("start_business", "life_event", "booking", "whistle")
    noted = [str(turn.slots.get(f"{form}_district")) for form in forms]
    places = {known[place].id: known[place] for place in noted if place in known}
    return next(iter(places.values())) if len(places) == 1 else None


def _place_names(place: District) -> list[str]:
    return [name for name in (place.name, *place.aliases) if len(name) > 1]
