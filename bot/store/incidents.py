"""The repository of incidents."""

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection, Row

from bot.domain.incidents import Incident
from bot.store.tables.incidents import INCIDENTS


class IncidentRepository:
    """Incidents on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, incident: Incident) -> None:
        """Write one."""
        self._connection.execute(
            insert(INCIDENTS).values(
                number=incident.number,
                happened_at=incident.happened_at,
                action=incident.action[:80],
                conversation_id=incident.conversation_id[:80],
                message_id=incident.message_id[:80],
                error=incident.error[:80],
                place=incident.place[-160:],
            )
        )

    def newest(self, limit: int, since: datetime | None = None) -> tuple[Incident, ...]:
        """Return the newest, those before `since` left out."""
        query = select(INCIDENTS).order_by(INCIDENTS.c.id.desc()).limit(limit)
        if since is not None:
            query = query.where(INCIDENTS.c.happened_at >= since)
        return tuple(_incident(row) for row in self._connection.execute(query))


def _incident(row: Row) -> Incident:
    return Incident(
        number=row.number,
        happened_at=row.happened_at,
        action=row.action,
        conversation_id=row.conversation_id,
        message_id=row.message_id,
        error=row.error,
        place=row.place,
    )
