"""Brings the database to the newest schema, loads the first data and makes the demo login.

The one place where `xiaoer run`, `seed` and `agent add` touch the application's data.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path

from bot.data_keys import data_keys
from bot.documents.check import require_templates
from bot.documents.seal_certificate import make_test_seal
from bot.domain.people import Role
from bot.operations.errors import KeyMissing
from bot.operations.keys import Login, load_login, random_password, save_login
from bot.sealing import UnreadableData
from bot.services.accounts.accounts import add_agent
from bot.services.ports import OpenUnitOfWork
from bot.settings import Settings
from bot.store.calendars import load_calendar
from bot.store.casework_seed import seed_casework
from bot.store.catalogue.loader import load_catalogue
from bot.store.engine import open_engine
from bot.store.forms import load_forms
from bot.store.migrate import upgrade
from bot.store.service_seed import seed_services
from bot.store.store_secrets import store_secrets
from bot.store.unit_of_work import SqlUnitOfWork, unit_of_work_factory
from bot.store.whistle_rules import load_whistle_rules

DEMO_LOGIN = "demo"
DEMO_NAME = "演示坐席"

OpenSqlUnit = Callable[[], AbstractContextManager[SqlUnitOfWork]]


@contextmanager
def current_database(settings: Settings) -> Iterator[OpenSqlUnit]:
    """Open the database at the newest schema; yields what opens a unit of work."""
    engine = open_engine(settings.database_url, data_keys(settings.data_keys, settings.state_dir))
    try:
        upgrade(engine)
        keys = store_secrets(settings.audit_key, settings.secret_key, settings.state_dir)
        yield unit_of_work_factory(engine, keys)
    finally:
        engine.dispose()


def prepare(settings: Settings, now: datetime) -> Login | None:
    """Make a database ready to be used; harmless when it is.

    Returns:
        The demo login, or None once the office has accounts of its own.

    Raises:
        BadServiceSetting: A file of `data/seed` cannot be understood.
        BadSeed: Likewise for cases and tickets.
        BadTemplate: Likewise for a document template; it names file and field.
        KeyMissing: The database was sealed with a key that is not in the state folder.
    """
    make_test_seal(settings.state_dir, now)
    catalogue = load_catalogue(settings.data_dir / "catalogue")
    require_templates(
        settings.data_dir / "documents", load_forms(settings.data_dir / "forms", catalogue)
    )
    with current_database(settings) as unit_of_work:
        folder = settings.data_dir / "seed"
        seed_services(unit_of_work, folder=folder, now=now)
        try:
            seed_casework(
                unit_of_work,
                folder=folder,
                now=now,
                calendar=load_calendar(
                    settings.data_dir / "calendar", settings.state_dir / "calendar"
                ),
                catalogue=catalogue,
                rules=load_whistle_rules(settings.data_dir / "services", catalogue),
            )
        except UnreadableData as error:
            raise KeyMissing(settings.state_dir, str(error)) from error
        return demo_login(unit_of_work, settings.state_dir / "demo-login", now)


def demo_login(unit_of_work: OpenUnitOfWork, path: Path, now: datetime) -> Login | None:
    """Return the demo login that still works; make one when there is no account at all.

    `path` is where the login is kept between runs.
    """
    kept = load_login(path)
    with unit_of_work() as unit:
        agents = unit.people.agents()
    if any(kept and kept.username == agent.login and agent.is_active for agent in agents):
        return kept
    if agents:
        return None
    login = Login(DEMO_LOGIN, random_password())
    add_agent(
        unit_of_work,
        login=login.username,
        name=DEMO_NAME,
        role=Role.SUPERVISOR,
        password=login.password,
        now=now,
    )
    save_login(path, login)
    return login
