import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timezone
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.domain.conversations import Reply
from bot.services.conversations.conversations import open_web_conversation
from bot.store.backup import (
    CopyFailed,
    check_sqlite,
    copy_sqlite,
    dump_postgres,
    kind_of,
    load_postgres,
    replace_sqlite,
    sqlite_file,
)
from bot.store.engine import open_engine
from bot.store.unit_of_work import unit_of_work_factory
from tests.databases import find_postgres
from tests.operations.waiting import wait_for

NOW = datetime(2026, 11, 26, 2, 0, tzinfo=timezone.utc)
LOADED = 20
"""Conversations that are there before the copy is made."""


def make_database(path: Path, rows: int) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE things (id INTEGER)")
        connection.executemany("INSERT INTO things VALUES (?)", [(n,) for n in range(rows)])


def count(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM things").fetchone()[0])


def test_a_copy_taken_in_the_middle_of_a_transaction_holds_what_was_committed(
    tmp_path: Path,
) -> None:
    source, target = tmp_path / "a.db", tmp_path / "b.db"
    make_database(source, rows=10)
    with closing(sqlite3.connect(source, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO things VALUES (99)")
        copy_sqlite(source, target)
        writer.execute("COMMIT")
    assert count(target) == 10
    assert count(source) == 11


def test_a_copy_never_overwrites(tmp_path: Path) -> None:
    make_database(tmp_path / "a.db", rows=1)
    make_database(tmp_path / "b.db", rows=2)
    with pytest.raises(CopyFailed):
        copy_sqlite(tmp_path / "a.db", tmp_path / "b.db")
    assert count(tmp_path / "b.db") == 2


def test_putting_a_copy_back_forgets_the_old_write_ahead_log(tmp_path: Path) -> None:
    source, target = tmp_path / "copy.db", tmp_path / "live.db"
    make_database(tmp_path / "first.db", rows=3)
    copy_sqlite(tmp_path / "first.db", source)
    make_database(target, rows=50)
    for suffix in ("-wal", "-shm"):
        target.with_name(target.name + suffix).write_bytes(b"left over")
    replace_sqlite(source, target)
    assert count(target) == 3


def test_a_damaged_file_is_noticed(tmp_path: Path) -> None:
    make_database(tmp_path / "a.db", rows=5000)
    copy_sqlite(tmp_path / "a.db", tmp_path / "b.db")
    content = bytearray((tmp_path / "b.db").read_bytes())
    content[4096:12288] = b"\xff" * 8192
    (tmp_path / "b.db").write_bytes(content)
    with pytest.raises(CopyFailed):
        check_sqlite(tmp_path / "b.db")


def test_addresses_tell_their_kind(tmp_path: Path) -> None:
    assert kind_of("postgresql+psycopg2://u@h/d") == "postgresql"
    assert sqlite_file("postgresql+psycopg2://u@h/d") is None
    assert sqlite_file("sqlite://") is None
    assert sqlite_file(f"sqlite:///{tmp_path}/x.db") == tmp_path / "x.db"


def test_a_missing_tool_is_named(tmp_path: Path) -> None:
    with pytest.raises(CopyFailed, match="no_such_tool is not installed"):
        dump_postgres("postgresql+psycopg2://u@h/d", tmp_path / "d", tool="no_such_tool")


def test_a_server_that_cannot_be_reached_is_an_error_without_the_password(tmp_path: Path) -> None:
    home = find_postgres()
    if home is None:
        pytest.skip("no PostgreSQL on this machine")
    url = "postgresql+psycopg2://someone:hush-hush@127.0.0.1:1/none"
    with pytest.raises(CopyFailed) as caught:
        dump_postgres(url, tmp_path / "d", tool=str(home / "pg_dump"))
    assert "hush-hush" not in str(caught.value)


@pytest.mark.postgres
def test_a_dump_brings_back_rows_that_were_lost(
    postgres_engine: Engine, postgres_url: str, tmp_path: Path
) -> None:
    home = find_postgres()
    assert home is not None
    with postgres_engine.begin() as connection:
        connection.execute(text("CREATE TABLE kept (id INTEGER)"))
        connection.execute(text("INSERT INTO kept VALUES (1), (2)"))
    try:
        dump_postgres(postgres_url, tmp_path / "d", tool=str(home / "pg_dump"))
        with postgres_engine.begin() as connection:
            connection.execute(text("DELETE FROM kept"))
        load_postgres(postgres_url, tmp_path / "d", tool=str(home / "pg_restore"))
        with postgres_engine.begin() as connection:
            assert connection.execute(text("SELECT count(*) FROM kept")).scalar() == 2
    finally:
        with postgres_engine.begin() as connection:
            connection.execute(text("DROP TABLE kept"))


@contextmanager
def new_postgres_database(url: str, name: str) -> Iterator[str]:
    admin = open_engine(url)
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        yield f"{url.rsplit('/', 1)[0]}/{name}"
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.mark.parametrize(
    "engine", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
def test_a_dump_taken_under_load_holds_all_that_was_committed_before_it(
    engine: Engine, postgres_url: str, tmp_path: Path
) -> None:
    """Restored into an empty database; keys that lead nowhere would fail there."""
    home = find_postgres()
    assert home is not None
    open_unit, is_over = unit_of_work_factory(engine), threading.Event()
    committed: list[str] = []

    def write() -> None:
        while not is_over.is_set():
            opened = open_web_conversation(open_unit, now=NOW)
            with open_unit() as unit:
                unit.conversations.add_message(opened.conversation_id, Reply("在"), now=NOW)
            committed.append(opened.conversation_id)

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    wait_for(lambda: len(committed) >= LOADED)
    before = list(committed)
    dump_postgres(postgres_url, tmp_path / "d", tool=str(home / "pg_dump"))
    is_over.set()
    for writer in writers:
        writer.join()
    with new_postgres_database(postgres_url, "restored") as url:
        load_postgres(url, tmp_path / "d", tool=str(home / "pg_restore"))
        restored = open_engine(url)
        with restored.connect() as connection:
            rows = connection.execute(text("SELECT conversation_id FROM messages")).scalars().all()
        restored.dispose()

    assert set(before) <= set(rows) <= set(committed)
    assert len(rows) == len(set(rows))
