import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from bot.logs import hide_numbers

PHONE = "13800138000"


def test_numbers_of_persons_are_hidden_in_every_value_of_a_line() -> None:
    line = {"event": "turn_failed", "error": f"no slot for {PHONE}", "count": 3}

    hidden = hide_numbers(None, "error", line)

    assert PHONE not in str(hidden)
    assert hidden["event"] == "turn_failed"
    assert hidden["count"] == 3


def test_an_error_of_the_database_does_not_tell_the_values(sqlite_engine: Engine) -> None:
    with pytest.raises(DBAPIError) as failed, sqlite_engine.connect() as connection:
        connection.execute(text("SELECT * FROM nowhere WHERE a = :value"), {"value": "王小明"})

    assert "王小明" not in str(failed.value)
