"""The repository of platforms' access tokens: encrypted, shared by all hubs."""

from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.engine import Connection

from bot.services.conversations.channel_ports import KeptToken
from bot.store.inserts import insert_if_absent
from bot.store.sealed_text import UnreadableSecret
from bot.store.second_factors import LoadBox
from bot.store.tables.channels import CHANNEL_TOKENS

_C = CHANNEL_TOKENS.c


class TokenRepository:
    """Tokens on one open transaction."""

    def __init__(self, connection: Connection, box: LoadBox) -> None:
        self._connection = connection
        self._box = box

    def find(self, name: str) -> KeptToken:
        """Return the token of a name; "" when there is none, or it was sealed with another key."""
        row = self._connection.execute(select(CHANNEL_TOKENS).where(_C.name == name)).first()
        if row is None or row.sealed is None:
            return KeptToken("", None, 0 if row is None else row.version)
        try:
            value = self._box().open(row.sealed)
        except UnreadableSecret:
            value = ""
        return KeptToken(value, row.expires_at, row.version)

    def claim(self, name: str, *, version: int, now: datetime, until: datetime) -> bool:
        """Take the right to fetch the token after this one; False when another has it."""
        insert_if_absent(self._connection, CHANNEL_TOKENS, {"name": name, "version": 0})
        taken = self._connection.execute(
            update(CHANNEL_TOKENS)
            .where(
                _C.name == name,
                _C.version == version,
                or_(_C.claimed_until.is_(None), _C.claimed_until <= now),
            )
            .values(claimed_until=until)
        )
        return taken.rowcount == 1

    def keep(self, name: str, *, value: str, expires_at: datetime) -> None:
        """Keep a new token and give the claim back."""
        self._connection.execute(
            update(CHANNEL_TOKENS)
            .where(_C.name == name)
            .values(
                sealed=self._box().seal(value),
                expires_at=expires_at,
                version=_C.version + 1,
                claimed_until=None,
            )
        )

    def release(self, name: str) -> None:
        """Give the claim back without a new token."""
        self._connection.execute(
            update(CHANNEL_TOKENS).where(_C.name == name).values(claimed_until=None)
        )
