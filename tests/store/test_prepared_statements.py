"""Statements that are built once: each value goes to the database in the form of its column."""

import pytest
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.expression import ClauseElement
from sqlalchemy.sql.sqltypes import NullType

from bot.store import conversation_statements

PREPARED = {
    name: statement
    for name, statement in vars(conversation_statements).items()
    if isinstance(statement, ClauseElement) and isinstance(statement, Executable)
}
NUMBERS = {"most"}
"""Of LIMIT, which has no column."""


@pytest.mark.parametrize("name", sorted(PREPARED))
def test_no_value_is_left_to_the_driver(name: str) -> None:
    """A time without a type was stored by SQLite's driver with its zone, unlike all others."""
    compiled = PREPARED[name].compile()

    untyped = {key for key, bind in compiled.binds.items() if isinstance(bind.type, NullType)}
    assert untyped <= NUMBERS
