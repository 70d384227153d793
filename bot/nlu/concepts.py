"""Recognise wordings of the same idea (几天, 多久, 多长时间 …) so that each need not be learnt."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.nlu.spans import Span
from bot.nlu.text import normalise

_LONGEST_RUN = 3
_LENGTH_STEP = 3
_LENGTH_CLASSES = 9


@dataclass(frozen=True)
class Concepts:
    """Wordings and the concept each stands for.

    Attributes:
        concept_by_wording: Normalised wording to concept name.
    """

    concept_by_wording: Mapping[str, str]
    _longest: int = field(init=False)

    def __post_init__(self) -> None:
        longest = max(map(len, self.concept_by_wording), default=0)
        object.__setattr__(self, "_longest", longest)

    def sequence(self, text: str, spans: Iterable[Span]) -> list[str]:
        """Return the concepts of a text and its entities (`@matter`) in the order they begin.

        The longest wording wins. An entity stands before a concept that begins with it.
        """
        folded = normalise(text)
        found = [(span.start, 0, f"@{span.entity}") for span in spans]
        start = 0
        while start < len(folded):
            length = self._wording_length(folded, start)
            if length:
                wording = folded[start : start + length]
                found.append((start, 1, self.concept_by_wording[wording]))
            start += length or 1
        return [name for _, _, name in sorted(found)]

    def _wording_length(self, folded: str, start: int) -> int:
        for length in range(min(self._longest, len(folded) - start), 0, -1):
            if folded[start : start + length] in self.concept_by_wording:
                return length
        return 0

    def count(self, text: str, spans: Iterable[Span]) -> Counter[str]:
        """Count runs and pairs of concepts, and the class of the text's length."""
        names = self.sequence(text, spans)
        framed = ["^", *names, "$"]
        counts: Counter[str] = Counter()
        for size in range(1, _LONGEST_RUN + 1):
            for start in range(len(framed) - size + 1):
                counts["|".join(framed[start : start + size])] += 1
        distinct = sorted(set(names))
        counts.update(f"{a}&{b}" for i, a in enumerate(distinct) for b in distinct[i + 1 :])
        counts[f"length{min(_LENGTH_CLASSES, len(text) // _LENGTH_STEP)}"] += 1
        return counts


def read_concepts(path: Path) -> Concepts:
    """Read `concepts.txt`: one concept a line, its name and then its wordings.

    Raises:
        ValueError: A wording stands for two concepts.
    """
    found: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, *wordings = line.split()
        for wording in map(normalise, wordings):
            if found.setdefault(wording, name) != name:
                raise ValueError(f"{wording} stands for {found[wording]} and {name}")
    return Concepts(found)
