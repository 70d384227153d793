"""What a shop sells that wants a licence of its own, or that people think wants one."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.domain.facts import Provenance


@dataclass(frozen=True)
class GoodsAnswer:
    """A question of the catalogue on goods.

    Attributes:
        matter_id: Whose question it is.
        question: The question.
        beside: A matter; the question is meant only where the shop wants that one as well.
    """

    matter_id: str
    question: str
    beside: str | None = None


@dataclass(frozen=True)
class Goods:
    """One kind of goods.

    Attributes:
        id: Stable id.
        name: What people call the kind.
        words: Other names of it, and of things of the kind.
        matter_id: The matter that selling it wants; None where the catalogue has none.
        answers: Questions that tell whether and how it may be sold, the first that fits is meant;
            with none the conditions of the matter tell it.
        text: What holds where the catalogue has no such matter.
        provenance: Where `text` stands; None with a matter, whose answer has its own.
    """

    id: str
    name: str
    words: tuple[str, ...]
    matter_id: str | None
    answers: tuple[GoodsAnswer, ...]
    text: str
    provenance: Provenance | None

    def answer_for(self, wanted: Collection[str]) -> GoodsAnswer | None:
        """Return the question that is meant for a shop; None for none.

        Args:
            wanted: Ids of the matters that the shop wants.
        """
        return next((one for one in self.answers if one.beside in {None, *wanted}), None)

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the words."""
        return (self.name, *self.words)
