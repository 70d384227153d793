"""The repository of a city's own sign-in: logins under way, and who is who."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from bot.store.inserts import insert_if_absent
from bot.store.tables.people import CITY_IDENTITIES, CITY_LOGINS


class CityLoginRepository:
    """A city's own sign-in on one open transaction; see `CityLoginStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, key_hash: str, state: Mapping[str, Any], now: datetime) -> None:
        """Keep what has to be known again when the browser comes back."""
        values = {"key_hash": key_hash, "state": dict(state), "created_at": now}
        self._connection.execute(insert(CITY_LOGINS).values(values))

    def take(self, key_hash: str, since: datetime) -> dict[str, Any] | None:
        """Return and delete it; None when unknown, used before or older than `since`."""
        mine = CITY_LOGINS.c.key_hash == key_hash
        row = self._connection.execute(select(CITY_LOGINS).where(mine).with_for_update()).first()
        taken = self._connection.execute(delete(CITY_LOGINS).where(mine)).rowcount
        if row is None or not taken or row.created_at < since:
            return None
        return dict(row.state)

    def forget(self, before: datetime) -> int:
        """Delete logins that were never finished; returns how many."""
        old = CITY_LOGINS.c.created_at < before
        count: int = self._connection.execute(delete(CITY_LOGINS).where(old)).rowcount
        return count

    def agent_of(self, issuer: str, subject: str) -> int | None:
        """Return the account that a person of the city is linked with."""
        query = select(CITY_IDENTITIES.c.agent_id).where(
            CITY_IDENTITIES.c.issuer == issuer, CITY_IDENTITIES.c.subject == subject
        )
        found: int | None = self._connection.execute(query).scalar()
        return found

    def link(self, issuer: str, subject: str, agent_id: int, now: datetime) -> bool:
        """Link a person of the city with an account; False when the person is linked already."""
        values = {"issuer": issuer, "subject": subject, "agent_id": agent_id, "linked_at": now}
        return insert_if_absent(self._connection, CITY_IDENTITIES, values)

    def linked(self) -> frozenset[int]:
        """Return the accounts that are linked."""
        query = select(CITY_IDENTITIES.c.agent_id).distinct()
        return frozenset(self._connection.execute(query).scalars())
