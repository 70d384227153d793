"""Making short links, switching them off, and opening them without letting anybody guess."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from bot.domain.issued import IssuedDocument, UnknownDocument
from bot.domain.plans import SavedPlan
from bot.domain.short_links import (
    LENGTH,
    SYMBOLS,
    TooManyLinks,
    TooManyLookups,
    UnknownLink,
    code_hash,
)
from bot.services.ports import OpenUnitOfWork, UnitOfWork

MAX_OPEN_LINKS = 50
"""Of one plan; every notice carries one."""

WINDOW = timedelta(hours=1)
MAX_FAILURES = 20
"""Wrong codes or numbers from one place within the window; people mistype, machines count up."""

Found = TypeVar("Found")


def new_code() -> str:
    """Return a code that cannot be guessed."""
    return "".join(secrets.choice(SYMBOLS) for _ in range(LENGTH))


def make_short_link(unit_of_work: OpenUnitOfWork, plan: SavedPlan, now: datetime) -> str:
    """Make a short link to a plan and return its code; only its hash is kept.

    Raises:
        TooManyLinks: The plan has `MAX_OPEN_LINKS` open ones.
    """
    code = new_code()
    with unit_of_work() as unit:
        if unit.short_links.open_links(plan.id) >= MAX_OPEN_LINKS:
            raise TooManyLinks
        unit.short_links.add(plan.id, code_hash(code), now)
    return code


def revoke_short_links(unit_of_work: OpenUnitOfWork, plan: SavedPlan, now: datetime) -> int:
    """Switch all short links of a plan off; returns how many there were."""
    with unit_of_work() as unit:
        return unit.short_links.revoke_all(plan.id, now)


def plan_by_code(
    unit_of_work: OpenUnitOfWork, *, code: str, client: str, now: datetime
) -> SavedPlan:
    """Return the plan under a short link.

    Args:
        unit_of_work: Opens a transaction.
        code: As typed or scanned.
        client: Address that asks; only a hash of it is kept, for an hour, when the code is wrong.
        now: The time.

    Raises:
        UnknownLink: No open link has this code.
        TooManyLookups: Too many wrong codes came from this address.
    """

    def look(unit: UnitOfWork) -> SavedPlan:
        return unit.plans.by_id(unit.short_links.plan_id(code_hash(code)))

    return guarded(unit_of_work, look, f"link:{client}", now)


def document_by_number(
    unit_of_work: OpenUnitOfWork, *, number: str, client: str, now: datetime
) -> IssuedDocument:
    """Return a document by its number, for the public page; limited as `plan_by_code` is.

    Raises:
        UnknownDocument: None has this number.
        TooManyLookups: Too many wrong numbers came from this address.
    """
    return guarded(
        unit_of_work, lambda unit: unit.issued.by_number(number), f"document:{client}", now
    )


def guarded(
    unit_of_work: OpenUnitOfWork,
    look: Callable[[UnitOfWork], Found],
    purpose: str,
    now: datetime,
) -> Found:
    """Look something secret up, within the limit of wrong tries from one place.

    Args:
        unit_of_work: Opens a transaction.
        look: Finds it; raises `UnknownLink` or `UnknownDocument`.
        purpose: What is tried, with the address that asks; only a hash of it is kept.
        now: The time.

    Raises:
        UnknownLink: Nothing is there.
        UnknownDocument: The same, for documents.
        TooManyLookups: Too many were tried from this address.
    """
    subject = hashlib.sha256(purpose.encode()).hexdigest()
    failure: UnknownLink | UnknownDocument
    with unit_of_work() as unit:
        if unit.failed_lookups.count(subject, now - WINDOW) >= MAX_FAILURES:
            raise TooManyLookups
        try:
            return look(unit)
        except (UnknownLink, UnknownDocument) as error:
            failure = error
            unit.failed_lookups.note(subject, now, now - WINDOW)
    raise failure  # after the transaction, which must not be rolled back
