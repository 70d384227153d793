"""The repository of saved plans."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection, Row

from bot.domain.plans import PlanKind, SavedPlan, UnknownPlan
from bot.store.inserts import insert_if_absent
from bot.store.tables.plan_life import PLAN_VERSIONS
from bot.store.tables.services import PLAN_LINKS, PLANS


class PlanRepository:
    """Saved plans on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        *,
        origin: str,
        conversation_id: str,
        kind: PlanKind,
        answers: Mapping[str, Any],
        snapshot: Mapping[str, Any],
        now: datetime,
    ) -> SavedPlan:
        """Write a plan, or return the one that the same origin wrote before."""
        values = {
            "origin": origin,
            "conversation_id": conversation_id,
            "kind": kind.value,
            "answers": dict(answers),
            "snapshot": dict(snapshot),
            "created_at": now,
        }
        insert_if_absent(self._connection, PLANS, values)
        query = select(PLANS).where(PLANS.c.origin == origin)
        return _plan(self._connection.execute(query).one())

    def add_link(self, plan_id: int, token_hash: str, now: datetime) -> None:
        """Add a link to a plan; earlier links stay good."""
        values = {"plan_id": plan_id, "token_hash": token_hash, "created_at": now}
        self._connection.execute(insert(PLAN_LINKS).values(**values))

    def drop_links(self, plan_id: int) -> None:
        """Take away every link to a plan."""
        self._connection.execute(delete(PLAN_LINKS).where(PLAN_LINKS.c.plan_id == plan_id))

    def by_token_hash(self, token_hash: str) -> SavedPlan:
        """Return the newest version of one; raises `UnknownPlan`."""
        query = (
            select(PLANS)
            .join(PLAN_LINKS, PLAN_LINKS.c.plan_id == PLANS.c.id)
            .where(PLAN_LINKS.c.token_hash == token_hash)
        )
        row = self._connection.execute(query).first()
        if row is None:
            raise UnknownPlan
        return self._newest(_plan(row))

    def by_id(self, plan_id: int) -> SavedPlan:
        """Return one; raises `UnknownPlan`."""
        row = self._connection.execute(select(PLANS).where(PLANS.c.id == plan_id)).first()
        if row is None:
            raise UnknownPlan
        return _plan(row)

    def latest(self, conversation_id: str, kind: PlanKind | None) -> SavedPlan | None:
        """Return the newest plan of a conversation, of one kind or of any."""
        query = select(PLANS).where(PLANS.c.conversation_id == conversation_id)
        if kind is not None:
            query = query.where(PLANS.c.kind == kind.value)
        row = self._connection.execute(query.order_by(PLANS.c.id.desc()).limit(1)).first()
        return None if row is None else self._newest(_plan(row))

    def _newest(self, plan: SavedPlan) -> SavedPlan:
        """Return the plan with the snapshot of its newest version."""
        query = select(PLAN_VERSIONS.c.number, PLAN_VERSIONS.c.snapshot).where(
            PLAN_VERSIONS.c.plan_id == plan.id, PLAN_VERSIONS.c.snapshot.isnot(None)
        )
        newest = query.order_by(PLAN_VERSIONS.c.number.desc()).limit(1)
        row = self._connection.execute(newest).first()
        return plan if row is None else replace(plan, snapshot=row.snapshot, version=row.number)


def _plan(row: Row) -> SavedPlan:
    return SavedPlan(
        id=row.id,
        conversation_id=row.conversation_id,
        kind=PlanKind(row.kind),
        answers=row.answers,
        snapshot=row.snapshot,
        created_at=row.created_at,
    )
