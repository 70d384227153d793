"""Finds the lines of a matter's record that share words with a question nothing else answers."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from bot.domain.matters import Matter
from bot.services.wording import content, normalise

SHARED = 3
"""Signs in a row that a line must share with a question: 设立大会."""

MOST = 3


def lines_about(text: str, matter: Matter) -> list[str]:
    """Return the lines of a record that speak of what a text asks, in their order, at most three.

    Names of the matter and words that any question has do not count.
    """
    said = normalise(text)
    for name in sorted((matter.name, *matter.aliases), key=len, reverse=True):
        said = said.replace(normalise(name), "\n")
    said = content(said)
    return [line for line in _lines(matter) if _shared(said, normalise(line)) >= SHARED][:MOST]


def _lines(matter: Matter) -> Iterator[str]:
    yield from (material.name for material in matter.materials)
    yield from matter.conditions
    yield from matter.notes
    yield from (dependency.when for dependency in matter.depends_on_if)


def _shared(one: str, other: str) -> int:
    """Return the length of the longest run of signs that two texts share."""
    return SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size
