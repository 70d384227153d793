from sqlalchemy import text
from sqlalchemy.engine import Engine


def test_a_fresh_database_of_each_kind_answers(engine: Engine) -> None:
    with engine.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM conversations")).scalar() == 0
