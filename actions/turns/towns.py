"""Finds the district of a town or street office that a text names: 堂邑的, 在烟店那边."""

from actions import app
from actions.turns.made_once import FEW, made_once
from bot.domain.places import District, Division, FunctionZone
from bot.services.words.remarks import clauses
from bot.services.words.town import names_town, short_name


def town_district(text: str) -> District | None:
    """Return the district of the town that a text names; None for none, several or unsure ones.

    Towns that a zone is said to administer are not certain, and tell none.
    """
    found = {place for part in clauses(text) for place in _named(part, is_sure=True)}
    return app().catalogue.district(next(iter(found))) if len(found) == 1 else None


def names_unsure_town(text: str) -> bool:
    """Tell whether a text is about a town of which it is not sure who administers it: 许营镇的."""
    return any(_named(part, is_sure=False) for part in clauses(text))


def _named(part: str, *, is_sure: bool) -> set[str]:
    """Return the ids of the districts whose towns a clause names."""
    return {place for town, place in _towns(is_sure) if names_town(part, town)}


@made_once(FEW)
def _towns(is_sure: bool) -> tuple[tuple[str, str], ...]:
    """Return the towns whose district is sure, or not, each with the id of its district.

    A short name that two of them share tells none.
    """
    places = app().catalogue.districts.values()
    unsure = {code for one in places if isinstance(one, FunctionZone) for code in one.town_codes}
    pairs = [
        (town.name, one.id, town.code in unsure)
        for one in places
        if isinstance(one, Division)
        for town in one.towns
    ]
    names = [short_name(name) for name, *_ in pairs]
    return tuple(
        (name, place)
        for name, place, is_unsure in pairs
        if names.count(short_name(name)) == 1 and is_unsure != is_sure
    )
