"""A new text beside the open ones: what the same business said before, and what others say."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.domain.hot import HotRules, OpenText
from bot.services.ports import OpenUnitOfWork
from bot.services.reading.wording import normalise
from bot.services.tickets.routing import Router

if TYPE_CHECKING:
    from bot.services.finding.similar import SimilarIndex

MOST_SHOWN = 10


@dataclass(frozen=True)
class SimilarText:
    """An open text that is like the new one, 0 to 1."""

    text: OpenText
    likeness: float


@dataclass(frozen=True)
class Beside:
    """What stands beside a text, the likest first.

    Attributes:
        own: Of the same business: offered to be joined.
        others: Of other businesses.
    """

    own: tuple[SimilarText, ...]
    others: tuple[SimilarText, ...]


class SimilarOpen:
    """Compares with the open texts; keeps the index as long as nothing new is open.

    Args:
        unit_of_work: Opens a transaction.
        rules: How like and for how long.
        router: Knows how texts are read.
    """

    def __init__(
        self,
        unit_of_work: OpenUnitOfWork,
        rules: HotRules,
        router: Router,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._rules = rules
        self._router = router
        self._lock = threading.Lock()
        self._known: tuple[tuple[str, ...], Sequence[OpenText], SimilarIndex] | None = None

    def beside(self, text: str, business: str, *, now: datetime, number: str = "") -> Beside:
        """Return the open texts that are like a new one.

        Args:
            text: What is said.
            business: Name of the business.
            now: Aware UTC.
            number: Its own number when it is stored already; it is left out.
        """
        texts, index = self._index(now)
        found = [
            SimilarText(texts[one.index], one.likeness)
            for one in index.nearest(text, self._rules.likeness, MOST_SHOWN + 1)
            if texts[one.index].number != number
        ]
        mine = normalise(business)
        own = tuple(one for one in found if mine and normalise(one.text.name) == mine)
        others = tuple(one for one in found if one not in own)
        return Beside(own, others[:MOST_SHOWN])

    def _index(self, now: datetime) -> "tuple[Sequence[OpenText], SimilarIndex]":
        from bot.services.finding.similar import SimilarIndex  # noqa: PLC0415 - loads scikit-learn

        since = now - timedelta(days=self._rules.window_days)
        with self._unit_of_work() as uow:
            texts = uow.hot.open_texts(since)
        numbers = tuple(one.number for one in texts)
        with self._lock:
            if self._known is None or self._known[0] != numbers:
                index = SimilarIndex(self._router.reader, [one.text for one in texts])
                self._known = (numbers, texts, index)
            return self._known[1], self._known[2]
