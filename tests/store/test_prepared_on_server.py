"""Statements that run often are planned once a connection by PostgreSQL, and only there."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from datetime import datetime, timezone

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import DBAPIError

from bot.store.engine import open_engine
from bot.store.outages import is_outage
from bot.store.prepared import often

pytestmark = pytest.mark.postgres

BY_NAME = "SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'often%%'"
NUMBER = often(sa.select(sa.cast(sa.bindparam("number"), sa.Integer) + 1))
BIRTHDAY = datetime(2026, 11, 26, 8, 0, tzinfo=timezone.utc)


@pytest.fixture
def opened(postgres_url: str) -> Iterator[Engine]:
    engine = open_engine(postgres_url)
    yield engine
    engine.dispose()


def prepared(connection: Connection) -> int:
    return int(connection.exec_driver_sql(BY_NAME).scalar_one())


def test_a_marked_statement_is_prepared_once_and_gives_what_it_gave(opened: Engine) -> None:
    with opened.begin() as connection:
        found = [connection.execute(NUMBER, {"number": one}).scalar() for one in (1, 2, 40)]

        assert found == [2, 3, 41]
        assert prepared(connection) == 1


def test_what_was_prepared_outlives_a_transaction_that_is_rolled_back(opened: Engine) -> None:
    with opened.connect() as connection, connection.begin() as transaction:
        connection.execute(NUMBER, {"number": 1})
        transaction.rollback()
    with opened.begin() as connection:
        assert connection.execute(NUMBER, {"number": 2}).scalar() == 3
        assert prepared(connection) == 1


def test_other_statements_are_not_prepared(opened: Engine) -> None:
    with opened.begin() as connection:
        assert connection.execute(sa.select(sa.literal(1))).scalar() == 1
        assert prepared(connection) == 0


def test_values_and_counts_come_as_from_any_statement(opened: Engine) -> None:
    """Times, texts with a percent sign, nothing at all, and how many rows were changed."""
    table = sa.table("people", sa.column("name"), sa.column("born"))
    time = sa.DateTime(timezone=True)
    added = often(
        sa.insert(table).values(
            name=sa.bindparam("who", type_=sa.String), born=sa.bindparam("at", type_=time)
        )
    )
    like = often(sa.select(table.c.born).where(table.c.name.like(sa.literal("%50%%"))))
    with opened.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TEMPORARY TABLE people (name text, born timestamptz) ON COMMIT DROP"
        )
        rows = [{"who": "50% 李雷's", "at": BIRTHDAY}, {"who": None, "at": None}]
        counts = [connection.execute(added, row).rowcount for row in rows]

        assert counts == [1, 1]
        assert connection.execute(like).scalars().all() == [BIRTHDAY]


def test_a_column_that_has_changed_costs_one_try_and_not_the_connection_for_ever(
    opened: Engine,
) -> None:
    """A release that is under way changes a type: what was prepared cannot be run any more."""
    name = f"changing_{threading.get_ident()}"
    read = often(sa.select(sa.column("number")).select_from(sa.table(name)))
    with opened.begin() as connection:
        connection.exec_driver_sql(f"CREATE TABLE {name} AS SELECT 1 AS number")
        connection.execute(read)
        connection.execute(read)
    try:
        with opened.begin() as connection:
            connection.exec_driver_sql(f"ALTER TABLE {name} ALTER COLUMN number TYPE bigint")
        with pytest.raises(DBAPIError) as raised, opened.begin() as connection:
            connection.execute(read)
        assert is_outage(raised.value)  # so whoever asked tries again

        with opened.begin() as connection:
            assert connection.execute(read).scalar() == 1
    finally:
        with opened.begin() as connection:
            connection.exec_driver_sql(f"DROP TABLE {name}")


def test_nothing_is_prepared_behind_a_pooler(postgres_url: str) -> None:
    """It may give each transaction another connection, on which a name means nothing."""
    url = make_url(postgres_url)
    with pooler(url.port or 0) as port:
        engine = open_engine(url.set(port=port).render_as_string(hide_password=False))
        with engine.begin() as connection:
            assert connection.execute(NUMBER, {"number": 1}).scalar() == 2
            assert connection.execute(NUMBER, {"number": 2}).scalar() == 3
            assert prepared(connection) == 0
        engine.dispose()


@contextlib.contextmanager
def pooler(target: int) -> Iterator[int]:
    """Pass one connection on as a pooler does: with a process number of its own."""
    listening = socket.create_server(("127.0.0.1", 0))
    ours = socket.socket()

    def serve() -> None:
        near, _ = listening.accept()
        ours.connect(("127.0.0.1", target))
        back = threading.Thread(target=answer, args=(near,), daemon=True)
        back.start()
        while asked := near.recv(65_536):
            ours.sendall(asked)
        ours.shutdown(socket.SHUT_RDWR)
        back.join()
        near.close()

    def answer(near: socket.socket) -> None:
        key = b"K\x00\x00\x00\x0c"  # BackendKeyData: process number and secret follow
        with contextlib.suppress(OSError):
            while said := ours.recv(65_536):
                head, found, rest = said.partition(key)
                near.sendall(head + found + (b"\x00\x00\x00\x07" + rest[4:] if found else b""))

    serving = threading.Thread(target=serve, daemon=True)
    serving.start()
    with listening, ours:
        yield listening.getsockname()[1]
        serving.join(10)
