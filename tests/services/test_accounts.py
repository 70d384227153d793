import threading
import time
from datetime import datetime, timedelta, timezone
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from bot.domain.people import (
    FREE_FAILURES,
    LONGEST_LOCK,
    SESSION_IDLE,
    SESSION_LIFETIME,
    Agent,
    BadAccount,
    BadCredentials,
    LoginLocked,
    LoginTaken,
    Role,
    SessionExpired,
    WeakPassword,
    lock_after,
)
from bot.services.accounts import accounts
from bot.services.accounts.accounts import Passwords
from bot.services.ports import OpenUnitOfWork
from bot.store.unit_of_work import unit_of_work_factory

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=timezone.utc)  # Tuesday, 10:00 in Shanghai
PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def passwords() -> Passwords:
    return Passwords()


@pytest.fixture
def open_unit(sqlite_engine: Engine) -> OpenUnitOfWork:
    return unit_of_work_factory(sqlite_engine)


@pytest.fixture
def agent(open_unit: OpenUnitOfWork, passwords: Passwords) -> Agent:
    return accounts.add_agent(
        open_unit,
        login=" HanMeiMei ",
        name="韩梅梅",
        role=Role.AGENT,
        password=PASSWORD,
        now=NOW,
        passwords=passwords,
    )


def _login(
    open_unit: OpenUnitOfWork, passwords: Passwords, *, password: str, now: datetime = NOW
) -> accounts.Login:
    return accounts.authenticate(
        open_unit, login="hanmeimei", password=password, now=now, passwords=passwords
    )


def test_the_right_password_opens_a_session(
    open_unit: OpenUnitOfWork, passwords: Passwords, agent: Agent
) -> None:
    login = _login(open_unit, passwords, password=PASSWORD)

    resolved = accounts.resolve_session(open_unit, token=login.token, now=NOW, is_active=True)
    assert login.agent == resolved.agent == agent


def test_the_database_holds_neither_password_nor_token(
    open_unit: OpenUnitOfWork, passwords: Passwords, agent: Agent, sqlite_engine: Engine
) -> None:
    login = _login(open_unit, passwords, password=PASSWORD)

    raw = sqlite_engine.raw_connection()
    try:
        dump = "\n".join(raw.iterdump())
    finally:
        raw.close()
    assert PASSWORD not in dump
    assert login.token not in dump
    assert "$argon2id$v=19$m=19456,t=2,p=1$" in dump


def test_logging_in_makes_an_agent_available(
    open_unit: OpenUnitOfWork, passwords: Passwords, agent: Agent
) -> None:
    _login(open_unit, passwords, password=PASSWORD)

    with open_unit() as unit:
        assert unit.people.count_online(since=NOW - timedelta(seconds=60)) == 1


@pytest.mark.parametrize("login", ["hanmeimei", "nobody", ""])
def test_a_wrong_login_and_a_wrong_password_are_refused_alike(
    open_unit: OpenUnitOfWork, passwords: Passwords, agent: Agent, login: str
) -> None:
    with pytest.raises(BadCredentials) as refusal:
        accounts.authenticate(
            open_unit, login=login, password="wrong password", now=NOW, passwords=passwords
        )
    assert not refusal.value.args


def test_an_unknown_login_costs_as_much_time_as_a_wrong_password(passwords: Passwords) -> None:
    """Either way one Argon2 run; the bound is loose because the machine is shared."""
    known = passwords.hash(PASSWORD)

    def cost(password_hash: str | None) -> float:
        started = time.thread_time()
        assert not passwords.matches(password_hash, "wrong password")
        return time.thread_time() - started

    wrong = median(cost(known) for _ in range(5))
    unknown = median(cost(None) for _ in range(5))
    assert 0.4 < unknown / wrong < 2.5


def test_guessing_locks_the_login_even_for_the_right_password(
    open_unit: OpenUnitOfWork, passwords: Passwords, agent: Agent
) -> None:
    for _ in range(FREE_FAILURES):
        with pytest.raises(BadCredentials):
            _login(open_unit, passwords, password="wrong password")

    with pytest.raises(LoginLocked) as lock:
        _login(open_unit, passwords, password=PASSWORD)

    assert lock.value.until == NOW + timedelta(seconds=30)
    assert _login(open_unit, passwords, password=PASSWORD, now=lock.value.until).agent == agent


def test_a_success_clears_the_failures(
    open_unit: OpenUnitOfWork, passwords: Passwords, agent: Agent
) -> None:
    for _ in range(3):
        for _ in range(FREE_FAILURES - 1):
            with pytest.raises(BadCredentials):
                _login(open_unit, passwords, password="wrong password")
        _login(open_unit, passwords, password=PASSWORD)


@given(st.integers(min_value=0, max_value=10_000))
def test_the_delay_never_shrinks_and_is_bounded(failures: int) -> None:
    assert timedelta(0) <= lock_after(failures) <= lock_after(failures + 1) <= LONGEST_LOCK


@pytest.mark.parametrize(
    ("used_at", "asked_at", "is_valid"),
    [
        (timedelta(0), SESSION_IDLE - timedelta(seconds=1), True),
        (timedelta(0), SESSION_IDLE, False),
        (SESSION_IDLE / 2, SESSION_IDLE, True),
    ],
)
def test_a_session_goes_idle(
    open_unit: OpenUnitOfWork,
    passwords: Passwords,
    agent: Agent,
    used_at: timedelta,
    asked_at: timedelta,
    is_valid: bool,
) -> None:
    token = _login(open_unit, passwords, password=PASSWORD).token
    accounts.resolve_session(open_unit, token=token, now=NOW + used_at, is_active=True)

    if is_valid:
        accounts.resolve_session(open_unit, token=token, now=NOW + asked_at, is_active=False)
        return
    with pytest.raises(SessionExpired):
        accounts.resolve_session(open_unit, token=token, now=NOW + asked_at, is_active=True)


def test_heartbeats_alone_do_not_keep_a_session(
    open_unit: OpenUnitOfWork, passwords: Passwords, agent: Agent
) -> None:
    token = _login(open_unit, passwords, password=PASSWORD).token
    for minute in range(30):
        moment = NOW + timedelta(minutes=minute)
        accounts.resolve_session(open_unit, token=token, now=moment, is_active=False)

    with pytest.raises(SessionExpired):
        accounts.resolve_session(open_unit, token=token, now=NOW + SESSION_IDLE, is_active=False)


def test_a_busy_session_ends_after_twelve_hours(
    open_unit: OpenUnitOfWork, passwords: Passwords, agent: Agent
) -> None:
    token = _login(open_unit, passwords, password=PASSWORD).token
    moment = NOW
    while moment + timedelta(minutes=20) < NOW + SESSION_LIFETIME:
        moment += timedelta(minutes=20)
        accounts.resolve_session(open_unit, token=token, now=moment, is_active=True)

    with pytest.raises(SessionExpired):
        accounts.resolve_session(open_unit, token=token, now=NOW + SESSION_LIFETIME, is_active=True)


def test_logging_out_ends_the_session_and_the_presence(
    open_unit: OpenUnitOfWork, passwords: Passwords, agent: Agent
) -> None:
    token = _login(open_unit, passwords, password=PASSWORD).token

    accounts.logout(open_unit, token=token, now=NOW)
    accounts.logout(open_unit, token="unknown", now=NOW)

    with pytest.raises(SessionExpired):
        accounts.resolve_session(open_unit, token=token, now=NOW, is_active=True)
    with open_unit() as unit:
        assert unit.people.count_online(since=NOW - timedelta(seconds=60)) == 0


def test_a_new_password_ends_the_other_sessions_only(
    open_unit: OpenUnitOfWork, passwords: Passwords, agent: Agent
) -> None:
    stolen = _login(open_unit, passwords, password=PASSWORD).token
    mine = _login(open_unit, passwords, password=PASSWORD).token

    accounts.change_password(
        open_unit,
        agent_id=agent.id,
        password="another good one",
        now=NOW,
        passwords=passwords,
        keep_token=mine,
    )

    kept = accounts.resolve_session(open_unit, token=mine, now=NOW, is_active=True)
    assert kept.agent == agent
    with pytest.raises(SessionExpired):
        accounts.resolve_session(open_unit, token=stolen, now=NOW, is_active=True)
    with pytest.raises(BadCredentials):
        _login(open_unit, passwords, password=PASSWORD)
    _login(open_unit, passwords, password="another good one")


def test_a_closed_account_is_out_at_once(
    open_unit: OpenUnitOfWork, passwords: Passwords, agent: Agent
) -> None:
    token = _login(open_unit, passwords, password=PASSWORD).token

    accounts.close_account(open_unit, agent_id=agent.id, now=NOW)

    with pytest.raises(SessionExpired):
        accounts.resolve_session(open_unit, token=token, now=NOW, is_active=True)
    with pytest.raises(BadCredentials):
        _login(open_unit, passwords, password=PASSWORD)


@pytest.mark.parametrize("password", ["", "short", "x" * 201, "long-enough-login"])
def test_a_weak_password_is_refused(
    open_unit: OpenUnitOfWork, passwords: Passwords, password: str
) -> None:
    with pytest.raises(WeakPassword):
        accounts.add_agent(
            open_unit,
            login="long-enough-login",
            name="李雷",
            role=Role.AGENT,
            password=password,
            now=NOW,
            passwords=passwords,
        )


@pytest.mark.parametrize(
    ("login", "name"), [("", "李雷"), ("li lei", "李雷"), ("x" * 65, "李雷"), ("lilei", " ")]
)
def test_an_account_without_a_usable_login_or_name_is_refused(
    open_unit: OpenUnitOfWork, passwords: Passwords, login: str, name: str
) -> None:
    with pytest.raises(BadAccount):
        accounts.add_agent(
            open_unit,
            login=login,
            name=name,
            role=Role.AGENT,
            password=PASSWORD,
            now=NOW,
            passwords=passwords,
        )


def test_a_login_is_taken_whatever_its_case(
    open_unit: OpenUnitOfWork, passwords: Passwords, agent: Agent
) -> None:
    with pytest.raises(LoginTaken):
        accounts.add_agent(
            open_unit,
            login="HANMEIMEI",
            name="李雷",
            role=Role.AGENT,
            password=PASSWORD,
            now=NOW,
            passwords=passwords,
        )


def test_no_more_checks_run_at_once_than_allowed() -> None:
    passwords = Passwords(max_concurrent=1)
    started, go_on = threading.Event(), threading.Event()
    running, most = 0, 0

    class Watched:
        def verify(self, _hash: str, _password: str) -> bool:
            nonlocal running, most
            running += 1
            most = max(most, running)
            started.set()
            go_on.wait(5)
            running -= 1
            return True

    passwords._hasher = Watched()  # type: ignore[assignment]
    threads = [threading.Thread(target=passwords.matches, args=("h", "p")) for _ in range(4)]
    for thread in threads:
        thread.start()
    started.wait(5)
    go_on.set()
    for thread in threads:
        thread.join()

    assert most == 1
