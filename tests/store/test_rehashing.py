"""The key of the keyed hashes is changed: all is found by the new one, nothing by the old."""

from collections.abc import Iterator

import pytest
from sqlalchemy import insert
from sqlalchemy.engine import Engine

from bot.domain.people import Agent
from bot.sealing import DataKeys, Ring
from bot.services.desk.search import find_conversations, index_new
from bot.store.rehashing import hashed_columns, rehash
from bot.store.sealed_types import KeyedHash
from bot.store.tables import METADATA
from bot.store.tables.meetings import MEETING_SIGNUPS, MEETINGS
from bot.store.unit_of_work import unit_of_work_factory
from tests.casework_factories import CREDIT_CODE, NOW, PHONE, case
from tests.desk_cast import Cast
from tests.keys import TEST_KEYS

SECRETS = {"test": "a key of personal data for tests"}
OTHER = DataKeys(lambda: Ring(SECRETS, "another key of keyed hashes, newer"))


class Stopped(Exception):
    """The change was ended in its middle."""


@pytest.fixture
def engine_of_new(engine: Engine) -> Iterator[Engine]:
    """A database with a case, a search index and a meeting, opened with the new key."""
    unit = unit_of_work_factory(engine)
    case(unit)
    cast = Cast(unit)
    cast.says(cast.conversation(), "我想开个拉面馆")
    index_new(unit)
    _somebody_comes(engine, cast.agent())
    assert finds(engine) == (1, 1)
    engine.dialect.data_keys = OTHER
    yield engine
    engine.dialect.data_keys = TEST_KEYS


def _somebody_comes(engine: Engine, agent: Agent) -> None:
    meeting = {
        "cancelled": "",
        **dict.fromkeys(("kind", "title", "text", "place"), "座谈"),
        "starts_at": NOW,
        "closes_on": NOW.date(),
        "made_by": agent.id,
        "made_at": NOW,
    }
    with engine.begin() as connection:
        made = connection.execute(insert(MEETINGS).values(meeting))
        row = {"meeting_id": made.inserted_primary_key[0], "name": "王五", "phone": PHONE}
        connection.execute(insert(MEETING_SIGNUPS).values(**row, phone_hash=PHONE, at=NOW))


def finds(engine: Engine) -> tuple[int, int]:
    """Return how many cases are found by a number, and conversations by a word."""
    unit = unit_of_work_factory(engine)
    with unit() as opened:
        mine = opened.case_lists.of_person(PHONE, CREDIT_CODE)
    return len(mine), len(find_conversations(unit, "拉面") or [])


def test_everything_is_found_by_the_new_key_and_a_second_run_finds_nothing_to_do(
    engine_of_new: Engine,
) -> None:
    assert finds(engine_of_new) == (0, 0), "nothing is found before"

    told: dict[str, int] = {}
    rehash(engine_of_new, tell=lambda name, count: told.update({name: count}))

    assert finds(engine_of_new) == (1, 1)
    assert told["cases.phone_hash"] == told["meeting_signups.phone_hash"] == 1
    assert rehash(engine_of_new, tell=lambda *_told: None) == 0
    engine_of_new.dialect.data_keys = TEST_KEYS
    assert finds(engine_of_new) == (0, 0), "the old key finds nothing any more"


def test_a_change_that_was_stopped_is_finished_by_the_next_run(engine_of_new: Engine) -> None:
    def stop(*_told: object) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        rehash(engine_of_new, tell=stop)
    rehash(engine_of_new, tell=lambda *_told: None)

    assert finds(engine_of_new) == (1, 1)


def test_every_keyed_hash_can_be_made_anew() -> None:
    declared = {
        f"{table.name}.{column.name}"
        for table in METADATA.sorted_tables
        for column in table.columns
        if isinstance(column.type, KeyedHash)
    }
    renewed = {f"{one.table.name}.{one.hashed}" for one in hashed_columns()}
    assert declared - renewed == {"desk_pairs.pair"}
    assert all(one.source in one.table.c for one in hashed_columns())
