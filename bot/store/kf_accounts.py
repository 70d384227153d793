"""The repository of accounts of 微信客服: where the fetching of their news stands."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement

from bot.services.conversations.channel_ports import KfAccount
from bot.store.inserts import insert_if_absent
from bot.store.tables.channels import KF_ACCOUNTS

_C = KF_ACCOUNTS.c


class KfAccountRepository:
    """Accounts on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ring(self, open_kfid: str, *, token: str, token_until: datetime, now: datetime) -> None:
        """Note that there are news."""
        fresh = {"open_kfid": open_kfid, "cursor": "", "token": "", "rung": 0, "fetched": 0}
        insert_if_absent(self._connection, KF_ACCOUNTS, fresh)
        self._connection.execute(
            update(KF_ACCOUNTS)
            .where(_C.open_kfid == open_kfid)
            .values(rung=_C.rung + 1, token=token, token_until=token_until, try_at=now)
        )

    def ring_all(self, now: datetime) -> None:
        """Have the news of all accounts fetched: callbacks may have found nobody."""
        self._connection.execute(update(KF_ACCOUNTS).values(rung=_C.rung + 1, try_at=now))

    def claim(self, *, lease: str, now: datetime, until: datetime) -> KfAccount | None:
        """Take an account with news that nobody fetches, or None."""
        is_free = or_(_C.lease_until.is_(None), _C.lease_until <= now)
        is_due = and_(_C.rung > _C.fetched, _C.try_at <= now, is_free)
        for row in self._connection.execute(select(KF_ACCOUNTS).where(is_due).limit(10)).all():
            taken = self._connection.execute(
                update(KF_ACCOUNTS)
                .where(_C.open_kfid == row.open_kfid, is_free)
                .values(lease_holder=lease, lease_until=until)
            )
            if taken.rowcount == 1:
                again = select(KF_ACCOUNTS).where(_C.open_kfid == row.open_kfid)
                held = self._connection.execute(again).one()
                token = held.token if held.token_until > now else ""
                return KfAccount(held.open_kfid, held.cursor, token, held.rung)
        return None

    def advance(self, open_kfid: str, *, lease: str, cursor: str, until: datetime) -> bool:
        """Note what has been stored and hold the lease for longer; False when it is lost."""
        moved = self._connection.execute(
            update(KF_ACCOUNTS)
            .where(self._held(open_kfid, lease))
            .values(cursor=cursor, lease_until=until)
        )
        return moved.rowcount == 1

    def finish(self, open_kfid: str, *, lease: str, rung: int) -> None:
        """Note that all news up to these callbacks are stored, and give the lease back."""
        self._connection.execute(
            update(KF_ACCOUNTS)
            .where(self._held(open_kfid, lease))
            .values(fetched=rung, lease_holder=None, lease_until=None)
        )

    def retry(self, open_kfid: str, *, lease: str, at: datetime) -> None:
        """Give the lease back; the news are fetched then."""
        self._connection.execute(
            update(KF_ACCOUNTS)
            .where(self._held(open_kfid, lease))
            .values(try_at=at, lease_holder=None, lease_until=None)
        )

    def _held(self, open_kfid: str, lease: str) -> "ColumnElement[Any]":
        return and_(_C.open_kfid == open_kfid, _C.lease_holder == lease)
