"""Events reach a city's data platform through a real RabbitMQ, whatever happens to it."""

import json
from collections.abc import Iterator
from datetime import timedelta

import jsonschema
import pika
import pytest
from sqlalchemy.engine import Engine

from bot.domain.cases import CaseState
from bot.domain.outgoing_events import OutgoingEvent
from bot.hub.rabbit import Rabbit
from bot.operations.ports_free import free_port
from bot.services.conversations import outgoing_events
from bot.services.conversations.outgoing_ports import BrokerDown
from bot.settings import ROOT
from bot.store.unit_of_work import unit_of_work_factory
from tests.casework_factories import NOW, case
from tests.engines import Rabbitmq, find_rabbitmq, rabbitmq_server

EXCHANGE, QUEUE = "xiaoer.events", "platform"
SCHEMA = json.loads((ROOT / "docs" / "events.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rabbitmq]:
    if find_rabbitmq() is None:
        pytest.skip("no RabbitMQ on this machine: install Debian's rabbitmq-server")
    with rabbitmq_server(tmp_path_factory.mktemp("rabbitmq")) as running:
        yield running


class Platform:
    """The reader at the other end: a durable queue bound to everything."""

    def __init__(self, url: str) -> None:
        self._url = url

    def bind(self) -> None:
        with pika.BlockingConnection(pika.URLParameters(self._url)) as connection:
            channel = connection.channel()
            channel.exchange_declare(EXCHANGE, exchange_type="topic", durable=True)
            channel.queue_declare(QUEUE, durable=True)
            channel.queue_bind(QUEUE, EXCHANGE, "#")

    def unbind(self) -> None:
        with pika.BlockingConnection(pika.URLParameters(self._url)) as connection:
            connection.channel().queue_delete(QUEUE)

    def read(self) -> list[dict[str, object]]:
        found = []
        with pika.BlockingConnection(pika.URLParameters(self._url)) as connection:
            channel = connection.channel()
            while True:
                method, properties, body = channel.basic_get(QUEUE, auto_ack=True)
                if method is None:
                    return found
                event = json.loads(body)
                assert properties.message_id == event["id"]
                assert properties.delivery_mode == 2
                assert method.routing_key == event["type"]
                found.append(event)


@pytest.fixture
def platform(server: Rabbitmq) -> Iterator[Platform]:
    reader = Platform(server.url)
    reader.bind()
    yield reader
    reader.unbind()


def moved_case(engine: Engine, **values: str) -> str:
    """Open a case and move it twice: three events."""
    moves = ((CaseState.RECTIFICATION, NOW), (CaseState.ACCEPTED, NOW))
    made = case(unit_of_work_factory(engine), *moves, **values)  # type: ignore[arg-type]
    return made.number


def test_what_happened_arrives_in_order_and_as_documented(
    sqlite_engine: Engine, server: Rabbitmq, platform: Platform
) -> None:
    number, unit = moved_case(sqlite_engine), unit_of_work_factory(sqlite_engine)

    sent = outgoing_events.send_waiting(unit, Rabbit(server.url, EXCHANGE), now=NOW)
    read = platform.read()

    assert sent == len(read) == 3
    assert [event["type"] for event in read] == ["case.opened", "case.moved", "case.moved"]
    assert {event["subject"] for event in read} == {number}
    for event in read:
        jsonschema.validate(event, SCHEMA, format_checker=jsonschema.FormatChecker())
    assert outgoing_events.look(unit).count == 0


def test_nothing_of_a_person_is_sent(
    sqlite_engine: Engine, server: Rabbitmq, platform: Platform
) -> None:
    moved_case(sqlite_engine)
    unit = unit_of_work_factory(sqlite_engine)
    outgoing_events.send_waiting(unit, Rabbit(server.url, EXCHANGE), now=NOW)

    sent = json.dumps(platform.read(), ensure_ascii=False)

    for personal in ("李雷", "13800138000", "91440101MA5CJQ4N59", "健康证明"):
        assert personal not in sent


def test_while_nobody_takes_them_events_wait(sqlite_engine: Engine, server: Rabbitmq) -> None:
    moved_case(sqlite_engine)
    unit, broker = unit_of_work_factory(sqlite_engine), Rabbit(server.url, "xiaoer.alone")

    with pytest.raises(BrokerDown):
        outgoing_events.send_waiting(unit, broker, now=NOW)

    waiting = outgoing_events.look(unit)
    assert waiting.count == 3
    assert not outgoing_events.is_late(waiting, NOW + timedelta(minutes=4))
    assert outgoing_events.is_late(waiting, NOW + timedelta(minutes=6))


def test_with_the_broker_away_events_wait_and_another_process_may_try_at_once(
    sqlite_engine: Engine, server: Rabbitmq, platform: Platform
) -> None:
    moved_case(sqlite_engine)
    unit = unit_of_work_factory(sqlite_engine)
    away = Rabbit(f"amqp://guest:guest@127.0.0.1:{free_port()}/%2F", EXCHANGE)
    with pytest.raises(BrokerDown):
        outgoing_events.send_waiting(unit, away, now=NOW)

    assert outgoing_events.send_waiting(unit, Rabbit(server.url, EXCHANGE), now=NOW) == 3
    assert len(platform.read()) == 3


def test_what_was_sent_survives_the_death_of_the_broker(
    sqlite_engine: Engine, server: Rabbitmq, platform: Platform
) -> None:
    moved_case(sqlite_engine)
    unit, broker = unit_of_work_factory(sqlite_engine), Rabbit(server.url, EXCHANGE)
    outgoing_events.send_waiting(unit, broker, now=NOW)
    server.stop()
    with pytest.raises(BrokerDown):
        broker.send([event()])
    server.start()

    assert len(platform.read()) == 3


def event() -> OutgoingEvent:
    return OutgoingEvent("case", 1, "moved", NOW, "371500202611230001")
