"""Messages that nobody has decided about, in groups of similar ones."""

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.learning import Misunderstood
from bot.services.learning.lesson_examples import squashed
from bot.services.ports import OpenUnitOfWork
from bot.services.tickets.routing import Router

MOST = 2000
"""The newest messages that are put into groups."""


@dataclass(frozen=True)
class LessonGroup:
    """Messages that say much the same.

    Attributes:
        messages: The one that is most like the others first.
    """

    messages: tuple[Misunderstood, ...]

    @property
    def newest(self) -> Misunderstood:
        """Return the message that came last."""
        return max(self.messages, key=lambda one: one.id)

    @property
    def guesses(self) -> list[tuple[str, int]]:
        """Return the intents that the model thought of first, the most frequent first."""
        first = (one.misread.candidates[0][0] for one in self.messages if one.misread.candidates)
        return Counter(first).most_common(3)

    @property
    def chosen(self) -> list[tuple[str, int]]:
        """Return what people pressed, the most frequent first."""
        return Counter(one.chosen for one in self.messages if one.chosen).most_common(3)


class LessonGroups:
    """Groups messages; keeps the result as long as the same ones wait."""

    def __init__(self, unit_of_work: OpenUnitOfWork, router: Router) -> None:
        self._unit_of_work = unit_of_work
        self._router = router
        self._lock = threading.Lock()
        self._known: tuple[tuple[object, ...], Sequence[LessonGroup]] = ((), ())

    def groups(self) -> Sequence[LessonGroup]:
        """Return all groups, the largest first, then the newest."""
        with self._unit_of_work() as unit:
            waiting = unit.misunderstood.undecided(MOST)
        state = tuple((one.id, one.chosen) for one in waiting)
        with self._lock:
            if self._known[0] != state:
                self._known = (state, self._grouped(waiting))
            return self._known[1]

    def group_of(self, misunderstood_id: int) -> LessonGroup | None:
        """Return the group that a message is in, None when it waits no more."""
        for group in self.groups():
            if any(one.id == misunderstood_id for one in group.messages):
                return group
        return None

    def _grouped(self, waiting: Sequence[Misunderstood]) -> Sequence[LessonGroup]:
        from bot.services.learning import short_likeness  # noqa: PLC0415 - loads scikit-learn

        same: dict[str, list[Misunderstood]] = {}
        for one in waiting:
            same.setdefault(squashed(one.text), []).append(one)
        piles = list(same.values())
        texts = [pile[0].text for pile in piles]
        found = [
            LessonGroup(tuple(one for at in members for one in piles[at]))
            for members in short_likeness.groups(texts, self._router.reader.background)
        ]
        return sorted(found, key=lambda group: (-len(group.messages), -group.newest.id))
