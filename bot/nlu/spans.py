"""Stretches of a message that carry an entity, and how rivals for one place are settled."""

from collections.abc import Iterable
from dataclasses import dataclass

NUMBERS = frozenset({"case_number", "ticket_number", "credit_code", "id_number", "phone"})
"""Entities whose form alone says what they are."""

WHEN = frozenset({"date", "time"})
"""Entities that mean the same whatever a message is about."""


@dataclass(frozen=True)
class Span:
    """One entity in a text.

    Attributes:
        start: Offset of the first character.
        end: Offset behind the last character, > start.
        entity: Name of the entity in the dialogue contract.
        rank: Trust in the finder; the higher one wins where two spans overlap.
    """

    start: int
    end: int
    entity: str
    rank: int = 0

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


def resolve(spans: Iterable[Span]) -> list[Span]:
    """Keep a set of spans of which no two overlap.

    Higher rank wins, then the longer span, then the earlier one; of two equal spans the first.

    Returns:
        The winners, ordered by start. Empty for no spans. O(n²) for the few spans of a message.
    """
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (-s.rank, s.start - s.end, s.start)):
        if not any(span.overlaps(other) for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda s: s.start)


def settle(known: list[Span], tagged: list[Span]) -> list[Span]:
    """Bring the numbers that have a form together with the spans of the tagger.

    A case number is one whatever stands around it; for everything else the tagger has weighed
    forms and names with the context.

    Args:
        known: Spans of forms and lexicon, not overlapping.
        tagged: Spans of the tagger, not overlapping.

    Returns:
        Spans of which no two overlap, ordered by start.
    """
    numbers = [span for span in known if span.entity in NUMBERS]
    return resolve([*numbers, *(Span(s.start, s.end, s.entity) for s in tagged)])
