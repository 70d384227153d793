"""The application on an empty SQLite file, without reading the catalogue for every test."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from bot.bootstrap import App, build
from bot.sealing import DataKeys
from bot.settings import Settings
from bot.store.engine import open_engine
from bot.store.unit_of_work import reading_factory, unit_of_work_factory
from tests.compiled import open_sqlite
from tests.keys import TEST_KEYS
from tests.new_files import empty_database, make_tables

FILE = "sqlite:///"


@contextmanager
def open_app(settings: Settings, keys: DataKeys = TEST_KEYS) -> Iterator[App]:
    """Yield an application whose database has all tables of the newest schema."""
    file = Path(settings.database_url.removeprefix(FILE))
    if settings.database_url.startswith(FILE) and not file.exists():
        file.write_bytes(empty_database())
    is_shared = keys is TEST_KEYS and settings.database_url.startswith(FILE)
    engine = (
        open_sqlite(settings.database_url)
        if is_shared
        else open_engine(settings.database_url, keys)
    )
    if not file.exists():
        make_tables(engine)
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
