"""The repository of kept packages of policies."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from bot.domain.eligibility import ProfileValue
from bot.domain.policy_watch import KeptPackage, PackageFacts
from bot.domain.short_links import UnknownLink
from bot.store.inserts import insert_if_absent
from bot.store.tables.policies import POLICY_PACKAGES

_P = POLICY_PACKAGES.c


class PolicyPackageRepository:
    """Packages on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(
        self,
        *,
        origin: str,
        conversation_id: str,
        code_hash: str,
        facts: PackageFacts,
        now: datetime,
    ) -> None:
        """Keep a package; the same origin again gives it another code in place of the first."""
        row = {
            "origin": origin,
            "conversation_id": conversation_id,
            "code_hash": code_hash,
            "facts": {
                "profile": dict(facts.profile),
                "skipped": list(facts.skipped),
                "matters": list(facts.matter_ids),
            },
            "created_at": now,
        }
        if not insert_if_absent(self._connection, POLICY_PACKAGES, row):
            again = update(POLICY_PACKAGES).where(_P.origin == origin)
            self._connection.execute(again.values(code_hash=code_hash))

    def by_code(self, code_hash: str) -> KeptPackage:
        """Return the package under a code; raises `UnknownLink`."""
        query = select(POLICY_PACKAGES).where(_P.code_hash == code_hash)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            raise UnknownLink
        return _package(row)

    def latest(self, conversation_id: str) -> KeptPackage | None:
        """Return the newest package of a conversation."""
        query = select(POLICY_PACKAGES).where(_P.conversation_id == conversation_id)
        row = self._connection.execute(query.order_by(_P.id.desc()).limit(1)).one_or_none()
        return None if row is None else _package(row)


def read_profile(raw: Mapping[str, Any]) -> dict[str, ProfileValue]:
    """Return a stored profile; JSON has lists where a profile has tuples."""
    return {
        field: tuple(value) if isinstance(value, list) else value for field, value in raw.items()
    }


def _package(row: Any) -> KeptPackage:
    raw = row.facts
    facts = PackageFacts(read_profile(raw["profile"]), tuple(raw["skipped"]), tuple(raw["matters"]))
    return KeptPackage(row.id, row.conversation_id, facts, row.created_at)
