"""The repository of copies of the platform's cases, and of what we wait for from it."""

from collections.abc import Sequence
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import and_, delete, exists, insert, select, update
from sqlalchemy.engine import Connection

from bot.domain.cases import CaseState, is_final
from bot.services.platform_ports import Ask, Copy, PlatformStand
from bot.store.inserts import insert_if_absent
from bot.store.tables.casework import CASE_ACCESS, CASES
from bot.store.tables.platform import (
    PLATFORM_ASKS,
    PLATFORM_CASES,
    PLATFORM_FEED,
    PLATFORM_NONCES,
)
from bot.store.upserts import insert_on_conflict

P, A, F = PLATFORM_CASES.c, PLATFORM_ASKS.c, PLATFORM_FEED.c
COPY = (PLATFORM_CASES, CASES.c.number)
FEED = 1
LONG_AGO = datetime(1970, 1, 1, tzinfo=timezone.utc)


class PlatformRepository:
    """Copies, feed, nonces and asks on one open transaction."""

    def __init__(self, connection: Connection) -> None:
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

    def use_nonce(self, nonce: str, now: datetime, expires_at: datetime) -> bool:
        """Tell whether the nonce is used for the first time; forgets those that have expired."""
        self._connection.execute(delete(PLATFORM_NONCES).where(PLATFORM_NONCES.c.expires_at < now))
        row = {"nonce": nonce, "expires_at": expires_at}
        return insert_if_absent(self._connection, PLATFORM_NONCES, row)

    def ask_later(self, ask: Ask, expires_at: datetime) -> bool:
        """Keep a look-up for later; False when the same is waiting already."""
        mine = (A.conversation_id == ask.conversation_id, A.number == ask.number)
        known = self._connection.execute(select(PLATFORM_ASKS).where(*mine)).one_or_none()
        values = {
            "proof": ask.proof,
            "asked_at": ask.asked_at,
            "next_try_at": ask.asked_at,
            "expires_at": expires_at,
        }
        if known is None:
            row = {"conversation_id": ask.conversation_id, "number": ask.number, **values}
            self._connection.execute(insert(PLATFORM_ASKS).values(**row))
            return True
        self._connection.execute(update(PLATFORM_ASKS).where(*mine).values(**values))
        return bool(known.proof != ask.proof)

    def claim_asks(self, now: datetime, until: datetime, limit: int) -> Sequence[Ask]:
        """Return look-ups that wait; nobody else gets them before `until`."""
        rows = self._connection.execute(
            select(PLATFORM_ASKS)
            .where(A.next_try_at <= now)
            .order_by(A.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        ).all()
        for row in rows:
            self.retry_ask(row.id, until)
        return [_ask(row) for row in rows]

    def retry_ask(self, ask_id: int, at: datetime) -> None:
        """Let a look-up wait that could not be answered now."""
        self._connection.execute(update(PLATFORM_ASKS).where(A.id == ask_id).values(next_try_at=at))

    def end_ask(self, ask_id: int) -> bool:
        """Take a look-up away, its proof with it; tells whether it was there."""
        result = self._connection.execute(delete(PLATFORM_ASKS).where(A.id == ask_id))
        return bool(result.rowcount == 1)

    def expire_asks(self, now: datetime) -> Sequence[Ask]:
        """Take away the look-ups that have waited too long, and return them."""
        rows = self._connection.execute(
            select(PLATFORM_ASKS).where(A.expires_at <= now).with_for_update(skip_locked=True)
        ).all()
        return [_ask(row) for row in rows if self.end_ask(row.id)]


def _read(row: Any) -> Copy:
    return Copy(
        case_id=row.case_id,
        number=row.number,
        sequence=row.sequence,
        wanted=row.wanted,
        grant=row.grant_token,
        fetched_at=row.fetched_at,
    )


def _ask(row: Any) -> Ask:
    return Ask(row.id, row.conversation_id, row.number, row.proof, row.asked_at)
