"""The repository of plans that live: state, versions, history."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.engine import Connection, Row

from bot.domain.plan_life import PlanLife, PlanVersion, StepDate, from_plain, to_plain
from bot.domain.plans import PlanKind
from bot.services.plans.life_ports import PlanEvent
from bot.store.inserts import insert_if_absent
from bot.store.tables.plan_life import (
    PLAN_EVENTS,
    PLAN_LIVES,
    PLAN_READERS,
    PLAN_RULE_SETS,
    PLAN_VERSIONS,
)
from bot.store.tables.services import PLANS
from bot.store.upserts import insert_on_conflict

SAVED = "saved"

LIVES = select(PLAN_LIVES, PLANS.c.kind, PLANS.c.conversation_id, PLANS.c.created_at).join(
    PLANS, PLANS.c.id == PLAN_LIVES.c.plan_id
)


class PlanLifeRepository:
    """Plans that live, on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, life: PlanLife, now: datetime) -> None:
        """Begin the life of a saved plan, with version 1 and its owner as reader."""
        values = {"plan_id": life.plan_id, "recipe": dict(life.recipe), "updated_at": now}
        values |= {"start_on": life.start_on, **_changing(life)}
        if not insert_if_absent(self._connection, PLAN_LIVES, values):
            return
        self.add_versions([(life, SAVED, None)], now)
        reader = {"plan_id": life.plan_id, "conversation_id": life.conversation_id}
        insert_if_absent(
            self._connection, PLAN_READERS, {**reader, "granted_at": now, "is_muted": False}
        )

    def of_plan(self, plan_id: int) -> PlanLife | None:
        """Return the life of a plan, None when it has none."""
        return self._first(PLAN_LIVES.c.plan_id == plan_id)

    def by_number(self, number: str) -> PlanLife | None:
        """Return the plan with this number."""
        return self._first(PLAN_LIVES.c.number == number)

    def of_reader(self, conversation_id: str) -> Sequence[PlanLife]:
        """Return the plans that a conversation may see, the newest first."""
        rows = self._connection.execute(
            LIVES.join(PLAN_READERS, PLAN_READERS.c.plan_id == PLAN_LIVES.c.plan_id)
            .where(PLAN_READERS.c.conversation_id == conversation_id)
            .order_by(PLAN_LIVES.c.plan_id.desc())
        )
        return [_life(row) for row in rows]

    def save(self, seen: PlanLife, changed: PlanLife, now: datetime) -> bool:
        """Write a changed plan; False when its version is no longer the one seen."""
        result = self._connection.execute(
            update(PLAN_LIVES)
            .where(PLAN_LIVES.c.plan_id == seen.plan_id, PLAN_LIVES.c.version == seen.version)
            .values(updated_at=now, **_changing(changed))
        )
        return bool(result.rowcount == 1)

    def save_many(self, changes: Sequence[tuple[PlanLife, PlanLife]], now: datetime) -> set[int]:
        """Write changed plans in one go; returns the ids that were written (see `save`)."""
        ids = [seen.plan_id for seen, _ in changes]
        # the rows stay locked on PostgreSQL; SQLite has one writer anyway
        query = select(PLAN_LIVES.c.plan_id, PLAN_LIVES.c.version).where(
            PLAN_LIVES.c.plan_id.in_(ids)
        )
        rows = self._connection.execute(query.order_by(PLAN_LIVES.c.plan_id).with_for_update())
        versions = {row.plan_id: row.version for row in rows}
        kept = [(seen, new) for seen, new in changes if versions.get(seen.plan_id) == seen.version]
        if kept:
            keys = ("dates", "is_open", "fingerprint", "version")
            statement = (
                update(PLAN_LIVES)
                .where(PLAN_LIVES.c.plan_id == bindparam("key"))
                .values({key: bindparam(f"new_{key}") for key in keys} | {"updated_at": now})
            )
            self._connection.execute(statement, [_numbered(new, keys) for _, new in kept])
        return {seen.plan_id for seen, _ in kept}

    def add_versions(
        self, made: Sequence[tuple[PlanLife, str, Mapping[str, Any] | None]], now: datetime
    ) -> None:
        """Keep the present dates of plans as new versions, with reason and snapshot."""
        rows = [
            {
                "plan_id": life.plan_id,
                "number": life.version,
                "reason": reason,
                "dates": to_plain(life.dates),
                "snapshot": None if snapshot is None else dict(snapshot),
                "at": now,
            }
            for life, reason, snapshot in made
        ]
        if rows:
            self._connection.execute(insert(PLAN_VERSIONS), rows)

    def versions(self, plan_id: int) -> Sequence[PlanVersion]:
        """Return all versions, the first first."""
        columns = [PLAN_VERSIONS.c[name] for name in ("number", "reason", "dates", "at")]
        rows = self._connection.execute(
            select(*columns)
            .where(PLAN_VERSIONS.c.plan_id == plan_id)
            .order_by(PLAN_VERSIONS.c.number)
        )
        return [PlanVersion(row.number, row.reason, from_plain(row.dates), row.at) for row in rows]

    def first_dates(self, plan_ids: Sequence[int]) -> Mapping[int, Mapping[str, StepDate]]:
        """Return the dates of version 1 by plan."""
        rows = self._connection.execute(
            select(PLAN_VERSIONS.c.plan_id, PLAN_VERSIONS.c.dates).where(
                PLAN_VERSIONS.c.plan_id.in_(plan_ids), PLAN_VERSIONS.c.number == 1
            )
        )
        return {row.plan_id: from_plain(row.dates) for row in rows}

    def log(self, event: PlanEvent, now: datetime) -> bool:
        """Append to the history; False when this origin is there already."""
        values = {
            "plan_id": event.plan_id,
            "kind": event.kind.value,
            "subject": event.subject[:200],
            "on_day": event.on_day,
            "origin": event.origin,
            "at": now,
        }
        return insert_if_absent(self._connection, PLAN_EVENTS, values)

    def stale(self, fingerprint: str, after_id: int, limit: int) -> Sequence[PlanLife]:
        """Return open plans computed by other rules, by id, from after `after_id` on."""
        rows = self._connection.execute(
            LIVES.where(_is_stale(fingerprint), PLAN_LIVES.c.plan_id > after_id)
            .order_by(PLAN_LIVES.c.plan_id)
            .limit(limit)
        )
        return [_life(row) for row in rows]

    def count_stale(self, fingerprint: str) -> int:
        """Count the open plans that were computed by other rules."""
        query = select(func.count()).select_from(PLAN_LIVES).where(_is_stale(fingerprint))
        return int(self._connection.execute(query).scalar_one())

    def begin_rules(self, fingerprint: str, now: datetime) -> None:
        """Note that a hub with these rules has started."""
        self._connection.execute(
            insert_on_conflict(self._connection, PLAN_RULE_SETS)
            .values(fingerprint=fingerprint, started_at=now)
            .on_conflict_do_update(
                index_elements=[PLAN_RULE_SETS.c.fingerprint], set_={"started_at": now}
            )
        )

    def newest_rules(self) -> str | None:
        """Return the fingerprint of the hub that started last."""
        newest: str | None = self._connection.execute(
            select(PLAN_RULE_SETS.c.fingerprint)
            .order_by(PLAN_RULE_SETS.c.started_at.desc(), PLAN_RULE_SETS.c.fingerprint)
            .limit(1)
        ).scalar()
        return newest

    def _first(self, condition: Any) -> PlanLife | None:
        row = self._connection.execute(LIVES.where(condition)).first()
        return None if row is None else _life(row)


def _is_stale(fingerprint: str) -> Any:
    return PLAN_LIVES.c.is_open.is_(True) & (PLAN_LIVES.c.fingerprint != fingerprint)


def _changing(life: PlanLife) -> dict[str, Any]:
    return {
        "number": life.number,
        "name": life.name,
        "done": {step_id: day.isoformat() for step_id, day in life.done.items()},
        "papers": dict(life.papers),
        "dates": to_plain(life.dates),
        "is_open": life.is_open,
        "phone_tail": life.phone_tail,
        "fingerprint": life.fingerprint,
        "version": life.version,
    }


def _numbered(life: PlanLife, keys: Sequence[str]) -> dict[str, Any]:
    values = _changing(life)
    return {"key": life.plan_id, **{f"new_{key}": values[key] for key in keys}}


def _life(row: Row) -> PlanLife:
    return PlanLife(
        plan_id=row.plan_id,
        kind=PlanKind(row.kind),
        conversation_id=row.conversation_id,
        number=row.number,
        name=row.name,
        recipe=row.recipe,
        start_on=row.start_on,
        done={step_id: date.fromisoformat(day) for step_id, day in row.done.items()},
        papers=row.papers,
        dates=from_plain(row.dates),
        is_open=row.is_open,
        phone_tail=row.phone_tail,
        fingerprint=row.fingerprint,
        version=row.version,
        created_at=row.created_at,
    )
