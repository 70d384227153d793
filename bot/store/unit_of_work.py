"""One transaction over all repositories; opened by use cases, never by callers of use cases."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property

from sqlalchemy.engine import Connection, Engine

from bot.store.conversations import ConversationRepository
from bot.store.deliveries import DeliveryRepository
from bot.store.desk import DeskRepository
from bot.store.people import PeopleRepository
from bot.store.turns import TurnRepository


class SqlUnitOfWork:
    """Repositories on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @cached_property
    def conversations(self) -> ConversationRepository:
        """Conversations and their messages."""
        return ConversationRepository(self._connection)

    @cached_property
    def desk(self) -> DeskRepository:
        """The queue, claims and hand-overs."""
        return DeskRepository(self._connection)

    @cached_property
    def people(self) -> PeopleRepository:
        """Staff accounts, sessions, presence, audit."""
        return PeopleRepository(self._connection)

    @cached_property
    def turns(self) -> TurnRepository:
        """The inbox as work to be claimed."""
        return TurnRepository(self._connection)

    @cached_property
    def deliveries(self) -> DeliveryRepository:
        """The outbox of push channels."""
        return DeliveryRepository(self._connection)


def unit_of_work_factory(engine: Engine) -> Callable[[], AbstractContextManager[SqlUnitOfWork]]:
    """Return a function that opens a unit of work: commit at the end, roll back on an error."""

    @contextmanager
    def open_unit() -> Iterator[SqlUnitOfWork]:
        with engine.begin() as connection:
            yield SqlUnitOfWork(connection)

    return open_unit
