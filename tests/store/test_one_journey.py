"""Transactions that cost fewer journeys are still transactions."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import DBAPIError

from bot.domain.conversations import Author, Inbound, Owner, Reply, Turn, TurnOutcome
from bot.services.conversations.conversations import accept, open_web_conversation, read_transcript
from bot.services.conversations.turns import Beginning, complete_turn, say_outcome
from bot.services.ports import OpenUnitOfWork
from bot.store.engine import open_engine
from bot.store.one_journey import JourneyConnection
from bot.store.unit_of_work import unit_of_work_factory
from tests.emptying import empty
from tests.keys import TEST_KEYS

pytestmark = pytest.mark.postgres

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=timezone.utc)
ANSWER = TurnOutcome(replies=(Reply("要办营业执照"),))
QUERY = b"Q"
ASKED_FIRST = {struct.pack("!i", 80877103), struct.pack("!i", 80877104)}
"""Numbers of the questions for TLS and GSSAPI, which come before the first message."""


@dataclass
class Road:
    """Counts what goes to the server."""

    port: int
    sent: list[bytes] = field(default_factory=list)

    def note(self, near: socket.socket, far: socket.socket) -> None:
        kept, is_started = b"", False
        with suppress(OSError):
            while piece := near.recv(65_536):
                kept += piece
                while len(kept) > (head := 5 if is_started else 4):
                    (size,) = struct.unpack("!i", kept[head - 4 : head])
                    whole = size + head - 4
                    if len(kept) < whole:
                        break
                    if kept[:1] == QUERY and is_started:
                        self.sent.append(kept[5 : whole - 1])
                    is_asking = not is_started and kept[4:8] in ASKED_FIRST
                    kept, is_started = kept[whole:], not is_asking
                far.sendall(piece)


@contextmanager
def road_to(target: int) -> Iterator[Road]:
    """Pass connections on to a server of loopback."""
    listening = socket.create_server(("127.0.0.1", 0))
    road = Road(listening.getsockname()[1])

    def back(far: socket.socket, near: socket.socket) -> None:
        with suppress(OSError):
            while piece := far.recv(65_536):
                near.sendall(piece)
        near.close()

    def serve() -> None:
        with suppress(OSError):
            while True:
                near, _ = listening.accept()
                far = socket.create_connection(("127.0.0.1", target))
                threading.Thread(target=road.note, args=(near, far), daemon=True).start()
                threading.Thread(target=back, args=(far, near), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    with closing(listening):
        yield road


@pytest.fixture
def road(postgres_engine: Engine) -> Iterator[Road]:
    with road_to(postgres_engine.url.port or 0) as road:
        yield road
    empty(postgres_engine)


@pytest.fixture
def engine(postgres_engine: Engine, road: Road) -> Iterator[Engine]:
    url = make_url(str(postgres_engine.url)).set(port=road.port)
    address = url.render_as_string(hide_password=False)
    engine = open_engine(address, TEST_KEYS, kept=2, more=0, made_by=JourneyConnection)
    with engine.begin() as connection:
        connection.exec_driver_sql("SELECT 1")  # what each new connection is asked first
    road.sent.clear()
    yield engine
    engine.dispose()


@pytest.fixture
def unit_of_work(engine: Engine) -> OpenUnitOfWork:
    return unit_of_work_factory(engine)


def begun(unit_of_work: OpenUnitOfWork, text: str = "我想开店") -> Turn:
    opened = open_web_conversation(unit_of_work, now=NOW)
    inbound = Inbound("web", opened.conversation_id, text, text=text)
    beginning = Beginning(timedelta(hours=1))
    turn = accept(unit_of_work, inbound=inbound, now=NOW, beginning=beginning).turn
    assert turn is not None
    return turn


def lines(unit_of_work: OpenUnitOfWork, turn: Turn) -> list[tuple[Author, str]]:
    page = read_transcript(unit_of_work, conversation_id=turn.message.conversation_id)
    return [(line.author, line.text) for line in page.messages]


def test_begin_goes_along_with_the_first_statement(engine: Engine, road: Road) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("SELECT 1")
        connection.exec_driver_sql("SELECT 2")

    assert road.sent == [b"BEGIN; SELECT 1", b"SELECT 2", b"COMMIT"]


def test_a_transaction_without_statements_costs_nothing(engine: Engine, road: Road) -> None:
    with engine.begin():
        pass

    assert road.sent == []


def test_what_was_done_is_undone_with_it(engine: Engine) -> None:
    """Also what is written with many values at once, and behind a savepoint."""
    table = sa.table("undone", sa.column("number"))
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE undone (number integer)")
    for many in ([{"number": 1}], [{"number": one} for one in range(3)]):
        with engine.connect() as connection, connection.begin() as transaction:
            connection.execute(sa.insert(table), many)
            with connection.begin_nested():
                connection.execute(sa.insert(table), many)
            transaction.rollback()
    with engine.begin() as connection:
        found = connection.execute(sa.select(sa.func.count()).select_from(table)).scalar()
        connection.exec_driver_sql("DROP TABLE undone")

    assert found == 0


def test_the_driver_s_own_many_are_undone_as_well(engine: Engine) -> None:
    raw = engine.raw_connection()
    with closing(raw), closing(raw.cursor()) as cursor:
        cursor.execute("CREATE TEMPORARY TABLE undone (number integer)")
        raw.commit()
        cursor.executemany("INSERT INTO undone VALUES (%s)", [(1,), (2,)])
        raw.rollback()
        cursor.execute("SELECT count(*) FROM undone")
        assert cursor.fetchone() == (0,)


def test_an_error_leaves_a_connection_that_can_be_used(engine: Engine) -> None:
    with pytest.raises(DBAPIError), engine.begin() as connection:
        connection.exec_driver_sql("SELECT 1 / 0")
    with engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1


def test_an_answer_of_one_line_is_one_journey(unit_of_work: OpenUnitOfWork, road: Road) -> None:
    complete_turn(unit_of_work, turn=begun(unit_of_work, "先备好"), outcome=ANSWER, now=NOW)
    turn = begun(unit_of_work)
    road.sent.clear()

    said = say_outcome(unit_of_work, turn=turn, outcome=ANSWER, now=NOW)

    assert len(road.sent) == 1
    assert road.sent[0].count(b"EXECUTE") == 2
    assert said.is_whole
    assert [line.text for line in said.lines] == ["要办营业执照"]
    page = read_transcript(unit_of_work, conversation_id=turn.message.conversation_id)
    assert page.messages[-1:] == said.lines
    assert not page.busy


def test_an_answer_after_something_else_has_come_is_not_whole(
    unit_of_work: OpenUnitOfWork,
) -> None:
    """A page that took it as it is would never show what came between."""
    turn = begun(unit_of_work)
    later = Inbound("web", turn.message.conversation_id, "later", text="还有")
    accept(unit_of_work, inbound=later, now=NOW)

    said = say_outcome(unit_of_work, turn=turn, outcome=ANSWER, now=NOW)

    assert not said.is_whole
    assert lines(unit_of_work, turn)[-1] == (Author.BOT, "要办营业执照")


def test_an_answer_after_a_take_over_is_dropped(unit_of_work: OpenUnitOfWork) -> None:
    turn = begun(unit_of_work)
    with unit_of_work() as unit:
        unit.conversations.change_owner(
            turn.message.conversation_id, seen=Owner.BOT, to=Owner.WAITING, now=NOW
        )

    said = say_outcome(unit_of_work, turn=turn, outcome=ANSWER, now=NOW)

    assert said.is_dropped
    assert lines(unit_of_work, turn) == [(Author.APPLICANT, "我想开店")]


def test_an_answer_whose_claim_was_lost_is_not_said_twice(unit_of_work: OpenUnitOfWork) -> None:
    turn = begun(unit_of_work)
    complete_turn(unit_of_work, turn=turn, outcome=ANSWER, now=NOW)

    with pytest.raises(Exception, match=turn.message.conversation_id):
        complete_turn(unit_of_work, turn=turn, outcome=ANSWER, now=NOW)

    assert len(lines(unit_of_work, turn)) == 2


def test_what_is_known_goes_with_it(unit_of_work: OpenUnitOfWork) -> None:
    turn = begun(unit_of_work)
    outcome = TurnOutcome(replies=(Reply("好"),), fields={"district": "莘县"})

    say_outcome(unit_of_work, turn=turn, outcome=outcome, now=NOW)

    with unit_of_work() as unit:
        kept = unit.conversations.get(turn.message.conversation_id).fields
    assert kept == {"district": "莘县"}
