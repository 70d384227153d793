"""What Rasa remembers of a conversation, in a database of its own: only ever deleted from here."""

from pathlib import Path

from sqlalchemy import delete, inspect
from sqlalchemy import table as named_table
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.sql import column

from bot.store.engine import open_engine

EVENTS = named_table("events", column("sender_id"))
"""The table of Rasa's SQL tracker store."""


class RasaMemory:
    """Rasa's tracker store, opened when it is needed first.

    Args:
        url: SQLAlchemy address of Rasa's database.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._engine: Engine | None = None

    def forget(self, conversation_id: str) -> None:
        """Delete every event of a conversation.

        A running Rasa may keep the conversation in its memory until others take the place; its id
        is never used again.
        """
        if self._is_missing():
            return
        if self._engine is None:
            self._engine = open_engine(self._url)
        with self._engine.begin() as connection:
            if inspect(connection).has_table(EVENTS.name):
                connection.execute(delete(EVENTS).where(EVENTS.c.sender_id == conversation_id))

    def _is_missing(self) -> bool:
        """Tell whether Rasa never stored anything; opening the file would make it."""
        parsed = make_url(self._url)
        if parsed.get_backend_name() != "sqlite":
            return False
        return not parsed.database or not Path(parsed.database).exists()
