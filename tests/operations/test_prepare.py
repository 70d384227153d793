from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest

from bot.bootstrap import App, build
from bot.domain.people import Role
from bot.operations.prepare import demo_login
from bot.services.accounts import Passwords, add_agent, authenticate, close_account
from bot.settings import Settings
from bot.store.tables import METADATA

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=timezone.utc)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'xiaoer.db'}", state_dir=tmp_path)
    built = build(settings)
    METADATA.create_all(built.engine)
    yield built
    built.engine.dispose()


def test_the_first_run_makes_a_demo_login_that_works(app: App) -> None:
    login = demo_login(app)
    assert login is not None
    session = authenticate(
        app.unit_of_work,
        login=login.username,
        password=login.password,
        now=app.now(),
        passwords=Passwords(),
    )
    assert session.agent.login == login.username


def test_later_runs_show_the_same_login(app: App) -> None:
    assert demo_login(app) == demo_login(app)


def test_the_password_is_not_stored_in_the_database(app: App) -> None:
    login = demo_login(app)
    assert login is not None
    files = list(app.settings.state_dir.glob("xiaoer.db*"))
    assert files
    assert not any(login.password.encode() in file.read_bytes() for file in files)


def test_an_office_with_accounts_of_its_own_gets_no_demo_login(app: App) -> None:
    add_agent(
        app.unit_of_work,
        login="hanmeimei",
        name="韩梅梅",
        role=Role.ADMIN,
        password="a-long-password",
        now=NOW,
    )
    assert demo_login(app) is None
    assert not (app.settings.state_dir / "demo-login").exists()


def test_a_closed_demo_account_is_not_shown_again(app: App) -> None:
    assert demo_login(app) is not None
    with app.unit_of_work() as unit:
        agent = unit.people.agents()[0]
    close_account(app.unit_of_work, agent_id=agent.id, now=NOW)
    assert demo_login(app) is None


def test_a_new_database_gets_a_new_login(app: App) -> None:
    first = demo_login(app)
    METADATA.drop_all(app.engine)
    METADATA.create_all(app.engine)
    second = demo_login(app)
    assert second is not None
    assert second != first
