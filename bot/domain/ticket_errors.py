"""Why something cannot be done on a ticket."""

from bot.domain.errors import BotError


class ReasonMissing(BotError):
    """The act needs a reason and has none."""


class ActRefused(BotError):
    """The act is not possible in this state, or not for this person."""


class ExtensionTooLate(BotError):
    """The answer was due before the extension was asked for."""


class ExtensionTooLong(BotError):
    """More working days than are left under the ceiling.

    Attributes:
        left: How many may still be asked for.
    """

    def __init__(self, left: int) -> None:
        super().__init__(str(left))
        self.left = left
