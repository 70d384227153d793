"""The repository of the audit log: appends to a chain of seals, and reads it back."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection, Row
from sqlalchemy.sql import Select

from bot.domain.audit import (
    MAX_DETAIL_LENGTH,
    MAX_SUBJECT_LENGTH,
    AuditEntry,
    AuditHead,
    SealedEntry,
)
from bot.domain.audit_chain import NOTHING_BEFORE, AuditKeys
from bot.services.accounts.audit_ports import AuditFilter
from bot.store.inserts import insert_if_absent
from bot.store.tables.people import AUDIT_ENTRIES, AUDIT_HEAD

CHUNK = 2000
"""Rows read at once when the whole log is walked."""

LoadKeys = Callable[[], AuditKeys]


def no_keys() -> AuditKeys:
    """Return seals without a secret; for databases of tests."""
    return AuditKeys(())


class AuditRepository:
    """The log on one open transaction.

    Entries wait until the end of the transaction: the row at the head of the chain is locked
    last and for a moment only, so that writers neither block each other for long nor wait for
    one another in a circle.
    """

    def __init__(self, connection: Connection, keys: LoadKeys = no_keys) -> None:
        self._connection = connection
        self._keys = keys
        self._waiting: list[AuditEntry] = []

    @property
    def keys(self) -> AuditKeys:
        """Keys of the seals."""
        return self._keys()

    def add(self, entry: AuditEntry) -> None:
        """Append an entry when the transaction ends."""
        self._waiting.append(entry)

    def flush(self) -> None:
        """Write what waits; called before the transaction ends and before reading."""
        if not self._waiting:
            return
        entries, self._waiting = self._waiting, []
        head, keys = self._lock_head(), self.keys
        seq, seal = head.seq, head.seal
        rows = []
        for given in entries:
            seq, entry = seq + 1, _cut(given)
            seal = keys.seal(seal, seq, entry)
            rows.append({**vars(entry), "seq": seq, "seal": seal, "key_id": keys.current_id})
        self._connection.execute(insert(AUDIT_ENTRIES), rows)
        self._connection.execute(update(AUDIT_HEAD).values(seq=seq, seal=seal))

    def head(self) -> AuditHead | None:
        """Return where the chain ends, None before the first entry."""
        self.flush()
        row = self._connection.execute(select(AUDIT_HEAD)).first()
        return None if row is None else AuditHead(row.seq, row.seal, row.before)

    def page(self, wanted: AuditFilter, limit: int) -> list[SealedEntry]:
        """Return the newest entries that are asked for, newest first."""
        self.flush()
        query = _filtered(wanted).order_by(AUDIT_ENTRIES.c.id.desc()).limit(limit)
        return [_sealed(row) for row in self._connection.execute(query)]

    def actions(self) -> list[str]:
        """Return the kinds of entries that there are, in alphabetical order."""
        query = select(AUDIT_ENTRIES.c.action).distinct().order_by(AUDIT_ENTRIES.c.action)
        return list(self._connection.execute(query).scalars())

    def chunk(self, after_id: int) -> list[SealedEntry]:
        """Return the next rows of the whole log, in order; empty at its end."""
        self.flush()
        columns = AUDIT_ENTRIES.c
        query = select(AUDIT_ENTRIES).where(columns.id > after_id).order_by(columns.id).limit(CHUNK)
        return [_sealed(row) for row in self._connection.execute(query)]

    def entries(self, wanted: AuditFilter) -> list[AuditEntry]:
        """Return all entries that are asked for, in the order they were written."""
        self.flush()
        query = _filtered(wanted).order_by(AUDIT_ENTRIES.c.id)
        return [_sealed(row).entry for row in self._connection.execute(query)]

    def _lock_head(self) -> AuditHead:
        query = select(AUDIT_HEAD).with_for_update()
        row = self._connection.execute(query).first()
        if row is None:
            first = {"id": 1, "seq": 0, "seal": NOTHING_BEFORE, "before": NOTHING_BEFORE}
            insert_if_absent(self._connection, AUDIT_HEAD, first)
            row = self._connection.execute(query).one()
        return AuditHead(row.seq, row.seal, row.before)


def _filtered(wanted: AuditFilter) -> Select:
    columns = AUDIT_ENTRIES.c
    query = select(AUDIT_ENTRIES)
    for column, value in (
        (columns.agent_id, wanted.agent_id),
        (columns.action, wanted.action),
        (columns.subject, wanted.subject),
    ):
        if value is not None:
            query = query.where(column == value)
    bounds: tuple[tuple[datetime | None, bool], ...] = ((wanted.since, True), (wanted.until, False))
    for moment, is_start in bounds:
        if moment is not None:
            query = query.where(columns.at >= moment if is_start else columns.at < moment)
    if wanted.before_id is not None:
        query = query.where(columns.id < wanted.before_id)
    return query


def _cut(entry: AuditEntry) -> AuditEntry:
    """Return the entry as it fits into the table: the seal covers what is stored."""
    return AuditEntry(
        entry.at,
        entry.agent_id,
        entry.action,
        None if entry.subject is None else entry.subject[:MAX_SUBJECT_LENGTH],
        None if entry.detail is None else entry.detail[:MAX_DETAIL_LENGTH],
    )


def _sealed(row: Row) -> SealedEntry:
    entry = AuditEntry(row.at, row.agent_id, row.action, row.subject, row.detail)
    return SealedEntry(row.id, row.seq, entry, row.seal or "", row.key_id or "")
