"""Signing the single form: a confirmation that is used once, and the evidence that is kept."""

import enum
import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.errors import BotError

CODE_DIGITS = 6
LIFETIME = timedelta(minutes=10)
MAX_TRIES = 5
"""Wrong codes before a confirmation is void: 5 in 1,000,000."""

PAUSE = timedelta(seconds=30)
MAX_CODES_A_DAY = 10
"""Of one plan: whoever has only the link can neither guess nor flood the conversation."""

LONGEST_NAME = 40
LARGEST_IMAGE_BYTES = 150_000


class SigningMethod(enum.Enum):
    """How the applicant signed."""

    DRAWN = "drawn"
    TYPED = "typed"


@dataclass(frozen=True)
class Confirmation:
    """A code that was shown in the conversation that owns the plan.

    Attributes:
        code_hash: Of the salted code; the code itself is not kept.
        tries: Codes given so far.
        used_at: When it confirmed a signature; None before.
    """

    id: int
    plan_id: int
    conversation_id: str = field(repr=False)
    salt: str = field(repr=False)
    code_hash: str = field(repr=False)
    expires_at: datetime
    tries: int
    used_at: datetime | None

    def fits(self, code: str) -> bool:
        """Tell in constant time whether this is the code."""
        return hmac.compare_digest(hash_code(code, self.salt), self.code_hash)


@dataclass(frozen=True)
class Signature:
    """The evidence of a signed form.

    Attributes:
        document_number: Of the form that was signed, kept as it was.
        document_sha256: Of the same file.
        image: PNG of the drawn signature; None for a typed name.
    """

    id: int
    plan_id: int
    confirmation_id: int
    conversation_id: str = field(repr=False)
    document_number: str
    document_sha256: str
    signer: str = field(repr=False)
    method: SigningMethod
    image: bytes | None = field(repr=False)
    signed_at: datetime


class CodeWrong(BotError):
    """The code is another one; `tries_left` may still be made (0: it is void now)."""

    def __init__(self, tries_left: int) -> None:
        super().__init__("wrong code")
        self.tries_left = tries_left


class CodeExpired(BotError):
    """The code is too old, was replaced by a newer one, or was never asked for."""


class CodeUsed(BotError):
    """The code has confirmed a signature already."""


class TooManyCodes(BotError):
    """A code was sent a moment ago, or too many were sent today."""


class DocumentChanged(BotError):
    """The form is no longer the one that was shown when the page was opened."""


class BadSignature(BotError):
    """Name or drawing cannot be used; `reason` is one of nameless, long_name, image."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def hash_code(code: str, salt: str) -> str:
    """Return what is stored of a code."""
    return hashlib.sha256(f"{salt}:{code}".encode("utf-8", "replace")).hexdigest()
