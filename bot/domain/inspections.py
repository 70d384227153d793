"""Looking over the shoulder of the service: sampled cases, and findings that become tasks."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.errors import BotError

MOST_SAMPLED = 50
LARGEST_SEED = 2**31 - 1
LONGEST = 1000
SHORTEST = 4


class BadSample(BotError):
    """The days end before they begin, or the size or the seed is out of range."""


class NothingToSample(BotError):
    """No case was closed on these days."""


class UnknownSample(BotError):
    """No such sample."""


class BadFinding(BotError):
    """A finding or its answer is missing or too long, or the case is not in the sample."""


class FindingAnswered(BotError):
    """There is no such finding, or it has been answered."""


@dataclass(frozen=True)
class SampleWish:
    """What is asked for.

    Attributes:
        first: Local day on which the earliest of the cases was closed.
        last: Likewise the latest; included.
        seed: Whoever draws with the same seed from the same cases gets the same sample.
    """

    first: date
    last: date
    size: int
    seed: int

    def check(self) -> None:
        """Raise `BadSample` unless it can be drawn."""
        if self.first > self.last or not 1 <= self.size <= MOST_SAMPLED:
            raise BadSample
        if not 0 <= self.seed <= LARGEST_SEED:
            raise BadSample


@dataclass(frozen=True)
class Sample:
    """A sample as it was drawn.

    Attributes:
        population: From how many cases.
    """

    id: int
    wish: SampleWish
    population: int
    made_by: int
    made_at: datetime


@dataclass(frozen=True)
class SampledCase:
    """A case without anything that says whose it is.

    Attributes:
        number: For those who may open the case; not shown to others.
        working_days: Its limit, None without one.
        history: Moment and state or kind of each line; no words.
    """

    position: int
    number: str
    matter: str
    department_id: str
    district_id: str
    state: str
    opened_at: datetime
    closed_at: datetime
    working_days: int | None
    history: Sequence[tuple[datetime, str]]


@dataclass(frozen=True)
class Finding:
    """What somebody found, and what was done about it.

    Attributes:
        position: Of the case in the sample; None for something else.
        due_on: Local day by which it is answered.
        answer: "" as long as it is open.
    """

    id: int
    sample_id: int | None
    position: int | None
    text: str
    due_on: date
    made_by: int
    made_at: datetime
    answer: str = ""
    answered_by: int | None = None
    answered_at: datetime | None = None


def draw(ids: Sequence[int], wish: SampleWish) -> list[int]:
    """Return the sample: Python's `random.Random(seed).sample` of the ids in their order."""
    return random.Random(wish.seed).sample(list(ids), min(wish.size, len(ids)))  # noqa: S311 - to be drawn again


def check_words(text: str) -> str:
    """Return a finding or an answer as it is kept; raises `BadFinding`."""
    kept = text.strip()
    if not SHORTEST <= len(kept) <= LONGEST:
        raise BadFinding
    return kept
