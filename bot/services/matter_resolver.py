"""From what somebody tells to the matter that it needs, by several signals together."""

from bot.domain.catalogue import Catalogue
from bot.services.lookup import Lookup
from bot.services.matter_words import MatterWords


class MatterResolver:
    """Ranks matters for a name, a question or a situation.

    Args:
        catalogue: The matters.
        lookup: Matches names.
        words: Situations, plain labels and ideas.
    """

    def __init__(self, catalogue: Catalogue, lookup: Lookup, words: MatterWords) -> None:
        self._catalogue = catalogue
        self._lookup = lookup
        self._words = words

    def rank_matters(self, text: str, limit: int = 3) -> list[tuple[str, float]]:
        """Return at most `limit` matter ids with their scores, 0 to 1, best first."""
        return [(match.entry_id, match.score) for match in self._lookup.find_matters(text, limit)]
