"""The application on an empty SQLite file, without reading the catalogue for every test."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.bootstrap import App, build
from bot.sealing import DataKeys
from bot.settings import Settings
from bot.store.engine import open_engine
from bot.store.migrate import MIGRATIONS
from bot.store.tables import METADATA
from bot.store.unit_of_work import reading_factory, unit_of_work_factory
from tests.keys import TEST_KEYS


@contextmanager
def open_app(settings: Settings, keys: DataKeys = TEST_KEYS) -> Iterator[App]:
    """Yield an application whose database has all tables of the newest schema."""
    engine = open_engine(settings.database_url, keys)
    METADATA.create_all(engine)
    with engine.begin() as connection:
        scripts = ScriptDirectory(str(MIGRATIONS))
        MigrationContext.configure(connection).stamp(scripts, "head")
    yield replace(
        _read_once(),
        settings=settings,
        engine=engine,
        unit_of_work=unit_of_work_factory(engine),
        reading=reading_factory(engine),
    )
    engine.dispose()


@lru_cache(maxsize=1)
def _read_once() -> App:
    return build(Settings(database_url="sqlite://"))
