"""Builds the application once; entry points call it, nothing is built at import time."""

from dataclasses import dataclass
from datetime import datetime, timezone

from sqlalchemy.engine import Engine

from bot.services.ports import Clock, OpenUnitOfWork
from bot.settings import Settings
from bot.store.engine import open_engine
from bot.store.unit_of_work import unit_of_work_factory


@dataclass(frozen=True)
class App:
    """Everything an entry point needs, built from one `Settings`."""

    settings: Settings
    engine: Engine
    unit_of_work: OpenUnitOfWork
    now: Clock


def build(settings: Settings) -> App:
    """Build the application; opens no connection yet."""
    engine = open_engine(settings.database_url)
    return App(
        settings=settings,
        engine=engine,
        unit_of_work=unit_of_work_factory(engine),
        now=utc_now,
    )


def utc_now() -> datetime:
    """Return the real time; the only place that asks for it."""
    return datetime.now(timezone.utc)  # noqa: TID251 - the clock that everyone else is given
