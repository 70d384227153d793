"""Codes that let somebody review one service from elsewhere: printed at the window, used once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.errors import BotError
from bot.domain.reviews import TargetKind

LASTS = timedelta(days=30)
MOST_A_DAY = 200
"""So many codes one colleague may print within a day."""

MOST_FAILURES = 5
"""So often the last digits of the telephone number may be wrong."""

DIGITS = 4


@dataclass(frozen=True)
class ReviewCode:
    """A code as it is stored.

    Attributes:
        failures: How often the last digits were wrong.
        used_at: When the service was reviewed with it, None before.
    """

    target_kind: TargetKind
    target_id: str
    made_by: int
    made_at: datetime
    failures: int = 0
    used_at: datetime | None = None


class UnknownCode(BotError):
    """No code is like this, or it is too old; deliberately the same."""


class CodeUsed(BotError):
    """The service has been reviewed with this code."""


class CodeLocked(BotError):
    """The last digits were wrong too often."""


class NotYours(BotError):
    """The last digits do not belong to the service behind the code."""


class TooManyCodes(BotError):
    """This colleague has printed very many codes today."""


class NothingToReview(BotError):
    """There is no such service, it is not over, or nobody left a telephone number with it."""
