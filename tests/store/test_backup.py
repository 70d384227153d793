import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

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
from tests.databases import find_postgres


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
