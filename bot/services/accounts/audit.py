"""Checking the audit log: is every entry as it was written, and is none missing."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.domain.audit import Anchor, SealedEntry
from bot.domain.audit_chain import ChainCheck, Verdict
from bot.services.accounts.audit_ports import AuditFilter
from bot.services.ports import OpenUnitOfWork

CHUNK = 1000
"""Rows of an export that are read at once."""


def verify_log(unit_of_work: OpenUnitOfWork, anchors: Iterable[Anchor] = ()) -> Verdict:
    """Walk the whole log and return what was found; O(entries), stops at the first broken one.

    The head is read first: what is written meanwhile lies behind it and is not looked at.
    """
    with unit_of_work() as uow:
        head = uow.audit.head()
        check = ChainCheck(uow.audit.keys, anchors)
    for sealed in walk_log(unit_of_work):
        if head is not None and sealed.seq is not None and sealed.seq > head.seq:
            break
        check.add(sealed)
        if check.is_over:
            break
    return check.finish(head)


def walk_log(unit_of_work: OpenUnitOfWork) -> Iterator[SealedEntry]:
    """Yield the whole log in order; a transaction a chunk, so that writers are not held up."""
    last = 0
    while True:
        with unit_of_work() as uow:
            found = uow.audit.chunk(last)
        if not found:
            return
        last = found[-1].id
        yield from found


def current_anchor(unit_of_work: OpenUnitOfWork) -> Anchor | None:
    """Return the end of the chain to be kept elsewhere, None before the first entry."""
    with unit_of_work() as uow:
        head = uow.audit.head()
    return None if head is None or not head.seq else Anchor(head.seq, head.seal)


def walk_filtered(unit_of_work: OpenUnitOfWork, wanted: AuditFilter) -> Iterator[SealedEntry]:
    """Yield the entries that are asked for, newest first, a transaction a chunk."""
    while True:
        with unit_of_work() as uow:
            found = uow.audit.page(wanted, CHUNK)
        yield from found
        if len(found) < CHUNK:
            return
        wanted = replace(wanted, before_id=found[-1].id)
