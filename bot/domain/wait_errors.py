"""Why somebody cannot wait for a slot, or take one that was offered."""

from bot.domain.bookings import FreeSlot
from bot.domain.errors import BotError


class PlacesFree(BotError):
    """Nobody has to wait: these places are free now."""

    def __init__(self, free: tuple[FreeSlot, ...]) -> None:
        super().__init__(str(len(free)))
        self.free = free


class NothingToWaitFor(BotError):
    """No slot is offered there at all, or all of it is over."""


class NoOffer(BotError):
    """Nothing is offered to this conversation now: taken up, declined or run out."""
