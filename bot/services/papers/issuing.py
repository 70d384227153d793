"""Numbers of documents, keeping what was given out, and finding it again to be verified."""

import secrets
from datetime import datetime

from bot.domain.issued import SYMBOLS, TAIL_LENGTH, IssuedDocument, PaperKind, fingerprint
from bot.services.ports import OpenUnitOfWork
from bot.services.times.local_time import local_day


def new_number(kind: PaperKind, now: datetime) -> str:
    """Return an unused number, such as GZ-20261124-7K3M9Q2X.

    Its end is random and not counted: the public page would otherwise tell how many documents
    there are, and let anybody walk through them; and nothing waits for a counter while a PDF is
    being made.
    """
    tail = "".join(secrets.choice(SYMBOLS) for _ in range(TAIL_LENGTH))
    return f"{kind.value}-{local_day(now):%Y%m%d}-{tail}"


def find_issued(
    unit_of_work: OpenUnitOfWork, *, kind: PaperKind, plan_id: int, version: str
) -> IssuedDocument | None:
    """Return the document that was made from exactly these things, None before it was."""
    with unit_of_work() as unit:
        return unit.issued.find(kind, plan_id, version)


def keep_issued(unit_of_work: OpenUnitOfWork, document: IssuedDocument) -> IssuedDocument:
    """Keep a document; of two made at the same time the first is kept and returned to both."""
    with unit_of_work() as unit:
        return unit.issued.keep(document)


def issued_by_number(unit_of_work: OpenUnitOfWork, number: str) -> IssuedDocument:
    """Return the document with this number, as printed on it.

    Raises:
        UnknownDocument: None was given out under it.
    """
    with unit_of_work() as unit:
        return unit.issued.by_number(number)


def issued_as(unit_of_work: OpenUnitOfWork, content: bytes) -> IssuedDocument | None:
    """Return the document that is exactly this file, None when it was never given out."""
    with unit_of_work() as unit:
        return unit.issued.by_sha256(fingerprint(content))


def is_seal_of_ours(unit_of_work: OpenUnitOfWork, certificate_fingerprint: str) -> bool:
    """Tell whether a certificate has ever sealed a document here."""
    with unit_of_work() as unit:
        return unit.issued.has_sealed_with(certificate_fingerprint)
