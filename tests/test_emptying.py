"""After a test the PostgreSQL database is as it was made, and the next one starts from there."""

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.store.unit_of_work import unit_of_work_factory
from tests.desk_cast import Cast
from tests.emptying import USED_SEQUENCES, empty, filled_tables

pytestmark = pytest.mark.postgres


def test_no_row_is_left_and_numbers_begin_with_one_again(postgres_engine: Engine) -> None:
    cast = Cast(unit_of_work_factory(postgres_engine))
    first = cast.agent()
    cast.waiting()
    with postgres_engine.connect() as connection:
        assert {"agents", "conversations"} <= set(filled_tables(connection))

    empty(postgres_engine)

    with postgres_engine.connect() as connection:
        assert filled_tables(connection) == []
        assert connection.execute(USED_SEQUENCES).all() == []
        guards = connection.execute(text("SHOW session_replication_role")).scalar_one()
    assert guards == "origin"
    assert cast.agent().id == first.id
    empty(postgres_engine)
