"""Documents that were given out: what each was, its fingerprint, and the seal that it bears."""

import enum
import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.errors import BotError

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and capitals without I, L, O and U: a number copied by hand stays itself."""

TAIL_LENGTH = 8
"""40 random bits: numbers of others cannot be found by counting."""

MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})

_NUMBER = re.compile(rf"(GZ|SQ|HZ)[\s-]*(\d{{8}})[\s-]*([{SYMBOLS}]{{{TAIL_LENGTH}}})")


class PaperKind(enum.Enum):
    """What was given out; the value is the prefix of its number."""

    NOTICE = "GZ"
    FORM = "SQ"
    RECEIPT = "HZ"


@dataclass(frozen=True)
class Seal:
    """Whose seal a document bears.

    Attributes:
        subject: Name of the holder in the certificate.
        fingerprint: SHA-256 of the certificate, 64 hexadecimal digits.
        is_test: Made on this machine for trying out; it proves nothing to others.
    """

    subject: str
    fingerprint: str
    is_test: bool


@dataclass(frozen=True)
class IssuedDocument:
    """A document as it was given out.

    Attributes:
        number: Printed on it, such as GZ-20261124-7K3M9Q2X.
        version: Digest of everything that it was made from; the same again gives the same document.
        sha256: Of the file, 64 hexadecimal digits.
        seal: None for a file that is not sealed, such as the Word form.
        content: The file.
    """

    number: str
    kind: PaperKind
    plan_id: int
    version: str
    sha256: str
    media_type: str
    seal: Seal | None
    issued_at: datetime
    content: bytes = field(repr=False)


class UnknownDocument(BotError):
    """No document was given out under this number."""


def fingerprint(content: bytes) -> str:
    """Return the SHA-256 of a file, 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def normalise_number(text: str) -> str | None:
    """Return the document number that stands in `text` as it is printed, or None.

    Small letters, full-width characters, missing hyphens and look-alikes (O, I, L) are understood.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    plain = re.sub("[—–‐―−_]", "-", plain)
    head = re.search(r"(GZ|SQ|HZ)", plain)
    if head is None:
        return None
    found = _NUMBER.match(head.group() + plain[head.end() :].translate(MISREAD))
    return "-".join(found.groups()) if found else None
