"""The repository of one-to-one assistance, with its history."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection, Row

from bot.domain.assistance import (
    OPEN_ASSISTANCE,
    Assistance,
    AssistanceEvent,
    AssistanceState,
    HasHelper,
    UnknownAssistance,
)
from bot.store.inserts import insert_if_absent
from bot.store.tables.booking_desk import ASSISTANCE_EVENTS, ASSISTANCES
from bot.store.tables.plan_life import PLAN_LIVES

OWN = ASSISTANCES.c
OPEN = sorted(state.value for state in OPEN_ASSISTANCE)


class AssistanceRepository:
    """Assistances on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        *,
        conversation_id: str,
        agent_id: int,
        subject: str,
        plan_id: int | None,
        actor: str,
        now: datetime,
    ) -> Assistance:
        """Propose a helper; raises `HasHelper` when there is one, or one is being asked about."""
        values = {
            "conversation_id": conversation_id,
            "agent_id": agent_id,
            "subject": subject,
            "plan_id": plan_id,
            "state": AssistanceState.PROPOSED.value,
            "proposed_at": now,
            "ended_by": "",
        }
        if not insert_if_absent(self._connection, ASSISTANCES, values):
            raise HasHelper(conversation_id)
        made = self.open_of(conversation_id)
        assert made is not None
        self._append(made.id, AssistanceState.PROPOSED, actor, subject, now)
        return made

    def get(self, assistance_id: int) -> Assistance:
        """Return one; raises `UnknownAssistance`."""
        row = self._connection.execute(select(ASSISTANCES).where(OWN.id == assistance_id)).first()
        if row is None:
            raise UnknownAssistance(str(assistance_id))
        return _assistance(row)

    def open_of(self, conversation_id: str) -> Assistance | None:
        """Return the proposed or active one of a conversation."""
        query = select(ASSISTANCES).where(
            OWN.conversation_id == conversation_id, OWN.state.in_(OPEN)
        )
        row = self._connection.execute(query).first()
        return None if row is None else _assistance(row)

    def open_of_agent(self, agent_id: int | None) -> tuple[Assistance, ...]:
        """Return the proposed and active ones of a helper, or of all, the oldest first."""
        query = select(ASSISTANCES).where(OWN.state.in_(OPEN))
        if agent_id is not None:
            query = query.where(OWN.agent_id == agent_id)
        rows = self._connection.execute(query.order_by(OWN.id))
        return tuple(_assistance(row) for row in rows)

    def of_finished_plans(self, limit: int) -> tuple[Assistance, ...]:
        """Return the active ones whose plan has no open step any more."""
        query = (
            select(ASSISTANCES)
            .join(PLAN_LIVES, PLAN_LIVES.c.plan_id == OWN.plan_id)
            .where(OWN.state == AssistanceState.ACTIVE.value, PLAN_LIVES.c.is_open.is_(False))
            .order_by(OWN.id)
            .limit(limit)
        )
        return tuple(_assistance(row) for row in self._connection.execute(query))

    def move(
        self,
        seen: Assistance,
        state: AssistanceState,
        *,
        actor: str,
        reason: str,
        now: datetime,
        plan_id: int | None = None,
    ) -> bool:
        """Change the state as last seen; False when somebody else was first."""
        values: dict[str, Any] = {"state": state.value}
        if state is AssistanceState.ACTIVE:
            values |= {"agreed_at": now, "plan_id": plan_id}
        else:
            values |= {"ended_at": now, "ended_by": actor}
        changed = self._connection.execute(
            update(ASSISTANCES)
            .where(OWN.id == seen.id, OWN.state == seen.state.value)
            .values(**values)
        ).rowcount
        if changed:
            self._append(seen.id, state, actor, reason, now)
        return bool(changed)

    def set_plan(self, assistance_id: int, plan_id: int) -> None:
        """Note the plan that the helper helps with."""
        self._connection.execute(
            update(ASSISTANCES).where(OWN.id == assistance_id).values(plan_id=plan_id)
        )

    def events(self, assistance_id: int) -> tuple[AssistanceEvent, ...]:
        """Return the history, oldest first."""
        lines = ASSISTANCE_EVENTS.c
        query = (
            select(ASSISTANCE_EVENTS).where(lines.assistance_id == assistance_id).order_by(lines.id)
        )
        return tuple(
            AssistanceEvent(
                row.assistance_id, AssistanceState(row.state), row.actor, row.reason, row.at
            )
            for row in self._connection.execute(query)
        )

    def _append(
        self, assistance_id: int, state: AssistanceState, actor: str, reason: str, now: datetime
    ) -> None:
        self._connection.execute(
            insert(ASSISTANCE_EVENTS).values(
                assistance_id=assistance_id, state=state.value, actor=actor, reason=reason, at=now
            )
        )


def _assistance(row: Row) -> Assistance:
    return Assistance(
        id=row.id,
        conversation_id=row.conversation_id,
        agent_id=row.agent_id,
        subject=row.subject,
        plan_id=row.plan_id,
        state=AssistanceState(row.state),
        proposed_at=row.proposed_at,
        agreed_at=row.agreed_at,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
    )
