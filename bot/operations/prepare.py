"""Brings the database to the newest schema, loads the demo data and makes the demo login.

The one place where `xiaoer run` and `xiaoer seed` touch the application.
"""

from datetime import datetime

from bot.bootstrap import App, build
from bot.domain.people import Role
from bot.operations.keys import Login, load_login, random_password, save_login
from bot.services.accounts import add_agent
from bot.services.ports import OpenUnitOfWork
from bot.settings import Settings
from bot.store.migrate import upgrade

DEMO_LOGIN = "demo"
DEMO_NAME = "演示坐席"


def prepare(settings: Settings) -> Login | None:
    """Make a database ready to be used; harmless when it is.

    Returns:
        The demo login, or None once the office has accounts of its own.
    """
    app = build(settings)
    try:
        upgrade(app.engine)
        return demo_login(app)
    finally:
        app.engine.dispose()


def demo_login(app: App) -> Login | None:
    """Return the demo login that still works; make one when there is no account at all."""
    path = app.settings.state_dir / "demo-login"
    kept = load_login(path)
    with app.unit_of_work() as unit:
        agents = unit.people.agents()
    if any(kept and kept.username == agent.login and agent.is_active for agent in agents):
        return kept
    if agents:
        return None
    login = Login(DEMO_LOGIN, random_password())
    _add_demo_agent(app.unit_of_work, login, app.now())
    save_login(path, login)
    return login


def _add_demo_agent(unit_of_work: OpenUnitOfWork, login: Login, now: datetime) -> None:
    add_agent(
        unit_of_work,
        login=login.username,
        name=DEMO_NAME,
        role=Role.SUPERVISOR,
        password=login.password,
        now=now,
    )
