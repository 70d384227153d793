from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.domain.people import Role
from bot.operations.errors import KeyMissing
from bot.operations.keys import Login
from bot.operations.prepare import demo_login, prepare
from bot.services.accounts.accounts import Passwords, add_agent, authenticate, close_account
from bot.services.ports import OpenUnitOfWork
from bot.settings import Settings
from bot.store.tables import METADATA
from bot.store.unit_of_work import unit_of_work_factory

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=timezone.utc)


@dataclass(frozen=True)
class Office:
    """A database with all tables and the folder beside it."""

    engine: Engine
    unit_of_work: OpenUnitOfWork
    folder: Path

    def demo_login(self) -> Login | None:
        return demo_login(self.unit_of_work, self.folder / "demo-login", NOW)


@pytest.fixture
def office(sqlite_engine: Engine, tmp_path: Path) -> Office:
    return Office(sqlite_engine, unit_of_work_factory(sqlite_engine), tmp_path)


def test_the_first_run_makes_a_demo_login_that_works(office: Office) -> None:
    login = office.demo_login()
    assert login is not None
    session = authenticate(
        office.unit_of_work,
        login=login.username,
        password=login.password,
        now=NOW,
        passwords=Passwords(),
    )
    assert session.agent.login == login.username


def test_later_runs_show_the_same_login(office: Office) -> None:
    assert office.demo_login() == office.demo_login()


def test_the_password_is_not_stored_in_the_database(office: Office) -> None:
    login = office.demo_login()
    assert login is not None
    files = list(office.folder.glob("test.db*"))
    assert files
    assert not any(login.password.encode() in file.read_bytes() for file in files)


def test_an_office_with_accounts_of_its_own_gets_no_demo_login(office: Office) -> None:
    add_agent(
        office.unit_of_work,
        login="hanmeimei",
        name="韩梅梅",
        role=Role.ADMIN,
        password="a-long-password",
        now=NOW,
    )
    assert office.demo_login() is None
    assert not (office.folder / "demo-login").exists()


def test_a_closed_demo_account_is_not_shown_again(office: Office) -> None:
    assert office.demo_login() is not None
    with office.unit_of_work() as unit:
        agent = unit.people.agents()[0]
    close_account(office.unit_of_work, agent_id=agent.id, now=NOW)
    assert office.demo_login() is None


def test_a_new_database_gets_a_new_login(office: Office) -> None:
    first = office.demo_login()
    METADATA.drop_all(office.engine)
    METADATA.create_all(office.engine)
    second = office.demo_login()
    assert second is not None
    assert second != first


def test_a_database_without_its_key_says_which_file_is_missing(tmp_path: Path) -> None:
    """Rows that nobody can read are found at the start, not by an applicant."""
    first = Settings(state_dir=tmp_path / "first")
    prepare(first, NOW)

    with pytest.raises(KeyMissing, match=r"data\.key.*XIAOER_DATA_KEYS"):
        prepare(Settings(state_dir=tmp_path / "other", database_url=first.database_url), NOW)
