"""The outbox: lines on their way to a messaging platform."""

import enum
from dataclasses import dataclass

from bot.domain.conversations import Message
from bot.domain.errors import BotError

PULLED_CHANNELS = frozenset({"web", "terminal"})
"""Channels whose clients fetch for themselves: stored is delivered, so they need no outbox."""


UNREACHABLE = "unreachable"
"""Why a line was not even tried: the platform takes nothing for this person."""


class DeliveryState(enum.Enum):
    """Where an outgoing line is."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


class DeliveryError(BotError):
    """A platform did not take a line.

    Attributes:
        permanent: Trying again is of no use.
        retry_after_s: How long the platform asked to wait, None when it did not say.
        is_unreachable: Nothing gets through to this person any more (the bot was blocked).
        is_spent: Nothing more until the person writes again; the line waits for that.
    """

    def __init__(
        self,
        reason: str,
        *,
        permanent: bool,
        retry_after_s: float | None = None,
        is_unreachable: bool = False,
        is_spent: bool = False,
    ) -> None:
        super().__init__(reason)
        self.permanent = permanent or is_unreachable
        self.retry_after_s = retry_after_s
        self.is_unreachable = is_unreachable
        self.is_spent = is_spent


@dataclass(frozen=True)
class Delivery:
    """One line to be sent.

    Attributes:
        recipient: The person's id in the channel's own world (chat id, open id).
        attempts: How often it was tried, this one included.
        parts_sent: Pieces of the line that the platform has taken already.
    """

    id: int
    channel: str
    recipient: str
    message: Message
    attempts: int
    parts_sent: int = 0
