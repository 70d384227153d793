"""The queue of events: written with the entry, sent once confirmed, found again for a replay."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import insert
from sqlalchemy.engine import Engine

from bot import logs
from bot.domain.cases import CaseState
from bot.domain.outgoing_events import OutgoingEvent
from bot.hub.events_out import run_events_out
from bot.services.conversations import outgoing_events as outgoing
from bot.services.conversations.outgoing_ports import BrokerDown
from bot.store.tables.outgoing import OUTGOING_EVENTS
from bot.store.unit_of_work import unit_of_work_factory
from tests.casework_factories import NOW, case, whistle

EPOCH = NOW.replace(year=2000)
LATER = NOW + timedelta(days=1)


class Taking:
    """A broker of these tests: confirms so many events, then is down."""

    def __init__(self, confirms: int = 1000) -> None:
        self.confirms = confirms
        self.taken: list[OutgoingEvent] = []

    def send(self, events: Sequence[OutgoingEvent]) -> int:
        taken = list(events)[: self.confirms]
        self.confirms -= len(taken)
        if not taken:
            raise BrokerDown("away")
        self.taken += taken
        return len(taken)


def three_events(engine: Engine) -> str:
    """Open a case and move it twice."""
    moves = ((CaseState.RECTIFICATION, NOW), (CaseState.ACCEPTED, NOW))
    return case(unit_of_work_factory(engine), *moves).number


def test_an_entry_that_is_rolled_back_leaves_no_event(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    with suppress(ZeroDivisionError), unit() as opened:
        case(lambda: _Open(opened))  # type: ignore[arg-type,return-value]
        assert opened.outgoing.state().count == 1
        raise ZeroDivisionError

    assert outgoing.look(unit).count == 0


class _Open:
    """A transaction that is open already and is not ended here."""

    def __init__(self, unit: object) -> None:
        self._unit = unit

    def __enter__(self) -> object:
        return self._unit

    def __exit__(self, *_: object) -> None:
        return None


def test_cases_and_whistles_are_queued_in_the_order_they_happened(engine: Engine) -> None:
    unit, broker = unit_of_work_factory(engine), Taking()
    number, ticket = three_events(engine), whistle(unit)

    outgoing.send_waiting(unit, broker, now=NOW)

    told = [(event.type, event.subject, event.to) for event in broker.taken]
    assert told[:3] == [
        ("case.opened", number, "received"),
        ("case.moved", number, "rectification"),
        ("case.moved", number, "accepted"),
    ]
    assert told[3][:2] == ("ticket.opened", ticket.number)


def test_what_was_not_confirmed_is_sent_again_with_the_same_id(engine: Engine) -> None:
    three_events(engine)
    unit, broker = unit_of_work_factory(engine), Taking(confirms=2)

    assert outgoing.send_waiting(unit, broker, now=NOW) == 2
    with pytest.raises(BrokerDown):
        outgoing.send_waiting(unit, broker, now=NOW)
    broker.confirms = 10
    assert outgoing.send_waiting(unit, broker, now=NOW) == 1

    assert len({event.id for event in broker.taken}) == 3


def test_one_process_sends_at_a_time_and_another_goes_on_after_its_death(engine: Engine) -> None:
    three_events(engine)
    unit, broker = unit_of_work_factory(engine), Taking()
    with unit() as opened:
        opened.cursors.claim(outgoing.CURSOR, lease="dead", now=NOW, until=NOW + outgoing.LEASE)

    assert outgoing.send_waiting(unit, broker, now=NOW) == 0
    assert outgoing.send_waiting(unit, broker, now=NOW + outgoing.LEASE) == 3


def test_an_entry_that_is_gone_holds_nothing_up(engine: Engine) -> None:
    unit, broker = unit_of_work_factory(engine), Taking()
    with engine.begin() as connection:
        connection.execute(insert(OUTGOING_EVENTS).values(source="case", ref_id=99, at=NOW))
    three_events(engine)

    assert outgoing.send_waiting(unit, broker, now=NOW) == 3
    assert outgoing.look(unit).count == 0


def test_a_span_is_sent_again_with_the_ids_it_had(engine: Engine) -> None:
    three_events(engine)
    unit, broker = unit_of_work_factory(engine), Taking()
    outgoing.send_waiting(unit, broker, now=NOW)
    first = [event.id for event in broker.taken]

    assert outgoing.replay(unit, since=EPOCH, until=NOW) == 0, "the end does not belong to it"
    assert outgoing.replay(unit, since=NOW, until=LATER) == 3
    assert outgoing.replay(unit, since=NOW, until=LATER) == 0, "what waits is not queued twice"
    assert not outgoing.is_late(outgoing.look(unit), LATER), "old news say nothing of the broker"
    outgoing.send_waiting(unit, broker, now=NOW)

    assert [event.id for event in broker.taken[3:]] == first


def test_without_a_broker_the_queue_stays_short(engine: Engine) -> None:
    three_events(engine)
    unit = unit_of_work_factory(engine)

    assert outgoing.drop_old(unit, now=NOW) == 0
    assert outgoing.drop_old(unit, now=NOW + timedelta(days=2)) == 3


async def test_the_clock_sends_and_raises_the_alarm_when_it_cannot(
    sqlite_engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure(json=True)
    three_events(sqlite_engine)
    unit, broker = unit_of_work_factory(sqlite_engine), Taking(confirms=0)
    late = NOW + timedelta(minutes=6)
    running = asyncio.create_task(run_events_out(unit, broker, now=lambda: late, every_s=0.01))
    said = ""
    for _ in range(3000):
        await asyncio.sleep(0.01)
        said += capsys.readouterr().err
        if "events_out_late" in said:
            broker.confirms = 10
        if len(broker.taken) == 3:
            break
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    assert '"oldest_age_s": 360' in said
    assert len(broker.taken) == 3
