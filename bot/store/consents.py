"""The repository of what people agreed to; rows are only ever added."""

from collections.abc import Sequence

from sqlalchemy import insert, not_, or_, select
from sqlalchemy.engine import Connection

from bot.domain.meetings import TALK_SUBJECT
from bot.domain.policy_watch import WATCH_SUBJECT
from bot.domain.privacy import Consent, Decision
from bot.store.tables.privacy import CONSENTS

SUBJECTS = (WATCH_SUBJECT, TALK_SUBJECT)
"""What begins the versions of words that are not the notice on privacy."""


class ConsentRepository:
    """Consents on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, consent: Consent) -> None:
        """Write down a decision."""
        row = {
            "conversation_id": consent.conversation_id,
            "channel": consent.channel,
            "version": consent.version,
            "decision": consent.decision.value,
            "at": consent.at,
        }
        self._connection.execute(insert(CONSENTS).values(**row))

    def latest(self, conversation_ids: Sequence[str], version: str) -> Consent | None:
        """Return the newest decision on what this version is about, None before the first."""
        about = {one: CONSENTS.c.version.like(f"{one}%") for one in SUBJECTS}
        subject = next((one for one in SUBJECTS if version.startswith(one)), None)
        query = (
            select(CONSENTS)
            .where(
                CONSENTS.c.conversation_id.in_(conversation_ids),
                not_(or_(*about.values())) if subject is None else about[subject],
            )
            .order_by(CONSENTS.c.at.desc(), CONSENTS.c.id.desc())
            .limit(1)
        )
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return None
        return Consent(
            row.conversation_id, row.channel, row.version, Decision(row.decision), row.at
        )
