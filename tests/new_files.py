"""SQLite files with all tables and no rows: made once in a worker, and written where one is wanted.

To make the tables takes half a second and to migrate to them more than one; to write the file takes
a few milliseconds. Tests of migrations make their own.
"""

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine

from bot.store.engine import open_engine
from bot.store.migrate import MIGRATIONS
from bot.store.tables import METADATA
from tests.compiled import open_sqlite
from tests.keys import TEST_KEYS


def new_sqlite(file: Path) -> Engine:
    """Write such a file and open it with the keys of the tests; its folder must be there."""
    file.write_bytes(empty_database())
    return open_sqlite(f"sqlite:///{file}")


@lru_cache(maxsize=1)
def empty_database() -> bytes:
    """Return a file of the newest schema that says so."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        engine = open_engine(f"sqlite:///{path}", TEST_KEYS)
        make_tables(engine)
        engine.dispose()
        return path.read_bytes()


def make_tables(engine: Engine) -> None:
    """Make all tables and mark the database as migrated."""
    METADATA.create_all(engine)
    with engine.begin() as connection:
        scripts = ScriptDirectory(str(MIGRATIONS))
        MigrationContext.configure(connection).stamp(scripts, "head")
