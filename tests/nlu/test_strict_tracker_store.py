"""The tracker store that never answers from memory. Imports Rasa, which takes a while."""

import resource
from pathlib import Path

import pytest
from rasa.core.agent import Agent
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from bot.nlu.strict_tracker_store import StrictTrackerStore
from tests.faults.proxy import Proxy

DOMAIN = Domain.empty()


@pytest.fixture
def store(tmp_path: Path) -> StrictTrackerStore:
    return StrictTrackerStore(domain=DOMAIN, host=f"sqlite:///{tmp_path / 'rasa.db'}")


def tracker(*texts: str) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("c1", [UserUttered(text) for text in texts])


async def test_a_conversation_is_there_after_a_restart(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'rasa.db'}"
    await StrictTrackerStore(domain=DOMAIN, host=address).save(tracker("在吗", "开店"))
    again = await StrictTrackerStore(domain=DOMAIN, host=address).retrieve("c1")

    assert again is not None
    assert [event.text for event in again.events] == ["在吗", "开店"]


async def test_a_failing_database_is_an_error_and_not_a_new_conversation(
    store: StrictTrackerStore,
) -> None:
    await store.save(tracker("在吗"))
    with store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE events RENAME TO gone")

    with pytest.raises(OperationalError):
        await store.retrieve("c1")
    with pytest.raises(OperationalError):
        await store.save(tracker("在吗", "开店"))


def test_rasa_does_not_wrap_the_store_into_one_that_falls_back_to_memory(
    store: StrictTrackerStore,
) -> None:
    assert Agent._create_tracker_store(store, DOMAIN) is store
    assert isinstance(Agent._create_tracker_store(None, DOMAIN), InMemoryTrackerStore)


def test_sqlite_writes_ahead(store: StrictTrackerStore) -> None:
    with store.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 20_000


def test_an_empty_address_stops_the_start() -> None:
    with pytest.raises(ValueError, match="url"):
        StrictTrackerStore(domain=DOMAIN, host="")


@pytest.mark.postgres
async def test_what_was_answered_is_stored_though_postgresql_comes_and_goes(
    postgres_url: str,
) -> None:
    """Pooled connections die, the server is away, and it comes back: an error or stored."""
    line = Proxy(int(str(make_url(postgres_url).port)))
    store = StrictTrackerStore(domain=DOMAIN, host=str(make_url(postgres_url).set(port=line.port)))
    name, answered, refused = f"c-{line.port}", [], 0
    for number in range(12):
        if number % 3 == 1:
            line.reset()
        line.cut(is_cut=number % 3 == 2)
        try:
            before = await store.retrieve(name) or DialogueStateTracker.from_events(name, [])
            before.update(UserUttered(str(number)))
            await store.save(before)
        except SQLAlchemyError:
            refused += 1
        else:
            answered.append(str(number))
    line.cut(is_cut=False)
    stored = await store.retrieve(name)
    store.engine.dispose()
    line.close()

    assert stored is not None
    assert [event.text for event in stored.events] == answered
    assert (len(answered), refused) == (8, 4)


async def test_a_disk_that_is_full_is_an_error_and_what_was_answered_is_stored(
    store: StrictTrackerStore, tmp_path: Path
) -> None:
    """A file may not grow any more, as on a full disk; the limit is this process's own."""
    await store.save(tracker("在吗"))
    log = tmp_path / "rasa.db-wal"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size, hard))
    try:
        with pytest.raises(OperationalError):
            await store.save(tracker("在吗", "开店"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    kept = await store.retrieve("c1")
    await store.save(tracker("在吗", "开店"))
    again = await store.retrieve("c1")

    assert kept is not None
    assert again is not None
    assert [event.text for event in kept.events] == ["在吗"]
    assert [event.text for event in again.events] == ["在吗", "开店"]
