"""Statements that go straight to the driver give what SQLAlchemy's way gives."""

from collections.abc import Iterator
from datetime import datetime, timezone

import pytest
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.store.engine import open_engine
from bot.store.outages import is_outage
from bot.store.prepared import often
from bot.store.sealed_types import Sealed
from bot.store.straight import rows_of
from bot.store.types import JsonText, UtcDateTime
from tests.keys import TEST_KEYS

pytestmark = pytest.mark.postgres

AT = datetime(2026, 11, 27, 2, 0, tzinfo=timezone.utc)
META = sa.MetaData()
LINES = sa.Table(
    "straight_lines",
    META,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("text", Sealed("lines.text"), nullable=False),
    sa.Column("buttons", JsonText, nullable=False),
    sa.Column("at", UtcDateTime),
    prefixes=["TEMPORARY"],
)
VALUES = ("text", "buttons", "at")
ADD = often(
    sa.insert(LINES).values({name: sa.bindparam(name) for name in VALUES}).returning(LINES.c.id)
)
READ = often(sa.select(LINES, sa.literal("适量").label("how")).order_by(LINES.c.id))
SAID = {"text": "50%的'人'", "buttons": [["好", "/go"]], "at": AT}


@pytest.fixture
def connection(postgres_url: str) -> Iterator[Connection]:
    engine = open_engine(postgres_url, TEST_KEYS)
    with engine.connect() as connection, connection.begin():
        META.create_all(connection)
        yield connection
    engine.dispose()


def test_rows_are_those_of_sqlalchemy(connection: Connection) -> None:
    """Sealed and opened, JSON, times, and what stands in the statement itself."""
    added = [rows_of(connection, ADD, {**SAID, "at": at}) for at in (AT, None)]

    plain = connection.execute(READ).all()
    assert [tuple(row) for row in rows_of(connection, READ, {})] == [tuple(row) for row in plain]
    assert [row.id for (row,) in added] == [row.id for row in plain]
    assert (plain[0].text, plain[0].buttons, plain[0].at) == (SAID["text"], SAID["buttons"], AT)


def test_more_values_than_it_needs_do_no_harm(connection: Connection) -> None:
    assert rows_of(connection, READ, {"nothing": 1}) == []


def test_who_listens_hears_of_it(connection: Connection) -> None:
    heard: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        heard.append(statement)

    event.listen(connection.engine, "before_cursor_execute", note)
    rows_of(connection, READ, {})
    event.remove(connection.engine, "before_cursor_execute", note)

    assert len(heard) == 1
    assert heard[0].startswith("SELECT straight_lines.id")


def test_errors_are_those_of_sqlalchemy_and_name_no_values(connection: Connection) -> None:
    with pytest.raises(IntegrityError) as raised, connection.begin_nested():
        rows_of(connection, ADD, {**SAID, "text": None})

    assert "hidden" in str(raised.value)
    assert "好" not in str(raised.value.statement)


def test_a_connection_that_was_cut_is_an_outage_and_given_up(postgres_url: str) -> None:
    engine: Engine = open_engine(postgres_url, TEST_KEYS)
    number = often(sa.select(sa.cast(sa.bindparam("number"), sa.Integer).label("number")))
    connection = engine.connect()
    connection.begin()
    rows_of(connection, number, {"number": 1})
    own = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
    with engine.begin() as other:
        other.exec_driver_sql(f"SELECT pg_terminate_backend({own})")
    with pytest.raises(DBAPIError) as raised:
        rows_of(connection, number, {"number": 2})
    connection.close()

    assert is_outage(raised.value)
    with engine.begin() as connection:
        assert rows_of(connection, number, {"number": 3})[0].number == 3
    engine.dispose()


def test_a_value_that_python_makes_is_refused(connection: Connection) -> None:
    """SQLAlchemy would make it at each execution; here nobody does."""
    tries = sa.Column("tries", sa.Integer, default=0)
    made = sa.Table("made", sa.MetaData(), sa.Column("id", sa.Integer), tries)
    with pytest.raises(AssertionError, match="makes a value"):
        rows_of(connection, sa.insert(made).values(id=1).returning(made.c.id), {})
