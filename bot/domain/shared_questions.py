"""Questions whose answer is the same for all matters of a legal kind: who may go, what is due."""

from dataclasses import dataclass

from bot.domain.facts import Faq
from bot.domain.matters import Matter


@dataclass(frozen=True)
class SharedQuestion:
    """A question about the procedure, and its answer for some kinds of matters.

    Attributes:
        faq: The question with its answer.
        kinds: Words of the legal kind of a matter (行政许可) of which one must stand in it.
    """

    faq: Faq
    kinds: tuple[str, ...]

    def holds_for(self, matter: Matter) -> bool:
        """Tell whether the answer is right for a matter."""
        return any(kind in matter.kind for kind in self.kinds)
