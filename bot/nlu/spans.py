"""Stretches of a message that carry an entity, and how rivals for one place are settled."""

from collections.abc import Iterable
from dataclasses import dataclass

_WIDER_RANK = 4  # a tagged span around names: 「聊城鲁西物流有限公司」 over 聊城, 物流 and 有限公司
_TAGGER_RANK = 1  # a tagged span that crosses a name


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


def settle(known: list[Span], tagged: list[Span], rivals: frozenset[str]) -> list[Span]:
    """Bring the spans of lexicon and forms together with those of the tagger.

    Args:
        known: Spans of forms and lexicon, not overlapping.
        tagged: Spans of the tagger.
        rivals: Entities between which only the context decides (营业执照: matter or document).
            On equal stretches the tagger's word counts if both names are rivals.

    Returns:
        Spans of which no two overlap, ordered by start.
    """
    by_place = {(span.start, span.end): span for span in tagged}
    agreed = []
    for span in known:
        other = by_place.get((span.start, span.end))
        if other and {span.entity, other.entity} <= rivals:
            agreed.append(Span(span.start, span.end, other.entity, span.rank))
        else:
            agreed.append(span)
    ranked = [
        Span(span.start, span.end, span.entity, _rank(span, known))
        for span in tagged
        if (span.start, span.end) not in {(k.start, k.end) for k in known}
    ]
    return resolve([*agreed, *ranked])


def _rank(span: Span, known: list[Span]) -> int:
    """Rank a tagged span: above the names it wholly contains, below those it cuts."""
    touched = [other for other in known if span.overlaps(other)]
    contained = all(span.start <= o.start and o.end <= span.end for o in touched)
    return _WIDER_RANK if contained else _TAGGER_RANK
