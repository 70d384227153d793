"""A connection to PostgreSQL whose transactions cost fewer journeys.

The driver sends BEGIN as a journey of its own. Here it goes along with the first statement of the
transaction. And statements that are all there is to a transaction go as one: what is sent together
is one transaction to the server, committed before it answers (protocol of simple queries).
"""

from collections.abc import Sequence
from typing import Any

from psycopg2 import extensions as driver

BEGIN = b"BEGIN; "
_IDLE = driver.TRANSACTION_STATUS_IDLE


class JourneyCursor(driver.cursor):  # type: ignore[misc, name-defined]  # not in the stubs
    """A cursor whose first statement takes BEGIN along."""

    def execute(self, query: Any, vars: Any = None) -> None:  # noqa: A002 - the driver's name
        """Run a statement; begins a transaction where none is open."""
        if self.connection.info.transaction_status != _IDLE:
            super().execute(query, vars)
            return
        # as the driver does it: values go into the text here in any case
        text = query if vars is None and isinstance(query, bytes) else self.mogrify(query, vars)
        super().execute(BEGIN + text)

    def executemany(self, query: Any, vars_list: Any) -> None:
        """Run a statement with each of many values; begins a transaction where none is open."""
        self._begin()
        super().executemany(query, vars_list)

    def execute_whole(self, texts: Sequence[bytes]) -> None:
        """Run statements as a whole transaction, in one journey; gives the rows of the last.

        Args:
            texts: With their values in them.
        """
        super().execute(b"; ".join(texts))

    def _begin(self) -> None:
        if self.connection.info.transaction_status == _IDLE:
            super().execute(BEGIN)


class JourneyConnection(driver.connection):  # type: ignore[misc, name-defined]  # as above
    """A connection that makes its transactions itself; the driver is told to make none."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.cursor_factory = JourneyCursor
        self.autocommit = True

    @property
    def is_idle(self) -> bool:
        """Tell whether no transaction is open."""
        return bool(self.info.transaction_status == _IDLE)

    def commit(self) -> None:
        """End the transaction, if one is open."""
        self._end("COMMIT")

    def rollback(self) -> None:
        """Undo the transaction, if one is open."""
        self._end("ROLLBACK")

    def _end(self, how: str) -> None:
        if not self.is_idle:
            with driver.cursor(self) as cursor:  # type: ignore[attr-defined]  # as above
                cursor.execute(how)
