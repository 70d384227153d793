"""The repository of files and secret links of tickets; contents are in the database as well."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from bot.domain.attachments import Attachment
from bot.store.inserts import insert_if_absent
from bot.store.tables.tickets import FILE_CONTENTS, TICKET_FILES, TICKET_LINKS, TICKETS


class TicketFileRepository:
    """Files and links on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, ticket_id: int, file: Attachment, content: bytes) -> bool:
        """Keep a file; False when the ticket has the same content already."""
        kept = {"digest": file.digest, "content": content}
        insert_if_absent(self._connection, FILE_CONTENTS, kept)
        row = {
            "ticket_id": ticket_id,
            "name": file.name,
            "media_type": file.media_type,
            "size": file.size,
            "digest": file.digest,
            "actor": file.actor,
            "added_at": file.added_at,
        }
        return insert_if_absent(self._connection, TICKET_FILES, row)

    def content(self, digest: str) -> bytes | None:
        """Return the content with this SHA-256, or None."""
        query = select(FILE_CONTENTS.c.content).where(FILE_CONTENTS.c.digest == digest)
        found = self._connection.execute(query).first()
        return None if found is None else bytes(found.content)

    def of_ticket(self, ticket_id: int) -> Sequence[Attachment]:
        """Return the files of a ticket, the oldest first."""
        query = (
            select(TICKET_FILES, TICKETS.c.number)
            .join(TICKETS, TICKETS.c.id == TICKET_FILES.c.ticket_id)
            .where(TICKET_FILES.c.ticket_id == ticket_id)
            .order_by(TICKET_FILES.c.id)
        )
        return [
            Attachment(
                id=row.id,
                ticket_number=row.number,
                name=row.name,
                media_type=row.media_type,
                size=row.size,
                digest=row.digest,
                actor=row.actor,
                added_at=row.added_at,
            )
            for row in self._connection.execute(query)
        ]

    def add_link(self, ticket_id: int, token_hash: str, now: datetime) -> None:
        """Add a secret link; earlier ones stay good."""
        row = {"ticket_id": ticket_id, "token_hash": token_hash, "created_at": now}
        self._connection.execute(insert(TICKET_LINKS).values(**row))

    def number_by_link(self, token_hash: str) -> str | None:
        """Return the number of the ticket under a link, or None."""
        query = (
            select(TICKETS.c.number)
            .join(TICKET_LINKS, TICKET_LINKS.c.ticket_id == TICKETS.c.id)
            .where(TICKET_LINKS.c.token_hash == token_hash)
        )
        found = self._connection.execute(query).first()
        return None if found is None else str(found.number)
