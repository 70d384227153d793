"""A kept tracker is the one that the database would give, and never goes over somebody else's."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    ConversationPaused,
    FollowupAction,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.slots import AnySlot, Slot
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlu.kept_trackers import KeptTrackers
from bot.nlu.levers import round_trips, sessions, trackers
from bot.nlu.strict_tracker_store import StrictTrackerStore, TrackerConflict
from tests.keys import TEST_KEYS

DOMAIN = Domain([], [], [AnySlot("trade", mappings=[{}])], {}, [], {}, {})


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param("postgresql", marks=pytest.mark.postgres),
        pytest.param("postgresql in one trip", marks=pytest.mark.postgres),
    ]
)
def url(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """Address of a database without events; the lever is pulled."""
    monkeypatch.setattr(StrictTrackerStore, "keeps_trackers", StrictTrackerStore.keeps_trackers)
    monkeypatch.setattr(StrictTrackerStore, "is_one_trip", False)
    trackers.LEVER.pull()
    if request.param.endswith("one trip"):
        round_trips.LEVER.pull()
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'rasa.db'}"
        return
    address = str(request.getfixturevalue("postgres_url"))
    yield address
    engine = sa.create_engine(address)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE events")
    engine.dispose()


@pytest.fixture
def open_store(url: str) -> Iterator[SimpleNamespace]:
    """Open stores on the same database, as several Rasa processes would."""
    opened: list[StrictTrackerStore] = []

    def new() -> StrictTrackerStore:
        opened.append(StrictTrackerStore(domain=DOMAIN, host=url, keys=TEST_KEYS))
        return opened[-1]

    yield SimpleNamespace(new=new)
    for store in opened:
        store.close_connections()


async def said(store: StrictTrackerStore) -> list[str | None]:
    tracker = await store.retrieve("c1")
    assert tracker is not None
    return [event.text for event in tracker.events if isinstance(event, UserUttered)]


async def say(store: StrictTrackerStore, *texts: str) -> DialogueStateTracker:
    tracker = await store.get_or_create_tracker("c1", append_action_listen=False)
    for text in texts:
        tracker.update(UserUttered(text))
        tracker.update(SlotSet("trade", text))
    await store.save(tracker)
    return tracker


async def test_a_tracker_that_nobody_touched_is_used_again(open_store: SimpleNamespace) -> None:
    store = open_store.new()
    first = await say(store, "在吗", "开店")

    assert await store.retrieve("c1") is first


async def test_what_is_kept_is_what_the_database_gives(open_store: SimpleNamespace) -> None:
    store = open_store.new()
    for text in ("在吗", "开店", "在东昌府"):
        await say(store, text)
    kept, read = await store.retrieve("c1"), await open_store.new().retrieve("c1")

    assert kept is not None
    assert read is not None
    assert [event.as_dict() for event in kept.events] == [e.as_dict() for e in read.events]
    assert kept.get_slot("trade") == "在东昌府"
    assert kept.current_state() == read.current_state()


async def test_what_another_process_wrote_is_seen(open_store: SimpleNamespace) -> None:
    store, other = open_store.new(), open_store.new()
    await say(store, "在吗")
    await say(other, "开店")

    assert await said(store) == ["在吗", "开店"]


async def test_a_write_over_somebody_elses_is_refused_and_nothing_is_lost(
    open_store: SimpleNamespace,
) -> None:
    store, other = open_store.new(), open_store.new()
    await say(store, "在吗")
    mine = await store.retrieve("c1")
    assert mine is not None
    await say(other, "开店")
    mine.update(UserUttered("来不及了"))

    with pytest.raises(TrackerConflict):
        await store.save(mine)
    assert await said(store) == await said(other) == ["在吗", "开店"]


async def test_a_turn_that_broke_leaves_nothing_half_done(open_store: SimpleNamespace) -> None:
    store = open_store.new()
    await say(store, "在吗")
    broken = await store.retrieve("c1")
    assert broken is not None
    broken.update(UserUttered("断在半路"))

    assert await said(store) == ["在吗"]


async def test_a_first_turn_that_broke_leaves_nothing_half_done(
    open_store: SimpleNamespace,
) -> None:
    store = open_store.new()
    broken = await store.get_or_create_tracker("c1", append_action_listen=False)
    broken.update(UserUttered("断在半路"))

    again = await store.get_or_create_tracker("c1", append_action_listen=False)
    assert list(again.events) == []


async def test_a_new_session_is_read_alone(open_store: SimpleNamespace) -> None:
    store = open_store.new()
    await say(store, "在吗")
    tracker = await store.retrieve("c1")
    assert tracker is not None
    tracker.update(SessionStarted())
    tracker.update(UserUttered("又来了"))
    await store.save(tracker)

    assert await said(store) == ["又来了"]
    everything = await store.retrieve_full_tracker("c1")
    assert everything is not None
    assert [e.text for e in everything.events if isinstance(e, UserUttered)] == ["在吗", "又来了"]


@pytest.mark.postgres
@pytest.mark.parametrize("url", ["postgresql", "postgresql in one trip"], indirect=True)
async def test_an_event_that_is_lost_in_the_middle_takes_the_others_with_it(
    open_store: SimpleNamespace,
) -> None:
    store = open_store.new()
    tracker = await say(store, "在吗")
    tracker.update(UserUttered("开店"))
    tracker.update(UserUttered("x", {"name": "n" * 300}))  # longer than its column

    with pytest.raises(Exception, match="too long"):
        await store.save(tracker)
    assert await said(open_store.new()) == ["在吗"]


def test_only_so_many_trackers_are_kept() -> None:
    kept = KeptTrackers(most=2)
    for name in "abc":
        kept.put(DialogueStateTracker(name, []))

    assert [kept.take(name) is None for name in "abc"] == [True, False, False]


def long_tracker(*more: object) -> DialogueStateTracker:
    slots: list[Slot] = [AnySlot("trade", mappings=[{}]), AnySlot("area", mappings=[{}])]
    tracker = DialogueStateTracker("c1", slots)
    for number in range(sessions.MAX_EVENTS):
        tracker.update(SlotSet("trade", number))
    tracker.update(ActionExecuted("action_listen"))
    for event in more:
        tracker.update(event)  # type: ignore[arg-type]
    return tracker


@pytest.mark.parametrize(
    ("more", "is_full"),
    [
        ((), True),
        ((ActiveLoop("whistle_form"),), False),
        ((ConversationPaused(),), False),
        ((FollowupAction("action_help"),), False),
        ((ActiveLoop("whistle_form"), ActiveLoop(None)), True),
    ],
)
def test_a_session_ends_only_when_nothing_is_open(more: tuple[object, ...], is_full: bool) -> None:
    assert sessions.is_full(long_tracker(*more)) is is_full


def test_a_short_session_goes_on() -> None:
    assert not sessions.is_full(DialogueStateTracker.from_events("c1", [UserUttered("在吗")]))


def test_each_slot_is_carried_over_once_with_its_last_value() -> None:
    tracker = long_tracker(SlotSet("area", 120), SlotSet("trade", "火锅"), SlotSet("area", None))

    assert [(e.key, e.value) for e in sessions.carried_over(tracker)] == [("trade", "火锅")]
