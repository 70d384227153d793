"""What a city's data platform is told: that something happened, never what a person wrote."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

NAMESPACE = uuid.UUID("6f1c2a0e-64cf-5a8e-9a0b-1f2f0a3c7d11")
"""Of the ids of our events: the same entry of a history has the same id for ever."""

VERSION = 1


@dataclass(frozen=True)
class OutgoingEvent:
    """One entry of a history, without names, numbers of phones and free text.

    Attributes:
        source: Which history: "case", "ticket", "feedback", "booking" or "review".
        ref_id: Id of the entry there.
        what: What happened, such as "moved".
        at: When (aware, UTC).
        subject: Number of the case, ticket …, as people see it.
        seen: State before, None when it is not a move.
        to: State after.
        is_demo: Belongs to the demo data.
        level: Of a review, 1 to 5.
        topic: Of a complaint or suggestion: which of the two.
    """

    source: str
    ref_id: int
    what: str
    at: datetime
    subject: str
    seen: str | None = None
    to: str | None = None
    matter_id: str | None = None
    department_id: str | None = None
    district_id: str | None = None
    is_demo: bool = False
    level: int | None = None
    topic: str | None = None

    @property
    def id(self) -> str:
        """Return the id by which a reader knows that it has seen the event before."""
        return str(uuid.uuid5(NAMESPACE, f"{self.source}:{self.ref_id}"))

    @property
    def type(self) -> str:
        """Return the kind of event, which is also its routing key."""
        return f"{self.source}.{self.what}"

    def as_json(self) -> dict[str, Any]:
        """Return what is sent; `docs/events.schema.json` describes it."""
        return {
            "id": self.id,
            "version": VERSION,
            "type": self.type,
            "at": self.at.isoformat(),
            "subject": self.subject,
            "from": self.seen,
            "to": self.to,
            "matter_id": self.matter_id,
            "department_id": self.department_id,
            "district_id": self.district_id,
            "level": self.level,
            "topic": self.topic,
            "demo": self.is_demo,
        }
