"""The repository of proposals, decisions and additions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from bot.domain.routing import Basis, RouteDecision, RouteProposal
from bot.store.inserts import insert_if_absent
from bot.store.tables.routing import ROUTING_DECISIONS, ROUTING_PROPOSALS


class RoutingRepository:
    """Proposals and decisions on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_proposal(self, subject: str, proposal: RouteProposal, now: datetime) -> None:
        """Write what is proposed for a number; the first one stays."""
        values = {
            "subject": subject,
            "basis": proposal.basis.value,
            "category": proposal.category,
            "departments": list(proposal.department_ids),
            "confidence": proposal.confidence,
            "words": list(proposal.words),
            "matter_id": proposal.matter_id,
            "at": now,
        }
        insert_if_absent(self._connection, ROUTING_PROPOSALS, values)

    def proposal(self, subject: str) -> RouteProposal | None:
        """Return what was proposed."""
        query = select(ROUTING_PROPOSALS).where(ROUTING_PROPOSALS.c.subject == subject)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return None
        return RouteProposal(
            basis=Basis(row.basis),
            category=row.category,
            department_ids=tuple(row.departments),
            confidence=row.confidence,
            words=tuple(row.words),
            matter_id=row.matter_id,
        )

    def add_decision(self, decision: RouteDecision) -> None:
        """Append what was decided."""
        self._connection.execute(
            insert(ROUTING_DECISIONS).values(
                subject=decision.subject,
                proposed_id=decision.proposed_id,
                decided_id=decision.decided_id,
                category=decision.category,
                confidence=decision.confidence,
                actor=decision.actor,
                at=decision.at,
            )
        )

    def last_decision(self, subject: str) -> RouteDecision | None:
        """Return the newest decision on a number."""
        table = ROUTING_DECISIONS
        query = select(table).where(table.c.subject == subject).order_by(table.c.id.desc()).limit(1)
        row = self._connection.execute(query).one_or_none()
        return _decision(row) if row else None

    def decisions(self) -> Sequence[RouteDecision]:
        """Return all decisions, oldest first."""
        rows = self._connection.execute(select(ROUTING_DECISIONS).order_by(ROUTING_DECISIONS.c.id))
        return [_decision(row) for row in rows]


def _decision(row: Any) -> RouteDecision:
    return RouteDecision(
        subject=row.subject,
        proposed_id=row.proposed_id,
        decided_id=row.decided_id,
        category=row.category,
        confidence=row.confidence,
        actor=row.actor,
        at=row.at,
    )
