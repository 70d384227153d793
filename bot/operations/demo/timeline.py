"""What is going to happen in the made-up city, in the order of time."""

import heapq
from collections.abc import Callable
from datetime import datetime
from itertools import count

import structlog

from bot.domain.errors import BotError

Act = Callable[[datetime], None]
"""Does something at the time that it is given."""

log = structlog.get_logger()


class Timeline:
    """Acts by their moment; an act may plan others."""

    def __init__(self) -> None:
        self._acts: list[tuple[datetime, int, Act]] = []
        self._order = count()
        self.done = 0
        self.refused = 0

    def plan(self, moment: datetime, act: Act) -> None:
        """Let something happen at `moment`; of two at the same moment the first planned is first.

        Args:
            moment: Aware UTC.
            act: What to do.
        """
        heapq.heappush(self._acts, (moment, next(self._order), act))

    def run_until(self, end: datetime, *, at: Callable[[], datetime] | None = None) -> None:
        """Do what is planned up to `end`.

        A use case that refuses (the slot is gone, a colleague was faster) ends that story, as in a
        real city; it is counted and logged.

        Args:
            end: Moment up to which the plan is followed.
            at: The time that acts are given; their own moment by default.
        """
        while self._acts and self._acts[0][0] <= end:
            moment, _, act = heapq.heappop(self._acts)
            try:
                act(at() if at else moment)
                self.done += 1
            except BotError as error:
                self.refused += 1
                log.info("demo_act_refused", error=type(error).__name__)
