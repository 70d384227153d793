"""Bring a database to the newest schema, and tell how it stands to the code.

Migrations expand first and contract later (docs/upgrades.md): code of the release before goes on
over a schema that was only expanded.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext, MigrationInfo
from alembic.script import Script, ScriptDirectory
from sqlalchemy import delete, inspect, select, text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import OperationalError

from bot.domain.errors import BotError
from bot.domain.schema_steps import Phase, SchemaStep, Standing, live_with
from bot.store.engine import reading
from bot.store.tables.schema import SCHEMA_STEPS

MIGRATIONS = Path(__file__).parent / "migrations"
ONE_AT_A_TIME = 20_260_727
"""Key of PostgreSQL's lock under which one process migrates."""

LOCK_NOT_AVAILABLE = "55P03"
C = SCHEMA_STEPS.c


@dataclass(frozen=True)
class Patience:
    """How a migration waits for a table on PostgreSQL.

    Attributes:
        wait_ms: Whoever writes queues behind a migration that waits: it must not wait for long.
        tries: How often it begins again.
        pause_s: Everybody gets through in between.
    """

    wait_ms: int = 3_000
    tries: int = 20
    pause_s: float = 1.0


PATIENCE = Patience()
Watch = Callable[[str, Connection], None]
"""Is told the revision that was applied, and its connection."""


class UnknownSchema(BotError):
    """The database was made by a newer 小二, or is not one of ours; nothing was changed."""


class SchemaBusy(BotError):
    """A table could not be locked in time, again and again; nothing was changed."""


@lru_cache(maxsize=8)
def steps(folder: Path = MIGRATIONS) -> Sequence[Script]:
    """Return the migrations of a folder, oldest first; read once in the life of a process."""
    return tuple(reversed(list(ScriptDirectory.from_config(_config(folder)).walk_revisions())))


def upgrade(
    engine: Engine,
    revision: str = "head",
    *,
    folder: Path = MIGRATIONS,
    watch: Watch | None = None,
    patience: Patience = PATIENCE,
) -> None:
    """Apply all migrations up to `revision`; harmless when none is missing.

    A schema that is newer and only expanded is left as it is. On PostgreSQL a migration that
    waits for a table too long lets everybody through and begins again.

    Args:
        engine: Of the database.
        revision: Where to stop.
        folder: Of the migrations.
        watch: Told of each migration after it was applied, in its transaction.
        patience: How long it waits for a table.

    Raises:
        UnknownSchema: The database stands at a migration that we cannot live with.
        SchemaBusy: Somebody held a table for longer than that; nothing was changed.
    """
    for left in reversed(range(patience.tries)):
        try:
            applied = _upgrade_once(engine, revision, folder, watch, patience)
            break
        except OperationalError as error:
            if getattr(error.orig, "pgcode", "") != LOCK_NOT_AVAILABLE:
                raise
            if not left:
                raise SchemaBusy(
                    "有别的程序一直占着表, 升级没有做, 数据没动; 等它结束再试"
                    " (a table is held by somebody else, nothing was changed: try again later)"
                ) from error
        time.sleep(patience.pause_s)
    has_rewritten = any(one.phase is Phase.CONTRACT for one in applied)
    if has_rewritten and engine.dialect.name == "sqlite":
        _forget_old_pages(engine)


def downgrade(engine: Engine, revision: str, *, folder: Path = MIGRATIONS) -> None:
    """Go back to `revision` ("base" empties the schema)."""
    with engine.begin() as connection:
        command.downgrade(_config(folder, connection), revision)
        _note(connection, folder)


def standing(engine: Engine, *, folder: Path = MIGRATIONS, release: str | None = None) -> Standing:
    """Tell how the schema of the database stands to the migrations of this code.

    Args:
        engine: Of the database.
        folder: Where this code has its migrations.
        release: Of this code, such as "0.2.0"; that of the installed package when None.
    """
    with reading(engine).connect() as connection:
        return _standing(connection, folder, release)


def missing(engine: Engine, *, folder: Path = MIGRATIONS) -> Sequence[SchemaStep]:
    """Return the migrations that this code has and the database has not seen, oldest first."""
    known = steps(folder)
    with reading(engine).connect() as connection:
        applied = _applied(connection, known)
    return [_step(one) for one in known if one.revision not in applied]


def undone_by(revision: str, *, folder: Path = MIGRATIONS) -> Sequence[SchemaStep]:
    """Return the migrations after `revision`, newest first.

    Raises:
        UnknownSchema: We have no such migration.
    """
    known = [one.revision for one in steps(folder)]
    if revision not in known:
        raise UnknownSchema(f"没有迁移 {revision} (no such migration)")
    after = steps(folder)[known.index(revision) + 1 :]
    return [_step(one) for one in reversed(after)]


def _upgrade_once(
    engine: Engine, revision: str, folder: Path, watch: Watch | None, patience: Patience
) -> Sequence[SchemaStep]:
    """Apply what is missing in one transaction; returns what was applied to a used database."""
    known = steps(folder)
    with _exclusively(engine, patience) as connection:
        before = _applied(connection, known)
        if set(_heads(connection)) - {one.revision for one in known}:
            _require_friendly(connection, folder)
            return ()
        command.upgrade(_config(folder, connection, watch), revision)
        _note(connection, folder)
        after = _applied(connection, known)
    new = [_step(one) for one in known if one.revision in after - before]
    return new if before else ()


@contextmanager
def _exclusively(engine: Engine, patience: Patience) -> Iterator[Connection]:
    """Open a transaction in which nobody else migrates."""
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            # first the turn, however long it takes: two processes may start at once
            connection.execute(text(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})"))
            connection.execute(text(f"SET LOCAL lock_timeout = {patience.wait_ms}"))
        yield connection


def _standing(connection: Connection, folder: Path, release: str | None = None) -> Standing:
    own = [one.revision for one in steps(folder)]
    current = set(_heads(connection))
    if current == set(own[-1:]):
        return Standing.CURRENT
    if current <= set(own):
        return Standing.BEHIND
    noted = _noted(connection)
    if not current | set(own[-1:]) <= {step.revision for step in noted}:
        return Standing.BEYOND  # not ours, or of another line
    lives = live_with(noted, frozenset(own), release or _own_release())
    return Standing.AHEAD if lives else Standing.BEYOND


def _own_release() -> str:
    try:
        return version("xiaoer")
    except PackageNotFoundError:  # run from a folder: only what was expanded is surely fine
        return "0"


def _require_friendly(connection: Connection, folder: Path) -> None:
    if _standing(connection, folder).is_usable:
        return
    strange = ", ".join(sorted(_heads(connection)))
    raise UnknownSchema(
        f"数据库的版本 {strange} 比程序新或不是小二的, 请用对应的程序"
        " (unknown version of the database: use the program that made it)"
    )


def _heads(connection: Connection) -> Sequence[str]:
    return MigrationContext.configure(connection).get_current_heads()


def _applied(connection: Connection, known: Sequence[Script]) -> frozenset[str]:
    """Return our migrations that the database has seen; they are one line."""
    heads = set(_heads(connection))
    names = [one.revision for one in known]
    at = max((names.index(head) + 1 for head in heads if head in names), default=0)
    return frozenset(names if heads - set(names) else names[:at])


def _note(connection: Connection, folder: Path) -> None:
    """Let the database remember which migrations it has seen, for code that does not know them."""
    if not inspect(connection).has_table(SCHEMA_STEPS.name):
        return
    known = steps(folder)
    applied = _applied(connection, known)
    noted = {step.revision for step in _noted(connection)}
    connection.execute(delete(SCHEMA_STEPS).where(C.revision.notin_(applied)))
    new = [
        {"revision": step.revision, "phase": step.phase.value, "safe_from": step.safe_from}
        for step in map(_step, known)
        if step.revision in applied - noted
    ]
    if new:
        connection.execute(SCHEMA_STEPS.insert(), new)


def _noted(connection: Connection) -> Sequence[SchemaStep]:
    if not inspect(connection).has_table(SCHEMA_STEPS.name):
        return ()
    rows = connection.execute(select(SCHEMA_STEPS))
    return [SchemaStep(row.revision, Phase(row.phase), row.safe_from) for row in rows]


def _step(script: Script) -> SchemaStep:
    """Return what a migration says of itself; one that says nothing is safe for nobody."""
    module = script.module
    phase = Phase(getattr(module, "phase", Phase.CONTRACT.value))
    return SchemaStep(script.revision, phase, getattr(module, "safe_from", None))


def _told(watch: Watch) -> Callable[..., None]:
    def listen(*, ctx: MigrationContext, step: MigrationInfo, **_: object) -> None:
        connection = ctx.connection
        if connection is not None and step.up_revision_id is not None:
            watch(step.up_revision_id, connection)

    return listen


def _forget_old_pages(engine: Engine) -> None:
    """Write a SQLite file anew: what was sealed or deleted stays in free pages until then."""
    with closing(engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
        cursor.execute("VACUUM", ())
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)", ())


def _config(
    folder: Path, connection: Connection | None = None, watch: Watch | None = None
) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder))
    config.attributes["connection"] = connection
    config.attributes["watch"] = _told(watch) if watch else None
    return config
