"""The repositories of documents given out, short links, failed look-ups and filled forms."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection, Row

from bot.domain.issued import IssuedDocument, PaperKind, Seal, UnknownDocument
from bot.domain.short_links import UnknownLink
from bot.store.inserts import insert_if_absent
from bot.store.tables.papers import (
    FAILED_LOOKUPS,
    ISSUED_DOCUMENTS,
    PLAN_FORMS,
    SHORT_LINKS,
)
from bot.store.upserts import insert_on_conflict


class IssuedRepository:
    """Documents given out, on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, document: IssuedDocument) -> IssuedDocument:
        """Write a document, or return the one made from the same things before."""
        seal = document.seal
        insert_if_absent(
            self._connection,
            ISSUED_DOCUMENTS,
            {
                "number": document.number,
                "kind": document.kind.value,
                "plan_id": document.plan_id,
                "version": document.version,
                "sha256": document.sha256,
                "media_type": document.media_type,
                "content": document.content,
                "seal_subject": seal.subject if seal else None,
                "seal_fingerprint": seal.fingerprint if seal else None,
                "seal_is_test": seal.is_test if seal else None,
                "issued_at": document.issued_at,
            },
        )
        kept = self.find(document.kind, document.plan_id, document.version)
        assert kept is not None
        return kept

    def find(self, kind: PaperKind, plan_id: int, version: str) -> IssuedDocument | None:
        """Return the document of a kind that was made from exactly these things."""
        columns = ISSUED_DOCUMENTS.c
        query = select(ISSUED_DOCUMENTS).where(
            columns.plan_id == plan_id, columns.kind == kind.value, columns.version == version
        )
        row = self._connection.execute(query).first()
        return None if row is None else _document(row)

    def by_number(self, number: str) -> IssuedDocument:
        """Return one; raises `UnknownDocument`."""
        query = select(ISSUED_DOCUMENTS).where(ISSUED_DOCUMENTS.c.number == number)
        row = self._connection.execute(query).first()
        if row is None:
            raise UnknownDocument
        return _document(row)

    def by_sha256(self, sha256: str) -> IssuedDocument | None:
        """Return the document that is exactly this file."""
        query = select(ISSUED_DOCUMENTS).where(ISSUED_DOCUMENTS.c.sha256 == sha256)
        row = self._connection.execute(query).first()
        return None if row is None else _document(row)

    def has_sealed_with(self, fingerprint: str) -> bool:
        """Tell whether a certificate has ever sealed a document here."""
        query = (
            select(ISSUED_DOCUMENTS.c.number)
            .where(ISSUED_DOCUMENTS.c.seal_fingerprint == fingerprint)
            .limit(1)
        )
        return self._connection.execute(query).first() is not None


class ShortLinkRepository:
    """Short links on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, plan_id: int, code_hash: str, now: datetime) -> None:
        """Add a link to a plan."""
        values = {"code_hash": code_hash, "plan_id": plan_id, "created_at": now}
        self._connection.execute(insert(SHORT_LINKS).values(**values))

    def open_links(self, plan_id: int) -> int:
        """Count the links of a plan that are not switched off."""
        columns = SHORT_LINKS.c
        query = select(func.count()).where(columns.plan_id == plan_id, columns.revoked_at.is_(None))
        return int(self._connection.execute(query).scalar() or 0)

    def plan_id(self, code_hash: str) -> int:
        """Return the plan that an open link leads to; raises `UnknownLink`."""
        columns = SHORT_LINKS.c
        query = select(columns.plan_id).where(
            columns.code_hash == code_hash, columns.revoked_at.is_(None)
        )
        row = self._connection.execute(query).first()
        if row is None:
            raise UnknownLink
        return int(row.plan_id)

    def revoke_all(self, plan_id: int, now: datetime) -> int:
        """Switch every open link of a plan off; returns how many there were."""
        columns = SHORT_LINKS.c
        statement = (
            update(SHORT_LINKS)
            .where(columns.plan_id == plan_id, columns.revoked_at.is_(None))
            .values(revoked_at=now)
        )
        return int(self._connection.execute(statement).rowcount)


class FailedLookupRepository:
    """Codes and numbers that were tried and do not exist, on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, subject: str, now: datetime, keep_since: datetime) -> None:
        """Remember one, and forget what is older than `keep_since`."""
        self._connection.execute(delete(FAILED_LOOKUPS).where(FAILED_LOOKUPS.c.at < keep_since))
        self._connection.execute(insert(FAILED_LOOKUPS).values(subject=subject, at=now))

    def count(self, subject: str, since: datetime) -> int:
        """Count those of one subject."""
        columns = FAILED_LOOKUPS.c
        query = select(func.count()).where(columns.subject == subject, columns.at >= since)
        return int(self._connection.execute(query).scalar() or 0)


class PlanFormRepository:
    """The filled single forms of plans, on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def answers(self, plan_id: int) -> dict[str, str] | None:
        """Return what was filled in, by field; None before anything was."""
        query = select(PLAN_FORMS.c.answers).where(PLAN_FORMS.c.plan_id == plan_id)
        row = self._connection.execute(query).first()
        return None if row is None else dict(row.answers)

    def save(self, plan_id: int, answers: Mapping[str, str], now: datetime) -> None:
        """Write what was filled in, in place of what was before."""
        values = {"answers": dict(answers), "updated_at": now}
        self._connection.execute(
            insert_on_conflict(self._connection, PLAN_FORMS)
            .values(plan_id=plan_id, **values)
            .on_conflict_do_update(index_elements=[PLAN_FORMS.c.plan_id], set_=values)
        )


def _document(row: Row) -> IssuedDocument:
    seal = None
    if row.seal_fingerprint is not None:
        seal = Seal(row.seal_subject, row.seal_fingerprint, row.seal_is_test)
    return IssuedDocument(
        number=row.number,
        kind=PaperKind(row.kind),
        plan_id=row.plan_id,
        version=row.version,
        sha256=row.sha256,
        media_type=row.media_type,
        seal=seal,
        issued_at=row.issued_at,
        content=bytes(row.content),
    )
