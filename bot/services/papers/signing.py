"""Signing the single form: a code in the conversation, a signature on the page, both or nothing."""

import secrets
from datetime import datetime, timedelta

from bot.domain.issued import IssuedDocument
from bot.domain.plans import SavedPlan
from bot.domain.signing import (
    CODE_DIGITS,
    LARGEST_IMAGE_BYTES,
    LIFETIME,
    LONGEST_NAME,
    MAX_CODES_A_DAY,
    MAX_TRIES,
    PAUSE,
    BadSignature,
    CodeExpired,
    CodeUsed,
    CodeWrong,
    Confirmation,
    DocumentChanged,
    Signature,
    SigningMethod,
    TooManyCodes,
    hash_code,
)
from bot.services.ports import OpenUnitOfWork, UnitOfWork

PNG_HEAD = b"\x89PNG\r\n\x1a\n"


def ask_confirmation(
    unit_of_work: OpenUnitOfWork, *, origin: str, saved: SavedPlan, now: datetime
) -> str:
    """Make a code that confirms one signature under the form of a plan within `LIFETIME`.

    The code must be shown in the conversation that owns the plan and nowhere else. Codes made
    before end; the same `origin` again makes another code, because the first is not kept.

    Raises:
        TooManyCodes: One was made less than `PAUSE` ago, or `MAX_CODES_A_DAY` were.
    """
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    salt = secrets.token_hex(16)
    with unit_of_work() as unit:
        _limit_codes(unit, saved, origin, now)
        unit.signing.replace_confirmation(
            origin=origin,
            plan_id=saved.id,
            conversation_id=saved.conversation_id,
            salt=salt,
            code_hash=hash_code(code, salt),
            now=now,
            expires_at=now + LIFETIME,
        )
    return code


def sign(
    unit_of_work: OpenUnitOfWork,
    *,
    saved: SavedPlan,
    document: IssuedDocument,
    shown_sha256: str,
    code: str,
    signer: str,
    image: bytes | None,
    now: datetime,
) -> Signature:
    """Keep a signature with its evidence.

    Args:
        unit_of_work: Opens a transaction.
        saved: The plan whose form is signed.
        document: The form as it is now.
        shown_sha256: Fingerprint of the form when the page was opened.
        code: As typed; blanks are ignored.
        signer: Name of who signs.
        image: PNG of the drawing; None when the typed name is the signature.
        now: The time.

    Raises:
        BadSignature: No name, or a drawing that is no picture; the code stays good.
        DocumentChanged: The form was filled in differently meanwhile; the code stays good.
        CodeWrong: Another code; too many of them end it.
        CodeExpired: Too old, replaced, or never asked for.
        CodeUsed: It has confirmed a signature before.
    """
    name = " ".join(signer.split())
    _check(name, image)
    if document.sha256 != shown_sha256:
        raise DocumentChanged
    digits = "".join(character for character in code if character.isdigit())
    with unit_of_work() as unit:
        confirmation = _confirmed(unit, saved, digits, now)
        if isinstance(confirmation, Confirmation):
            return unit.signing.add(
                confirmation,
                document_number=document.number,
                document_sha256=document.sha256,
                signer=name,
                method=SigningMethod.TYPED if image is None else SigningMethod.DRAWN,
                image=image,
                now=now,
            )
    raise confirmation  # after the transaction: a wrong code must stay counted


def signatures_of(unit_of_work: OpenUnitOfWork, saved: SavedPlan) -> tuple[Signature, ...]:
    """Return the signatures under the form of a plan, newest first."""
    with unit_of_work() as unit:
        return unit.signing.of_plan(saved.id)


def _limit_codes(unit: UnitOfWork, saved: SavedPlan, origin: str, now: datetime) -> None:
    made = unit.signing.made_since(saved.id, now - timedelta(days=1), besides=origin)
    if len(made) >= MAX_CODES_A_DAY or any(at > now - PAUSE for at in made):
        raise TooManyCodes


def _confirmed(
    unit: UnitOfWork, saved: SavedPlan, digits: str, now: datetime
) -> Confirmation | CodeWrong | CodeExpired | CodeUsed:
    confirmation = unit.signing.latest_confirmation(saved.id)
    if confirmation is None:
        return CodeExpired()
    if confirmation.used_at is not None:
        return CodeUsed()
    if confirmation.expires_at <= now or confirmation.tries >= MAX_TRIES:
        return CodeExpired()
    # the try is taken before the code is looked at: many guesses at once are as many tries
    if not unit.signing.take_try(confirmation):
        return _confirmed(unit, saved, digits, now)
    if not confirmation.fits(digits):
        return CodeWrong(MAX_TRIES - confirmation.tries - 1)
    return confirmation if unit.signing.use(confirmation, now) else CodeUsed()


def _check(name: str, image: bytes | None) -> None:
    if not name:
        raise BadSignature("nameless")
    if len(name) > LONGEST_NAME:
        raise BadSignature("long_name")
    if image is None:
        return
    if not image.startswith(PNG_HEAD) or len(image) > LARGEST_IMAGE_BYTES:
        raise BadSignature("image")
