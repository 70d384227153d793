"""The audit log on both databases: what is written, by many at once, and what cannot be changed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DatabaseError

from bot.domain.audit import Anchor, AuditEntry
from bot.services.accounts.audit import current_anchor, verify_log, walk_filtered
from bot.services.accounts.audit_ports import AuditFilter
from bot.store import audit
from bot.store.keys import audit_keys, kept_key
from bot.store.store_secrets import StoreSecrets
from bot.store.unit_of_work import SqlUnitOfWork, unit_of_work_factory

NOW = datetime(2026, 11, 24, 2, 0, 0, 123456, tzinfo=timezone.utc)
Open = Callable[[], AbstractContextManager[SqlUnitOfWork]]


@pytest.fixture
def open_unit(engine: Engine, tmp_path: Path) -> Open:
    return unit_of_work_factory(engine, StoreSecrets(lambda: audit_keys("", tmp_path)))


def write(open_unit: Open, *numbers: int) -> None:
    with open_unit() as unit:
        for number in numbers:
            at = NOW + timedelta(minutes=number)
            unit.audit.add(AuditEntry(at, number % 3, "case_read", f"c{number}", "催办 “加急”"))


def tamper(engine: Engine, statement: str) -> None:
    """Change the log as somebody does who owns the database."""
    is_sqlite = engine.dialect.name == "sqlite"
    with engine.begin() as connection:
        if is_sqlite:
            for name in ("no_update", "no_delete"):
                connection.execute(text(f"DROP TRIGGER audit_entries_{name}"))
        else:
            connection.execute(text("ALTER TABLE audit_entries DISABLE TRIGGER USER"))
        connection.execute(text(statement))
        if not is_sqlite:
            connection.execute(text("ALTER TABLE audit_entries ENABLE TRIGGER USER"))


def test_what_was_written_is_intact_and_read_back_as_it_was(open_unit: Open) -> None:
    write(open_unit, 1, 2)
    write(open_unit, 3)

    verdict = verify_log(open_unit)
    assert verdict.is_intact
    assert verdict.checked == 3
    with open_unit() as unit:
        (last, *_) = unit.audit.page(AuditFilter(), 1)
    assert last.seq == 3
    assert last.entry == AuditEntry(NOW + timedelta(minutes=3), 0, "case_read", "c3", "催办 “加急”")


def test_an_empty_log_is_intact(open_unit: Open) -> None:
    assert verify_log(open_unit).is_intact
    assert current_anchor(open_unit) is None


def test_a_transaction_that_fails_leaves_no_entry_and_no_gap(open_unit: Open) -> None:
    write(open_unit, 1)
    with pytest.raises(ZeroDivisionError), open_unit() as unit:
        [unit.audit.add(AuditEntry(NOW, 1 // number, "login")) for number in (1, 0)]
    write(open_unit, 2)

    assert verify_log(open_unit).checked == 2


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entries SET action = 'x'", "DELETE FROM audit_entries"]
)
def test_the_database_refuses_to_change_entries(
    open_unit: Open, engine: Engine, statement: str
) -> None:
    write(open_unit, 1)

    with pytest.raises(DatabaseError, match="append-only"), engine.begin() as connection:
        connection.execute(text(statement))

    assert verify_log(open_unit).checked == 1


@pytest.mark.parametrize(
    ("statement", "problem", "at_seq"),
    [
        ("UPDATE audit_entries SET subject = 'c9' WHERE seq = 2", "changed", 2),
        ("UPDATE audit_entries SET detail = NULL WHERE seq = 4", "changed", 4),
        ("DELETE FROM audit_entries WHERE seq = 3", "missing", 3),
        ("DELETE FROM audit_entries WHERE seq >= 4", "cut_off", 4),
        ("DELETE FROM audit_entries", "cut_off", 1),
        ("UPDATE audit_entries SET seq = NULL, seal = NULL WHERE seq = 3", "changed", 3),
        ("DELETE FROM audit_head", "cut_off", 6),
    ],
)
def test_tampering_by_the_owner_of_the_database_is_seen(
    open_unit: Open, engine: Engine, statement: str, problem: str, at_seq: int
) -> None:
    write(open_unit, 1, 2, 3, 4, 5)

    tamper(engine, statement)

    verdict = verify_log(open_unit)
    assert (verdict.problem, verdict.at_seq) == (problem, at_seq)


def test_an_anchor_kept_elsewhere_shows_a_cut_that_the_head_hides(
    open_unit: Open, engine: Engine
) -> None:
    write(open_unit, 1, 2)
    write(open_unit, 3)
    anchor = current_anchor(open_unit)
    assert anchor is not None

    tamper(engine, "DELETE FROM audit_entries WHERE seq = 3")
    with open_unit() as unit:
        last = unit.audit.page(AuditFilter(), 1)[0]
    with engine.begin() as connection:
        connection.execute(text("UPDATE audit_head SET seq = 2, seal = :seal"), {"seal": last.seal})

    assert verify_log(open_unit).is_intact
    assert verify_log(open_unit, [anchor]).problem == "cut_off"


def test_many_writers_at_once_make_one_chain_without_a_gap(open_unit: Open) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: write(open_unit, number, number + 100), range(24)))

    verdict = verify_log(open_unit)
    assert verdict.is_intact
    assert verdict.checked == 48


def test_filters_pages_and_chunks(open_unit: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    write(open_unit, *range(1, 8))
    monkeypatch.setattr(audit, "CHUNK", 2)
    monkeypatch.setattr("bot.services.accounts.audit.CHUNK", 2)

    def found(**wanted: object) -> list[str | None]:
        entries = walk_filtered(open_unit, AuditFilter(**wanted))  # type: ignore[arg-type]
        return [one.entry.subject for one in entries]

    assert found() == ["c7", "c6", "c5", "c4", "c3", "c2", "c1"]
    assert found(agent_id=1) == ["c7", "c4", "c1"]
    assert found(subject="c2") == ["c2"]
    assert found(action="login") == []
    since, until = NOW + timedelta(minutes=3), NOW + timedelta(minutes=5)
    assert found(since=since, until=until) == ["c4", "c3"]
    assert verify_log(open_unit, [Anchor(99, "0" * 64)]).problem == "cut_off"
    with open_unit() as unit:
        assert unit.audit.actions() == ["case_read"]


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "audit.key"
    kept_key.cache_clear()
    with ThreadPoolExecutor(4) as pool:
        keys = set(pool.map(kept_key, [path] * 4))
    kept_key.cache_clear()

    assert keys == {kept_key(path)}
    assert path.stat().st_mode & 0o077 == 0
    assert [one.name for one in path.parent.iterdir()] == ["audit.key"]
    assert audit_keys("mine, older", tmp_path).current_id != audit_keys("", tmp_path).current_id
