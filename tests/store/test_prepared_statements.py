"""Statements that are built once: each value goes to the database in the form of its column."""

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import Engine
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.expression import ClauseElement
from sqlalchemy.sql.sqltypes import NullType

from bot.store import conversation_statements, delivery_statements, hearing, many_heard, turn_looks
from bot.store.prepared import MARK, preparing

PREPARED = {
    name: statement
    for name, statement in {
        **vars(conversation_statements),
        **vars(delivery_statements),
        **vars(turn_looks),
        **vars(many_heard),
        **{f"heard {how}": statement for how, statement in hearing.STATEMENTS.items()},
        **{f"all heard {how}": statement for how, statement in many_heard.STATEMENTS.items()},
    }.items()
    if isinstance(statement, ClauseElement) and isinstance(statement, Executable)
}
OFTEN = sorted(name for name, one in PREPARED.items() if one.get_execution_options().get(MARK))
NUMBERS = {"most"}
"""Of LIMIT, which has no column."""


@pytest.mark.parametrize("name", sorted(PREPARED))
def test_no_value_is_left_to_the_driver(name: str) -> None:
    """A time without a type was stored by SQLite's driver with its zone, unlike all others."""
    compiled = PREPARED[name].compile()

    untyped = {key for key, bind in compiled.binds.items() if isinstance(bind.type, NullType)}
    assert untyped <= NUMBERS


@pytest.fixture
def unused(postgres_url: str, postgres_engine: Engine) -> Iterator[Engine]:
    """The database with all tables over connections on which nothing was prepared yet."""
    engine = create_engine(postgres_url, future=True)
    yield engine
    engine.dispose()


@pytest.mark.postgres
@pytest.mark.parametrize("name", OFTEN)
def test_postgresql_takes_what_is_marked_as_often_run(name: str, unused: Engine) -> None:
    """Each value has a type there before there is a value."""
    compiled = str(PREPARED[name].compile(unused))
    sent = compiled.replace("__[POSTCOMPILE_channels]", "%(channel_1)s, %(channel_2)s")
    with unused.connect() as connection:
        connection.exec_driver_sql(preparing(sent).replace("%", "%%"))


def test_what_each_message_runs_is_marked() -> None:
    expected = {"ADD_HELD", "ADD_TOUCHED", "END_HANDLED", "ADD_LINE_AFTER", "_LOOKS"}
    expected |= {"OPEN_ALL", "ADD_ALL", *(f"all heard {how}" for how in many_heard.STATEMENTS)}
    expected |= {f"heard {how}" for how in hearing.STATEMENTS}
    assert expected <= set(OFTEN)
