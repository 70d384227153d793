"""Recognises danger to life in plain words: what must never wait for a model or a queue."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LONGEST_CRY = 120
"""Characters; who is in danger writes no longer story, and a longer one mentions much."""


@dataclass(frozen=True)
class DangerWords:
    """Signs of danger now, and words that show there is none.

    Attributes:
        signs: Danger now.
        calm: What if, prevention, the past.
        over: Help has come.
    """

    signs: re.Pattern[str]
    calm: re.Pattern[str]
    over: re.Pattern[str]

    def are_in(self, text: str) -> bool:
        """Tell whether the text cries for help."""
        if len(text) > LONGEST_CRY or self.signs.search(text) is None:
            return False
        return self.calm.search(text) is None

    def is_over(self, text: str) -> bool:
        """Tell whether the text says that help has come ("救护车来了，投诉还给我提上").

        It weighs against a guess of the model only: a sign of danger counts all the same.
        """
        return self.over.search(text) is not None


def danger_words(raw: Mapping[str, Sequence[str]]) -> DangerWords:
    """Compile the lists of `data/common/danger.yml`.

    Raises:
        re.error: An expression is malformed.
        KeyError: A list is missing.
    """
    return DangerWords(signs=_any(raw["signs"]), calm=_any(raw["calm"]), over=_any(raw["over"]))


def _any(expressions: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{expression})" for expression in expressions))
