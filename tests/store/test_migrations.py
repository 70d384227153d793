import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.engine import Engine

from bot.domain.schema_steps import Standing
from bot.settings import ROOT
from bot.store import migrate
from bot.store.engine import open_engine
from bot.store.tables import METADATA
from tests.keys import TEST_KEYS


def test_an_empty_database_is_brought_to_the_tables_in_the_code(tmp_path: object) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/fresh.db", TEST_KEYS)

    migrate.upgrade(engine)

    assert migrate.standing(engine) is Standing.CURRENT
    assert _differences(engine) == []
    migrate.downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version", "sqlite_sequence"}
    engine.dispose()


def test_postgresql_gets_the_same_tables(postgres_url: str) -> None:
    admin = open_engine(postgres_url, TEST_KEYS)
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("DROP DATABASE IF EXISTS migrated"))
        connection.execute(text("CREATE DATABASE migrated"))
    engine = open_engine(postgres_url.rsplit("/", 1)[0] + "/migrated")

    migrate.upgrade(engine)

    assert migrate.standing(engine) is Standing.CURRENT
    assert _differences(engine) == []
    engine.dispose()
    admin.dispose()


def test_indexes_that_an_operator_made_beforehand_are_left_alone(postgres_url: str) -> None:
    """As docs/upgrades.md says for large tables: beside writers, which no migration can."""
    admin = open_engine(postgres_url, TEST_KEYS)
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("DROP DATABASE IF EXISTS indexed"))
        connection.execute(text("CREATE DATABASE indexed"))
    engine = open_engine(postgres_url.rsplit("/", 1)[0] + "/indexed")
    migrate.upgrade(engine, "0030")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in _statements_for_large_tables():
            connection.execute(text(statement))

    migrate.upgrade(engine)

    assert _differences(engine) == []
    engine.dispose()
    admin.dispose()


def _statements_for_large_tables() -> list[str]:
    page = (ROOT / "docs" / "upgrades.md").read_text(encoding="utf-8")
    found = page.split("### Large tables")[1].split("```sql")[1].split("```")[0]
    return [one.strip() for one in found.split(";") if one.strip()]


def test_a_database_without_tables_is_not_current(tmp_path: object) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/empty.db", TEST_KEYS)

    assert migrate.standing(engine) is Standing.BEHIND
    engine.dispose()


def test_a_database_of_a_newer_version_is_refused_in_one_line_and_left_alone(
    tmp_path: object,
) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/newer.db")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('9999')"))

    with pytest.raises(migrate.UnknownSchema, match="9999") as refused:
        migrate.upgrade(engine)

    assert "\n" not in str(refused.value)
    assert inspect(engine).get_table_names() == ["alembic_version"]
    engine.dispose()


def _differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), METADATA)
    # SQLite's own table of counters is not ours
    return [one for one in found if getattr(one[1], "name", "") != "sqlite_sequence"]
