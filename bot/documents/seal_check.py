"""Reads the seal of a PDF back: whose it is, and whether anything was changed after sealing.

Whether the certificate is one of ours is not decided here: who keeps the documents knows that.
"""

import io

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from bot.documents.seal_file import holder_of
from bot.documents.verdicts import FoundSeal, SealReading
from bot.domain.issued import Seal


def read_seal(content: bytes) -> SealReading:
    """Return what the seal of a file says; made for files that strangers send."""
    try:
        reader = PdfFileReader(io.BytesIO(content), strict=False)
        signatures = list(reader.embedded_signatures)
    except (PdfError, ValueError, KeyError, TypeError, IndexError, RecursionError):
        return SealReading(is_pdf=False, found=None)
    if not signatures:
        return SealReading(is_pdf=True, found=None)
    try:
        return SealReading(is_pdf=True, found=_read(signatures[0]))
    except (PdfError, ValueError, KeyError, TypeError, SignatureValidationError):
        return SealReading(is_pdf=True, found=None)


def _read(signature: EmbeddedPdfSignature) -> FoundSeal:
    certificate = signature.signer_cert
    # trusted for itself: only the mathematics are asked for
    context = ValidationContext(trust_roots=[certificate], allow_fetching=False)
    # what was changed afterwards is not looked into: that takes seconds, and any change is too much
    status = validate_pdf_signature(signature, context, skip_diff=True)
    holder, is_test = holder_of(certificate)
    is_whole = status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    return FoundSeal(
        seal=Seal(holder, certificate.sha256.hex(), is_test),
        is_untouched=bool(status.intact and status.valid and is_whole),
        sealed_at=signature.self_reported_timestamp,
    )
