"""Answers put before the public: names taken out, confirmed by a second person, withdrawable."""

import enum
from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import BotError
from bot.domain.feedback import FeedbackKind

SHORTEST = 4
LONGEST = 3000
FEWEST = 5
"""Shares of fewer answers are not published: they would tell of single persons."""


class PublicationState(enum.Enum):
    """Where a publication stands."""

    PREPARED = "prepared"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class PublicationStep(enum.Enum):
    """A line of the history of a publication."""

    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    FOLLOWED_UP = "followed_up"


@dataclass(frozen=True)
class PublicWords:
    """What everybody may read; `change` is "" when nothing was taken up."""

    question: str
    answer: str
    change: str = ""


@dataclass(frozen=True)
class Publication:
    """The publication of one complaint or suggestion.

    Attributes:
        reason: Why it was withdrawn, "" else.
    """

    id: int
    feedback_id: int
    words: PublicWords
    state: PublicationState
    prepared_by: int
    prepared_at: datetime
    decided_by: int | None = None
    published_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True)
class PublicationEvent:
    """What was public, and what was done; never edited.

    Attributes:
        words: As they were public at that moment.
        text: Why it was withdrawn, or what was seen afterwards.
    """

    kind: PublicationStep
    words: PublicWords
    text: str
    agent_id: int
    at: datetime


@dataclass(frozen=True)
class PublicAnswer:
    """One line of the public page.

    Attributes:
        followed_up: What was seen after the publication, "" as long as nobody looked.
    """

    kind: FeedbackKind
    department_id: str | None
    words: PublicWords
    published_at: datetime
    followed_up: str = ""
    followed_up_at: datetime | None = None


@dataclass(frozen=True)
class AnswerFigures:
    """How complaints and suggestions of a time were answered.

    Attributes:
        received: How many came in.
        answered: How many of them have an answer.
        on_time: How many of those were answered by their day.
        within_7_days: How many of those within seven days of the calendar.
        median_days: Days of the calendar that half of them waited at most; None without any.
        overdue: How many wait beyond their day.
    """

    received: int
    answered: int
    on_time: int
    within_7_days: int
    median_days: float | None
    overdue: int

    def share(self, part: int) -> float | None:
        """Return a part of the answered in percent, None when there are too few to tell."""
        return 100 * part / self.answered if self.answered >= FEWEST else None


class NotAnswered(BotError):
    """There is nothing to publish yet."""


class BadWords(BotError):
    """Question or answer is missing or too long."""


class PublicationChanged(BotError):
    """Somebody else was faster, or the step is not its turn."""


class OwnPublication(BotError):
    """Whoever prepared a publication does not confirm it."""


class WithdrawalReasonMissing(BotError):
    """Nobody would know why it is gone."""


class BadFollowUp(BotError):
    """What was seen afterwards is missing or too long."""


def check_words(question: str, answer: str, change: str) -> PublicWords:
    """Return the words as they are kept; raises `BadWords`."""
    words = PublicWords(question.strip(), answer.strip(), change.strip())
    if not all(SHORTEST <= len(text) <= LONGEST for text in (words.question, words.answer)):
        raise BadWords
    if len(words.change) > LONGEST:
        raise BadWords
    return words
