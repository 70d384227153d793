"""The repository of copies of the platform's cases, and of what we wait for from it."""

from collections.abc import Sequence
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import and_, exists, select, update
from sqlalchemy.engine import Connection

from bot.domain.cases import CaseState, is_final
from bot.services.platform.ports import Copy, PlatformStand
from bot.store.inserts import insert_if_absent
from bot.store.platform_asks import PlatformAsks
from bot.store.tables.casework import CASE_ACCESS, CASES
from bot.store.tables.platform import PLATFORM_CASES, PLATFORM_FEED
from bot.store.upserts import insert_on_conflict

P, F = PLATFORM_CASES.c, PLATFORM_FEED.c
COPY = (PLATFORM_CASES, CASES.c.number)
FEED = 1
LONG_AGO = datetime(1970, 1, 1, tzinfo=timezone.utc)


class PlatformRepository(PlatformAsks):
    """Copies, feed, nonces and asks on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._connection = connection

    def copy_of(self, case_id: int) -> Copy | None:
        """Return the copy of a case, None for a case of the register."""
        return self._copy(P.case_id == case_id)

    def lock(self, number: str) -> Copy | None:
        """Return the copy, locked until the transaction ends."""
        return self._copy(CASES.c.number == number, is_locked=True)

    def _copy(self, condition: Any, *, is_locked: bool = False) -> Copy | None:
        query = select(*COPY).join(CASES, CASES.c.id == P.case_id).where(condition)
        if is_locked:
            query = query.with_for_update(of=PLATFORM_CASES)
        row = self._connection.execute(query).one_or_none()
        return _read(row) if row else None

    def save(self, copy: Copy, next_check_at: datetime | None) -> None:
        """Write a copy; `next_check_at` is when it has to be fetched, None for not at all."""
        values = {
            "sequence": copy.sequence,
            "wanted": copy.wanted,
            "grant_token": copy.grant,
            "fetched_at": copy.fetched_at,
            "next_check_at": next_check_at,
        }
        self._connection.execute(
            insert_on_conflict(self._connection, PLATFORM_CASES)
            .values(case_id=copy.case_id, **values)
            .on_conflict_do_update(index_elements=[P.case_id], set_=values)
        )

    def want(self, number: str, sequence: int, now: datetime) -> bool:
        """Note that an entry is missing, to be fetched at once; tells whether it was news."""
        mine = select(CASES.c.id).where(CASES.c.number == number).scalar_subquery()
        result = self._connection.execute(
            update(PLATFORM_CASES)
            .where(P.case_id == mine, P.sequence < sequence, P.wanted < sequence)
            .values(wanted=sequence, next_check_at=now)
        )
        return bool(result.rowcount == 1)

    def want_all(self, now: datetime) -> None:
        """Have every open case fetched that somebody follows."""
        followed = exists().where(
            and_(CASE_ACCESS.c.case_id == P.case_id, CASE_ACCESS.c.followed_at.isnot(None))
        )
        is_open = exists().where(and_(CASES.c.id == P.case_id, CASES.c.closed_at.is_(None)))
        self._connection.execute(
            update(PLATFORM_CASES)
            .where(P.next_check_at.is_(None), followed, is_open)
            .values(next_check_at=now)
            .execution_options(synchronize_session=False)
        )

    def claim_due(self, now: datetime, until: datetime, limit: int) -> Sequence[Copy]:
        """Return copies that have to be fetched; nobody else gets them before `until`."""
        rows = self._connection.execute(
            select(*COPY)
            .join(CASES, CASES.c.id == P.case_id)
            .where(P.next_check_at <= now)
            .order_by(P.next_check_at)
            .limit(limit)
            .with_for_update(of=PLATFORM_CASES, skip_locked=True)
        ).all()
        for row in rows:
            self.retry(row.case_id, until)
        return [_read(row) for row in rows]

    def set_stand(self, case_id: int, stand: PlatformStand, state: CaseState | None) -> None:
        """Write state, missing papers and telephone into the case."""
        values: dict[str, Any] = {
            "missing": list(stand.missing),
            "department_phone": stand.department_phone,
            "clock_key": None,
        }
        if state is not None:
            values |= {"state": state.value, "state_words": None}
            if not is_final(state):
                values |= {"closed_at": None}
        self._connection.execute(update(CASES).where(CASES.c.id == case_id).values(**values))

    def set_state_words(self, case_id: int, words: str) -> None:
        """Write down a state that only the platform knows; the case counts as open."""
        self._connection.execute(
            update(CASES).where(CASES.c.id == case_id).values(state_words=words, closed_at=None)
        )

    def adopt(self, case_id: int) -> None:
        """Let the platform keep a case from now on that the register has kept."""
        self._connection.execute(
            update(CASES).where(CASES.c.id == case_id).values(source="platform", escalate_on=None)
        )

    def retry(self, case_id: int, at: datetime) -> None:
        """Have a copy fetched that could not be fetched now."""
        self._connection.execute(
            update(PLATFORM_CASES).where(P.case_id == case_id).values(next_check_at=at)
        )

    def cursor(self) -> str | None:
        """Return how far the changes have been read."""
        row = self._feed()
        return row.cursor if row else None

    def heard_at(self) -> datetime | None:
        """Return when the changes were read to their end last."""
        row = self._feed()
        return row.heard_at if row else None

    def _feed(self) -> Any:
        return self._connection.execute(select(PLATFORM_FEED)).one_or_none()

    def claim_poll(self, now: datetime, until: datetime) -> bool:
        """Tell whether it is this caller's turn to read changes; nobody else's before `until`."""
        row = {"id": FEED, "next_poll_at": LONG_AGO}
        insert_if_absent(self._connection, PLATFORM_FEED, row)
        result = self._connection.execute(
            update(PLATFORM_FEED).where(F.next_poll_at <= now).values(next_poll_at=until)
        )
        return bool(result.rowcount == 1)

    def set_cursor(self, cursor: str | None, heard_at: datetime | None) -> None:
        """Write down how far the changes have been read."""
        values: dict[str, Any] = {"cursor": cursor}
        if heard_at is not None:
            values["heard_at"] = heard_at
        self._connection.execute(update(PLATFORM_FEED).values(**values))


def _read(row: Any) -> Copy:
    return Copy(
        case_id=row.case_id,
        number=row.number,
        sequence=row.sequence,
        wanted=row.wanted,
        grant=row.grant_token,
        fetched_at=row.fetched_at,
    )
