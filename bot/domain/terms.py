"""Words of the field that people ask the meaning of, each with what it is mixed up with."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.facts import Provenance


@dataclass(frozen=True)
class Apart:
    """Another term that one is mixed up with: its id, and the difference in one sentence."""

    term_id: str
    text: str


@dataclass(frozen=True)
class Term:
    """One word of the field.

    Attributes:
        id: Stable id.
        name: The word itself.
        aliases: What else it is called, and how it is often misspelt.
        text: What it means, in one or two plain sentences.
        provenance: Where that stands.
        matter_ids: Matters that the word belongs to, the likeliest first.
        policy_ids: Policies that it belongs to.
        apart: What it is mixed up with; of a pair one of the two holds the sentence.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    text: str
    provenance: Provenance
    matter_ids: tuple[str, ...] = ()
    policy_ids: tuple[str, ...] = ()
    apart: tuple[Apart, ...] = ()

    @property
    def names(self) -> Iterator[str]:
        """Yield the name and then the aliases."""
        yield self.name
        yield from self.aliases

    def is_said_in(self, text: str) -> bool:
        """Tell whether a text says what the word means, or how it differs from another."""
        return any(told in text for told in (self.text, *(one.text for one in self.apart)))

    def difference_to(self, other: "Term") -> str | None:
        """Return the sentence on how it differs from another term, None where there is none."""
        return next((one.text for one in self.apart if one.term_id == other.id), None)
