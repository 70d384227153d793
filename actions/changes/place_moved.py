"""Reads a text that puts another place in the stead of the one told: 不在临清了 挪到东阿去了."""

from collections.abc import Sequence
from typing import Any

from actions import app
from actions.forms.question import Question
from actions.turns.turn import Turn
from bot.domain.places import District
from bot.services.words.matter_remarks import asks
from bot.services.words.place_moved import is_left, is_moved_to

SHORTEST = 2
"""Signs of a name that stands for itself; 莘 is in other words too."""


def moved_anew(
    turn: Turn, questions: Sequence[Question], opened: Question | None
) -> dict[str, Any]:
    """Return the place that a text puts instead of the one told, beside another open question.

    "不在临清了 场子找到东阿去了"; empty where the place is not known yet.
    """
    is_story = opened is not None and opened.is_story
    of_place = (q for q in questions if q.entity == "district" and q is not opened)
    asked = next((q for q in of_place if turn.slots.get(q.slot) is not None), None)
    if asked is None or is_story or asks(turn.text):
        return {}
    named = districts_named(turn.text)
    known = turn.slots.get(asked.slot)
    left = any(one.id == known and is_left(before, behind) for one, before, behind in named)
    others = [one for one in named if one[0].id != known and not is_left(*one[1:])]
    new = others if left else [one for one in others if is_moved_to(*one[1:])]
    return {asked.slot: new[0][0].id} if len({one[0].id for one in new}) == 1 else {}


def districts_named(text: str) -> list[tuple[District, str, str]]:
    """Return each division or zone named in a text, with what stands before and behind its name."""
    places = app().catalogue.districts.values()
    names = ((name, one) for one in places for name in (one.name, *one.aliases))
    found: list[tuple[District, str, str]] = []
    for name, place in sorted(names, key=lambda pair: -len(pair[0])):
        before, said, behind = text.partition(name)
        if said and len(name) >= SHORTEST and all(place.id != one.id for one, _, _ in found):
            found.append((place, before, behind))
    return found
