"""Challenged answers (你说的不对): what the bot had said, what was said against it, what holds."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from bot.domain.errors import BotError

MAX_REPLY_LENGTH = 500
MAX_QUOTE_LENGTH = 2000


class ChallengeState(enum.Enum):
    """What was found about a challenged answer."""

    OPEN = "open"
    RIGHT = "right"
    """The bot was right."""
    WRONG = "wrong"
    """The bot was wrong: the catalogue has to follow."""
    UNCLEAR = "unclear"
    """It cannot be told what is meant."""


CHALLENGE_LABELS: Mapping[ChallengeState, str] = MappingProxyType(
    {
        ChallengeState.OPEN: "待核实",
        ChallengeState.RIGHT: "原来的答复没错",
        ChallengeState.WRONG: "答复有误",
        ChallengeState.UNCLEAR: "说不清指什么",
    }
)
"""The states as staff read them."""


class UnknownChallenge(BotError):
    """No such challenge."""


class ChallengeClosed(BotError):
    """Somebody else has answered it."""


class BadReply(BotError):
    """The answer to the applicant is missing or too long, or says nothing about what was found."""


@dataclass(frozen=True)
class NewChallenge:
    """What somebody doubts.

    Attributes:
        origin: Idempotency key.
        answer: What the bot had said just before.
        said: The doubt in the applicant's words.
        matter_id: What it was about, "" when that is not known.
        topic: Which question about it ("fee"), "" when that is not known.
    """

    origin: str
    conversation_id: str
    answer: str
    said: str
    matter_id: str
    topic: str
    opened_at: datetime


@dataclass(frozen=True)
class Challenge:
    """A challenge as it is kept.

    Attributes:
        number: Of the suggestion that the applicant left about it, "" for none.
        reply: What the applicant was told, "" while it is open.
    """

    id: int
    new: NewChallenge
    number: str
    state: ChallengeState
    reply: str
    closed_at: datetime | None
    closed_by: int | None
