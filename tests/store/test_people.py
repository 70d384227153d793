from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.engine import Engine

from bot.domain.people import (
    FREE_FAILURES,
    Agent,
    AuditEntry,
    LoginTaken,
    Role,
    UnknownAgent,
)
from bot.store.unit_of_work import SqlUnitOfWork, unit_of_work_factory

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=timezone.utc)  # Tuesday, 10:00 in Shanghai
Open = Callable[[], AbstractContextManager[SqlUnitOfWork]]


@pytest.fixture
def open_unit(engine: Engine) -> Open:
    return unit_of_work_factory(engine)


def _add(open_unit: Open, login: str = "hanmeimei", role: Role = Role.AGENT) -> Agent:
    with open_unit() as unit:
        return unit.people.add_agent(
            login=login,
            name="韩梅梅",
            role=role,
            password_hash="hash",
            department_id=None,
            districts=("371502",),
            now=NOW,
        )


def test_an_account_comes_back_as_it_was_stored(open_unit: Open) -> None:
    added = _add(open_unit)

    with open_unit() as unit:
        assert unit.people.agent(added.id) == added
        assert unit.people.find_login("hanmeimei") == (added, "hash")
    assert added.districts == ("371502",)


def test_a_login_exists_once_and_the_transaction_goes_on(open_unit: Open) -> None:
    first = _add(open_unit)

    with open_unit() as unit:
        with pytest.raises(LoginTaken):
            unit.people.add_agent(
                login="hanmeimei",
                name="李雷",
                role=Role.AGENT,
                password_hash="x",
                department_id=None,
                districts=(),
                now=NOW,
            )
        assert unit.people.agents() == [first]


def test_an_unknown_account_is_named(open_unit: Open) -> None:
    with open_unit() as unit, pytest.raises(UnknownAgent):
        unit.people.agent(7)
    with open_unit() as unit, pytest.raises(UnknownAgent):
        unit.people.set_password(7, "x")


def test_a_closed_account_is_not_found_by_login(open_unit: Open) -> None:
    agent = _add(open_unit)

    with open_unit() as unit:
        unit.people.set_active(agent.id, is_active=False)
        assert unit.people.find_login("hanmeimei") is None


def test_attempts_are_counted_until_the_lock_and_not_during_it(open_unit: Open) -> None:
    with open_unit() as unit:
        free = [unit.people.count_attempt("h", now=NOW) for _ in range(FREE_FAILURES)]
        locked = unit.people.count_attempt("h", now=NOW)
        still = unit.people.count_attempt("h", now=NOW + timedelta(seconds=29))
        after = unit.people.count_attempt("h", now=NOW + timedelta(seconds=30))
        longer = unit.people.count_attempt("h", now=NOW + timedelta(seconds=31))

    assert free == [None] * FREE_FAILURES
    assert locked == still == NOW + timedelta(seconds=30)
    assert after is None
    assert longer == NOW + timedelta(seconds=30 + 60)


def test_parallel_attempts_are_each_counted(open_unit: Open) -> None:
    def attempt(_: int) -> datetime | None:
        with open_unit() as unit:
            return unit.people.count_attempt("h", now=NOW)

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(attempt, range(16)))

    assert outcomes.count(None) == FREE_FAILURES


def test_failures_of_yesterday_do_not_count(open_unit: Open) -> None:
    later = NOW + timedelta(hours=25)
    with open_unit() as unit:
        for _ in range(FREE_FAILURES):
            unit.people.count_attempt("h", now=NOW)
        unit.people.count_attempt("h", now=later)

        assert unit.people.count_attempt("h", now=later) is None


def test_old_failures_are_deleted(open_unit: Open) -> None:
    with open_unit() as unit:
        unit.people.count_attempt("old", now=NOW - timedelta(days=2))
        unit.people.count_attempt("new", now=NOW)

        assert unit.people.forget_attempts(before=NOW - timedelta(days=1)) == 1


def test_sessions_can_be_revoked_all_but_one(open_unit: Open) -> None:
    agent = _add(open_unit)
    with open_unit() as unit:
        for token_hash in ("one", "two"):
            unit.people.open_session(token_hash, agent_id=agent.id, now=NOW)

        unit.people.revoke_sessions(agent.id, now=NOW, keep="two")

        one, two = unit.people.session("one"), unit.people.session("two")
    assert one is not None
    assert one.revoked_at == NOW
    assert two is not None
    assert two.revoked_at is None


def test_only_serving_people_who_are_available_and_heard_of_count_as_online(
    open_unit: Open,
) -> None:
    silent, away, officer, here = (
        _add(open_unit, login, role)
        for login, role in (
            ("silent", Role.AGENT),
            ("away", Role.AGENT),
            ("officer", Role.OFFICER),
            ("here", Role.SUPERVISOR),
        )
    )
    with open_unit() as unit:
        unit.people.set_presence(silent.id, now=NOW - timedelta(minutes=2), is_available=True)
        unit.people.set_presence(away.id, now=NOW, is_available=False)
        unit.people.set_presence(officer.id, now=NOW, is_available=True)
        unit.people.set_presence(here.id, now=NOW, is_available=True)

        assert unit.people.count_online(since=NOW - timedelta(minutes=1)) == 1


def test_a_heartbeat_keeps_the_choice_of_presence(open_unit: Open) -> None:
    agent = _add(open_unit)
    later = NOW + timedelta(seconds=20)
    with open_unit() as unit:
        unit.people.set_presence(agent.id, now=NOW, is_available=True)
        unit.people.set_presence(agent.id, now=later)
        presence = unit.people.presence(agent.id)

    assert presence is not None
    assert presence.is_available
    assert presence.heartbeat_at == later


def test_audit_entries_come_back_in_order(open_unit: Open) -> None:
    agent = _add(open_unit)
    entries = [AuditEntry(NOW, agent.id, action, "c-1") for action in ("login", "read")]
    with open_unit() as unit:
        for entry in entries:
            unit.people.add_audit(entry)
        unit.people.add_audit(AuditEntry(NOW, None, "other", "c-2"))

        assert unit.people.audit(subject="c-1") == entries
        assert unit.people.audit(agent_id=agent.id) == entries
