"""What the receipt of a signature says: the document, its fingerprint, who signed, when and how."""

import hashlib
from dataclasses import dataclass, field

from bot.domain.signing import Signature, SigningMethod
from bot.services.times.local_time import LOCAL

MARK_LENGTH = 16


@dataclass(frozen=True)
class Receipt:
    """Everything that the template may use as `receipt`.

    Attributes:
        signed_at: Local time with seconds.
        conversation_mark: Digest of the conversation's id: evidence that names nobody.
    """

    number: str
    issued_on: str
    form_title: str
    plan_title: str
    document_number: str
    document_sha256: str
    signer: str = field(repr=False)
    signed_at: str
    is_drawn: bool
    confirmation_id: int
    conversation_mark: str
    verify_url: str


def compose_receipt(
    signature: Signature,
    *,
    number: str,
    issued_on: str,
    form_title: str,
    plan_title: str,
    verify_url: str,
) -> Receipt:
    """Return the receipt of a signature."""
    mark = hashlib.sha256(signature.conversation_id.encode()).hexdigest()
    return Receipt(
        number=number,
        issued_on=issued_on,
        form_title=form_title,
        plan_title=plan_title,
        document_number=signature.document_number,
        document_sha256=signature.document_sha256,
        signer=signature.signer,
        signed_at=f"{signature.signed_at.astimezone(LOCAL):%Y-%m-%d %H:%M:%S}",
        is_drawn=signature.method is SigningMethod.DRAWN,
        confirmation_id=signature.confirmation_id,
        conversation_mark=mark[:MARK_LENGTH],
        verify_url=verify_url,
    )
