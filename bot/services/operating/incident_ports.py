"""The repository of incidents, as use cases see it."""

from datetime import datetime
from typing import Protocol

from bot.domain.incidents import Incident


class IncidentStore(Protocol):
    """Incidents, newest first."""

    def add(self, incident: Incident) -> None:
        """Write one."""

    def newest(self, limit: int, since: datetime | None = None) -> tuple[Incident, ...]:
        """Return the newest, those before `since` left out."""
