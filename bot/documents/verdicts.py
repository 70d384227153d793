"""What can be said about a document that somebody wants verified."""

import enum
from dataclasses import dataclass
from datetime import datetime

from bot.domain.issued import IssuedDocument, Seal


@dataclass(frozen=True)
class FoundSeal:
    """The seal on a file.

    Attributes:
        is_untouched: The signature is right and covers the whole file.
        sealed_at: As the file says; not a trusted time stamp.
    """

    seal: Seal
    is_untouched: bool
    sealed_at: datetime | None


@dataclass(frozen=True)
class SealReading:
    """What was found in a file; `found` is None without a readable seal."""

    is_pdf: bool
    found: FoundSeal | None


class Verdict(enum.Enum):
    """The answer of the public page."""

    VALID = "valid"
    TEST = "test"
    """Unchanged, but sealed with a test certificate."""
    UNSEALED = "unsealed"
    """Unchanged, and of a kind that is not sealed."""
    ON_RECORD = "on_record"
    """The number exists; without the file nothing can be said about its content."""
    CHANGED = "changed"
    FOREIGN = "foreign"
    """Sealed, but not by us."""
    NO_SEAL = "no_seal"
    NOT_A_PDF = "not_a_pdf"
    UNKNOWN = "unknown"
    """No such number."""


def judge_file(
    document: IssuedDocument | None, reading: SealReading, *, is_seal_ours: bool
) -> Verdict:
    """Return the verdict on an uploaded file.

    Args:
        document: The document kept here that is byte for byte this file.
        reading: What its seal says.
        is_seal_ours: The certificate of that seal has sealed documents here.
    """
    if document is not None:
        if document.seal is None:
            return Verdict.UNSEALED
        return Verdict.TEST if document.seal.is_test else Verdict.VALID
    if reading.found is None:
        return Verdict.NO_SEAL if reading.is_pdf else Verdict.NOT_A_PDF
    if not is_seal_ours:
        return Verdict.FOREIGN
    # ours, but no file that was given out: with an unbroken seal it can only be one whose record
    # was deleted, and that is not for this page to vouch for
    return Verdict.UNKNOWN if reading.found.is_untouched else Verdict.CHANGED
