"""Recognises what is asked about a service itself while it is being used: by its words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LONGEST_ASIDE = 24
"""Characters; a longer text tells a story and is not taken for an aside."""

LONGEST_FIRST = 40
"""The same of one that is meant whatever a text is taken for."""

ANYWHERE, AFTERWARDS, OUTSIDE, UNSPOKEN = "any", "after", "outside", "unspoken"
"""In the place of a form: everywhere; right after something was filed; where none is open; there
while nothing is talked about."""


@dataclass(frozen=True)
class Aside:
    """One thing that is asked about a service of ours, and what is said to it.

    Attributes:
        name: By which its wordings are found in `data/matters/service_questions.yml`.
        where: Forms in which it is meant so, `ANYWHERE`, `AFTERWARDS`, `OUTSIDE`, `UNSPOKEN`, or
            names of responses right after which it is.
        unless_asks: Slots whose question takes such words as an answer.
        response: Name of what is said.
        words: Tells by the words whether it is asked.
        is_first: Whether it is meant whatever else a text outside of forms is taken for.
    """

    name: str
    where: frozenset[str]
    unless_asks: frozenset[str]
    response: str
    words: re.Pattern[str]
    is_first: bool = False

    def fits(
        self,
        text: str,
        form: str | None,
        requested: str | None,
        *,
        is_after: bool,
        said: frozenset[str] = frozenset(),
    ) -> bool:
        """Tell whether a text asks this by its words, where the conversation stands."""
        is_here = self.is_meant(form, requested, is_after=is_after, said=said)
        longest = LONGEST_FIRST if self.is_first else LONGEST_ASIDE
        return is_here and len(text) <= longest and self.words.search(text) is not None

    def is_meant(
        self,
        form: str | None,
        requested: str | None,
        *,
        is_after: bool,
        said: frozenset[str] = frozenset(),
    ) -> bool:
        """Tell whether it may be asked where the conversation stands."""
        places = {ANYWHERE, form or OUTSIDE, AFTERWARDS if is_after and form is None else ANYWHERE}
        places |= said
        return not places.isdisjoint(self.where) and requested not in self.unless_asks


def read_asides(raw: Mapping[str, Sequence[Mapping[str, Any]]]) -> tuple[Aside, ...]:
    """Compile the list of `data/common/asides.yml`.

    Raises:
        re.error: An expression is malformed.
        KeyError: A part is missing.
    """
    return tuple(
        Aside(
            str(one["name"]),
            frozenset(one["where"]),
            frozenset(one["unless_asks"]),
            str(one["response"]),
            re.compile("|".join(f"(?:{words})" for words in one["words"])),
            is_first=bool(one.get("first")),
        )
        for one in raw["asides"]
    )
