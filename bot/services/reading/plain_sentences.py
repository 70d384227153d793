"""Tells whether a question says nothing but what is asked of any matter: 要等几天能下来."""

from collections.abc import Iterable

from bot.services.reading.wording import normalise

_FILLERS = frozenset(
    "要得能会吗呢啊吧不么了的还就都也那这个我俺您你咱先到底又再给把是去办下证好完快最在哪里交来"
)
"""Signs that say nothing alone, whatever is asked about."""

_SHORTEST = 2
"""Signs of a piece of a plain question that counts as one."""

_LONGEST = 8


class PlainSentences:
    """Knows the sentences that are put together from pieces of plain questions.

    Args:
        questions: Plain questions, as people say them.
    """

    def __init__(self, questions: Iterable[str]) -> None:
        self._pieces = frozenset(
            said[start:end]
            for said in map(normalise, questions)
            for start in range(len(said))
            for end in range(start + _SHORTEST, min(len(said), start + _LONGEST) + 1)
        )

    def holds(self, text: str) -> bool:
        """Tell whether a normalised text is one of them; an empty one is."""
        reached = [True] + [False] * len(text)
        for start, sign in enumerate(text):
            if not reached[start]:
                continue
            reached[start + 1] |= sign in _FILLERS
            for end in range(start + _SHORTEST, min(len(text), start + _LONGEST) + 1):
                reached[end] |= text[start:end] in self._pieces
        return reached[-1]
