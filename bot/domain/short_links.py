"""Short links that open a plan to be read, for a QR code or to be passed on."""

import hashlib
import unicodedata

from bot.domain.errors import BotError

SYMBOLS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without 0, 1, i, l, o: a code can be copied by hand."""

LENGTH = 12
"""59 random bits."""


class UnknownLink(BotError):
    """No plan lies under this code, or the link was switched off; deliberately the same."""


class TooManyLinks(BotError):
    """A plan has as many open links as one needs; some must be switched off first."""


class TooManyLookups(BotError):
    """Too many codes or numbers that do not exist were tried from one place."""


def normalise_code(text: str) -> str:
    """Return a code as it was made: small letters, half width, without blanks and hyphens."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return "".join(char for char in plain if char.isalnum())


def code_hash(code: str) -> str:
    """Return what is stored of a code."""
    return hashlib.sha256(normalise_code(code).encode("utf-8", "replace")).hexdigest()
