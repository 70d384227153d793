"""A small form of `python -m tests.scale.upgrade_run`: nothing is lost on the way up and back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot.domain.schema_steps import Phase, Standing
from bot.store import migrate
from bot.store.engine import open_engine, opened
from bot.store.tables.conversations import MESSAGES
from tests.keys import TEST_KEYS
from tests.scale.old_schema import counts, fill, read_schema, write_one
from tests.scale.upgrade_run import STARTS, run

TICKETS = 40
LAST_USED = "0027"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'old.db'}"
        return
    server = str(request.getfixturevalue("postgres_url"))
    yield _new_postgres(server, "upgraded")


def _new_postgres(server: str, name: str) -> str:
    with (
        opened(server) as admin,
        admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection,
    ):
        connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    return f"{server.rsplit('/', 1)[0]}/{name}"


@pytest.mark.parametrize("start", ["0010", LAST_USED])
def test_an_upgrade_keeps_every_row_and_code_of_before_goes_on_writing(
    start: str, url: str
) -> None:
    done = run(url, start, TICKETS, around_s=0.1)

    assert done.broken == ()
    assert done.failed == 0
    assert (done.acknowledged > 0) is done.with_traffic


def test_code_of_the_release_before_writes_over_the_expanded_schema_and_the_way_back_keeps_it(
    url: str,
) -> None:
    with opened(url, TEST_KEYS) as engine:
        migrate.upgrade(engine, LAST_USED)
        old = read_schema(engine, TEST_KEYS, LAST_USED)
        fill(engine, old, TICKETS)
        migrate.upgrade(engine)
        with engine.begin() as connection:
            write_one(connection, old, TICKETS)
        told = select(MESSAGES.c.text).order_by(MESSAGES.c.id)
        with engine.connect() as connection:
            before = [row.text for row in connection.execute(told)]

        migrate.downgrade(engine, LAST_USED)

        assert migrate.standing(engine) is Standing.BEHIND
        assert counts(engine, old)["tickets"] == TICKETS + 1
        with engine.connect() as connection:
            assert [row.text for row in connection.execute(told)] == before


def test_the_schemas_that_are_upgraded_from_are_known_and_the_newest_ones_only_expand() -> None:
    known = {one.revision: one.module.phase for one in migrate.steps()}

    assert set(STARTS) <= set(known)
    assert {phase for name, phase in known.items() if name > LAST_USED} == {Phase.EXPAND.value}


@pytest.mark.postgres
def test_a_migration_that_cannot_have_a_table_lets_everybody_through_and_changes_nothing(
    postgres_url: str,
) -> None:
    engine = open_engine(_new_postgres(postgres_url, "busy"), TEST_KEYS)
    migrate.upgrade(engine, "0025")
    with engine.connect() as holder:
        holder.execute(text("LOCK TABLE rectifications IN ACCESS SHARE MODE"))

        with pytest.raises(migrate.SchemaBusy, match="held by somebody"):
            migrate.upgrade(engine, patience=migrate.Patience(wait_ms=20, tries=2, pause_s=0))

    assert migrate.missing(engine)[0].revision == "0026"
    migrate.upgrade(engine)
    assert migrate.standing(engine) is Standing.CURRENT
    engine.dispose()
