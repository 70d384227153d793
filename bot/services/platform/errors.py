"""How asking the approval platform may fail."""

import enum

from bot.domain.errors import BotError


class Trouble(enum.Enum):
    """Why the platform gave no answer that can be used."""

    SLOW = "slow"
    """It did not answer within the time that a turn has."""
    DOWN = "down"
    """No connection, an error of its own, or too many requests."""
    GARBLED = "garbled"
    """Its answer breaks the contract: no JSON, wrong signature, too large, a redirect."""
    REFUSED = "refused"
    """It answers, but no longer lets us read this case."""


class PlatformTrouble(BotError):
    """The platform cannot be asked now; what is known of its cases is a copy."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(f"{trouble.value} {detail}".strip())
        self.trouble = trouble


class UnknownToPlatform(BotError):
    """No such case, or the proof does not fit: the platform does not tell which."""


class GrantRefused(BotError):
    """The right to read a case has ended; the applicant has to prove it again."""


class CursorGone(BotError):
    """The platform keeps no changes from so long ago; all copies have to be looked at."""


class PlatformRefusedUrge(BotError):
    """The platform does not take the urge: it has one for this working day, or the case is over."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
