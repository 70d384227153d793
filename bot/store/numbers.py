"""Counters of numbers, and the failed tries of proving whose something is."""

from datetime import date, datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Connection

from bot.store.prepared import often
from bot.store.straight import rows_of
from bot.store.tables.casework import COUNTERS, IDENTITY_TRIES
from bot.store.upserts import insert_on_conflict

_KEY = (COUNTERS.c.kind, COUNTERS.c.day)
_COUNT = often(  # SQLAlchemy compiles ON CONFLICT anew each time; PostgreSQL says what it counted
    postgresql.insert(COUNTERS)
    .values(kind=bindparam("kind"), day=bindparam("day"), value=bindparam("step"))
    .on_conflict_do_update(
        index_elements=_KEY, set_={"value": COUNTERS.c.value + bindparam("step")}
    )
    .returning(COUNTERS.c.value)
)


class NumberRepository:
    """Counters on one open transaction; a counter stays locked until the transaction ends."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def hold(self, kind: str, day: date) -> None:
        """Lock the counter until the transaction ends."""
        self._add(kind, day, 0)

    def take(self, kind: str, day: date) -> int:
        """Count one up and return the new value, from 1."""
        return self._add(kind, day, 1)

    def _add(self, kind: str, day: date, step: int) -> int:
        if self._connection.dialect.name == "postgresql":
            counted = rows_of(self._connection, _COUNT, {"kind": kind, "day": day, "step": step})
            return int(counted[0].value)
        self._connection.execute(
            insert_on_conflict(self._connection, COUNTERS)
            .values(kind=kind, day=day, value=step)
            .on_conflict_do_update(
                index_elements=_KEY,
                set_={"value": COUNTERS.c.value + step},
            )
        )
        # the upsert holds the row, so this reads what it has just written
        value = self._connection.execute(
            select(COUNTERS.c.value).where(COUNTERS.c.kind == kind, COUNTERS.c.day == day)
        ).scalar_one()
        return int(value)


class IdentityTryRepository:
    """Failed tries on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def locked_until(self, subject: str) -> datetime | None:
        """Return until when the subject is locked; holds its row until the transaction ends."""
        self._connection.execute(
            insert_on_conflict(self._connection, IDENTITY_TRIES)
            .values(subject=subject, failures=0)
            .on_conflict_do_update(
                index_elements=[IDENTITY_TRIES.c.subject],
                set_={"failures": IDENTITY_TRIES.c.failures},
            )
        )
        until: datetime | None = self._connection.execute(
            select(IDENTITY_TRIES.c.locked_until).where(IDENTITY_TRIES.c.subject == subject)
        ).scalar_one()
        return until

    def failures_since(self, subject: str, since: datetime) -> int:
        """Return the failures counted if the latest one is after `since`, else 0."""
        row = self._connection.execute(
            select(IDENTITY_TRIES).where(
                IDENTITY_TRIES.c.subject == subject, IDENTITY_TRIES.c.failed_at > since
            )
        ).one_or_none()
        return int(row.failures) if row else 0

    def fail(self, subject: str, failures: int, now: datetime, until: datetime | None) -> None:
        """Write down the failures so far and, when there were too many, the end of the lock."""
        self._connection.execute(
            update(IDENTITY_TRIES)
            .where(IDENTITY_TRIES.c.subject == subject)
            .values(failures=failures, failed_at=now, locked_until=until)
        )
