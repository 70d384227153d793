"""Copies a database while it is in use, and puts a copy back."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.engine.url import URL

from bot.domain.errors import BotError


class CopyFailed(BotError):
    """The database tool ended with an error; the message is its last line."""


def kind_of(url: str) -> str:
    """Return "sqlite" or "postgresql"."""
    return make_url(url).get_backend_name()


def sqlite_file(url: str) -> Path | None:
    """Return the file of a SQLite address, None for a server or for memory."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in {None, "", ":memory:"}:
        return None
    return Path(str(parsed.database))


def copy_sqlite(source: Path, target: Path) -> None:
    """Write a consistent copy of a SQLite file in use; readers and writers go on meanwhile.

    Raises:
        CopyFailed: The file is damaged, or `target` exists.
    """
    try:
        with closing(sqlite3.connect(source, timeout=60)) as connection:
            connection.execute("VACUUM INTO ?", (str(target),))
    except sqlite3.Error as error:
        raise CopyFailed(str(error)) from error


def check_sqlite(file: Path) -> None:
    """Read every page of a SQLite file.

    Raises:
        CopyFailed: It is damaged or no database.
    """
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
            verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.Error as error:
        raise CopyFailed(str(error)) from error
    if verdict != "ok":
        raise CopyFailed(str(verdict))


def replace_sqlite(source: Path, target: Path) -> None:
    """Put `source` in the place of the database `target`; nobody may have it open."""
    partial = target.with_name(target.name + ".partial")
    shutil.copyfile(source, partial)
    for suffix in ("-wal", "-shm"):  # they belong to the old file and would spoil the new one
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    partial.replace(target)


def dump_postgres(url: str, target: Path, tool: str = "pg_dump") -> None:
    """Write a dump in PostgreSQL's own format.

    Raises:
        CopyFailed: `pg_dump` is missing or failed.
    """
    _run(url, tool, "--format=custom", "--no-owner", f"--file={target}")


def load_postgres(url: str, source: Path, tool: str = "pg_restore") -> None:
    """Replace the tables by those of the dump, all or nothing.

    Raises:
        CopyFailed: `pg_restore` is missing or failed; nothing has changed then.
    """
    options = ("--clean", "--if-exists", "--no-owner", "--single-transaction")
    _run(url, tool, *options, str(source))


def _run(url: str, tool: str, *arguments: str) -> None:
    parsed = make_url(url)
    command = [tool, f"--dbname={_address(parsed)}", *arguments]
    environ = {**os.environ}
    if parsed.password is not None:
        environ["PGPASSWORD"] = str(parsed.password)  # never on a command line that `ps` shows
    try:
        done = subprocess.run(  # noqa: S603 - fixed tool, no shell
            command, env=environ, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise CopyFailed(f"{tool} is not installed") from error
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        raise CopyFailed(lines[-1])


def _address(parsed: URL) -> str:
    plain = parsed.set(drivername="postgresql", password=None)
    return plain.render_as_string(hide_password=False)
