from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.engine import Engine

from bot.sealing import DataKeys, Ring, UnreadableData
from bot.services.ports import OpenUnitOfWork
from bot.store import migrate
from bot.store.engine import open_engine
from bot.store.key_rotation import keys_in_use, rotate
from bot.store.tables.tickets import TICKET_EVENTS, TICKETS
from bot.store.unit_of_work import unit_of_work_factory
from tests.casework_factories import NOW, whistle
from tests.keys import TEST_KEYS

PHONE = "13512340000"
OLD = {"test": "a key of personal data for tests"}
NEW = {"new": "another key of personal data, newer"}
HASHES = "a key of keyed hashes for tests only"
NEWER = DataKeys(lambda: Ring({**NEW, **OLD}, HASHES))
ONLY_NEW = DataKeys(lambda: Ring(NEW, HASHES))


@pytest.fixture
def unit(engine: Engine) -> OpenUnitOfWork:
    return unit_of_work_factory(engine)


def stored(engine: Engine, query: str) -> list[Mapping[str, str]]:
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(text(query)).mappings()]


def test_the_database_holds_only_what_is_sealed(engine: Engine, unit: OpenUnitOfWork) -> None:
    ticket = whistle(unit)

    (row,) = stored(engine, "SELECT contact_phone, description FROM tickets")
    assert all(value.startswith("x1:test:") for value in row.values())
    with engine.connect() as connection:
        read = connection.execute(select(TICKETS.c.description)).scalar_one()
    assert read == ticket.description


def test_a_rotation_seals_everything_anew_and_the_old_key_is_not_needed_any_more(
    engine: Engine, unit: OpenUnitOfWork
) -> None:
    told: list[tuple[str, int]] = []
    ticket = whistle(unit)
    assert set(keys_in_use(engine)) == {"test"}

    assert rotate(engine, NEWER, tell=lambda *one: told.append(one)) > 0
    assert set(keys_in_use(engine)) == {"new"}
    assert dict(told)["tickets"] == 1
    assert rotate(engine, NEWER, tell=lambda *_one: None) == 0, "a second run finds nothing to do"
    engine.dialect.data_keys = ONLY_NEW
    try:
        with unit() as opened:
            assert opened.tickets.by_number(ticket.number).description == ticket.description
    finally:
        engine.dialect.data_keys = TEST_KEYS


def test_a_history_stays_append_only_after_a_rotation(engine: Engine, unit: OpenUnitOfWork) -> None:
    whistle(unit)
    with engine.begin() as connection:
        ticket_id = connection.execute(select(TICKETS.c.id)).scalar_one()
        words = {
            "ticket_id": ticket_id,
            "at": NOW,
            "actor": "a",
            "kind": "note",
            "reason": "换钥匙",
        }
        connection.execute(insert(TICKET_EVENTS).values(words))

    rotate(engine, NEWER, tell=lambda *_one: None)

    with pytest.raises(Exception, match="append-only"), engine.begin() as connection:
        connection.execute(text("UPDATE ticket_events SET reason = ''"))
    assert "换钥匙" in _reasons(engine)


def _reasons(engine: Engine) -> list[str]:
    engine.dialect.data_keys = NEWER
    try:
        with engine.connect() as connection:
            return list(connection.execute(select(TICKET_EVENTS.c.reason)).scalars())
    finally:
        engine.dialect.data_keys = TEST_KEYS


def test_a_value_that_was_moved_to_another_row_of_another_column_is_refused(
    engine: Engine, unit: OpenUnitOfWork
) -> None:
    whistle(unit)
    with engine.begin() as connection:
        connection.execute(text("UPDATE tickets SET description = contact_phone"))

    with pytest.raises(UnreadableData), engine.connect() as connection:
        connection.execute(select(TICKETS.c.description)).all()


FILL = (
    "INSERT INTO bookings (number, origin, conversation_id, district, mode, starts_at, ends_at,"
    " kind, state, contact_name, contact_phone, note, provisional, created_at, updated_at)"
    " VALUES (:number, :number, 'c', 'd', 'phone', :at, :at, 'regular', :state, '王五', :phone, '',"
    " false, :at, :at)"
)
AT = "2026-11-26 01:00:00.000000"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def migrated(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database that migrations will make."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'old.db'}"
    else:
        server = str(request.getfixturevalue("postgres_url"))
        admin = open_engine(server)
        with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("DROP DATABASE IF EXISTS sealed"))
            connection.execute(text("CREATE DATABASE sealed"))
        admin.dispose()
        url = server.rsplit("/", 1)[0] + "/sealed"
    engine = open_engine(url, TEST_KEYS)
    yield engine
    engine.dispose()


def test_what_was_there_is_sealed_by_the_migration_and_opened_by_the_way_back(
    migrated: Engine,
) -> None:
    migrate.upgrade(migrated, "0019")
    with migrated.begin() as connection:
        for number, state in (("1", "booked"), ("2", "cancelled")):
            row = {"number": number, "state": state, "phone": PHONE, "at": AT}
            connection.execute(text(FILL), row)

    migrate.upgrade(migrated)

    rows = stored(migrated, "SELECT contact_name, contact_phone, phone_hash FROM bookings")
    assert len(rows) == 2
    assert all(row["contact_phone"].startswith("x1:test:") for row in rows)
    assert {row["phone_hash"] for row in rows} == {TEST_KEYS.hash(PHONE, "bookings.contact_phone")}
    with unit_of_work_factory(migrated)() as unit:
        assert unit.bookings.by_number("1").contact_phone == PHONE
    if migrated.dialect.name == "sqlite":
        assert PHONE.encode() not in _bytes_of(migrated)
    migrate.downgrade(migrated, "0019")
    assert {row["contact_phone"] for row in stored(migrated, "SELECT * FROM bookings")} == {PHONE}


def _bytes_of(engine: Engine) -> bytes:
    """Return the whole file, free pages and all."""
    return Path(str(engine.url.database)).read_bytes()
