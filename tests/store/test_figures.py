from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.engine import Engine

from bot.domain.conversations import Author, Conversation, Owner, Reply
from bot.domain.figures import Figures, Waiting
from bot.services.ports import OpenUnitOfWork
from bot.services.times.local_time import local_day
from bot.store.unit_of_work import reading_factory, unit_of_work_factory
from tests.casework_factories import whistle

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=timezone.utc)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def unit_of_work(engine: Engine) -> OpenUnitOfWork:
    return unit_of_work_factory(engine)


def figures(engine: Engine, now: datetime) -> Figures:
    with reading_factory(engine)() as unit:
        return unit.figures.read(now=now, today=local_day(now))


def test_nothing_waits_in_an_empty_database(engine: Engine) -> None:
    found = figures(engine, NOW)
    assert (found.inbox, found.queue, found.outbox, found.owners) == (Waiting(), Waiting(), {}, {})
    assert {one.due + one.late for one in found.clocks.values()} == {0}


def test_what_waits_is_counted_with_the_age_of_the_oldest(
    engine: Engine, unit_of_work: OpenUnitOfWork
) -> None:
    with unit_of_work() as unit:
        for name, channel in (("c1", "web"), ("c2", "telegram")):
            unit.conversations.add(
                Conversation(name, channel, Owner.BOT, created_at=NOW, updated_at=NOW),
                external_id=f"person-{name}",
            )
        unit.conversations.add_inbound(
            "c1", author=Author.APPLICANT, text="在吗", payload=None, external_id="m1", now=NOW
        )
        unit.conversations.add_message("c2", Reply("您好"), now=NOW)
        unit.conversations.change_owner("c2", seen=Owner.BOT, to=Owner.WAITING, now=NOW)
    found = figures(engine, NOW + 2 * MINUTE)
    assert found.inbox == Waiting(1, 120.0)
    assert found.queue == Waiting(1, 120.0)
    assert found.outbox == {"telegram": Waiting(1, 120.0)}
    assert found.owners == {"bot": 1, "waiting": 1}


def test_a_clock_that_nobody_fires_shows_as_lag(
    engine: Engine, unit_of_work: OpenUnitOfWork
) -> None:
    with unit_of_work() as unit:
        unit.conversations.add(
            Conversation("c1", "web", Owner.BOT, created_at=NOW, updated_at=NOW), external_id="p"
        )
    whistle(unit_of_work, at=NOW, conversation_id="c1")
    fresh = figures(engine, NOW).clocks["ticket"]
    later = figures(engine, NOW + timedelta(days=60)).clocks["ticket"]
    assert (fresh.late, fresh.lag_s) == (0, 0.0)
    assert later.late == 1
    assert later.lag_s > 0
