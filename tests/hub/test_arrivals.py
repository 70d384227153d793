"""Messages that come together are stored as each by itself would be, with few statements."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest
import pytest_asyncio
from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.domain.conversations import (
    Accepted,
    Attachment,
    Author,
    Button,
    Conversation,
    EmptyMessage,
    Heard,
    Inbound,
    Reply,
    Speaker,
    UnknownConversation,
)
from bot.services.conversations.arrivals import Arrival, accept_all
from bot.services.conversations.conversations import (
    hash_token,
    meant_in,
    open_pushed_conversation,
    open_web_conversation,
)
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.store.unit_of_work import unit_of_work_factory
from tests.fake_rasa import FakeRasa
from tests.hub.conftest import Scene, a_scene
from tests.hub.test_at_once import is_work, statements
from tests.services.test_conversations import NOW

TELEGRAM = "telegram"
TITLES = {"/greet": "你好"}
OFFERED = Reply("哪个区?", (Button("高新区", '/inform{"district": "高新区"}'),))


@pytest.fixture
def unit_of_work(engine: Engine) -> OpenUnitOfWork:
    return unit_of_work_factory(engine)


def meant(unit: UnitOfWork, heard: Heard, inbound: Inbound) -> Inbound | Accepted:
    return meant_in(unit, heard, inbound, titles=TITLES, is_numbered=True)


def arrival(
    person: str, text: str, payload: str | None = None, files: Sequence[Attachment] = ()
) -> Arrival:
    def read(talk: Conversation) -> Inbound:
        return Inbound(TELEGRAM, talk.id, f"{person}:{text}", text, payload, tuple(files))

    return Arrival(Speaker(person=(TELEGRAM, person)), read)


def store(unit_of_work: OpenUnitOfWork, *arrivals: Arrival) -> list[Accepted]:
    with unit_of_work() as unit:
        return [one for _, one in accept_all(unit, arrivals, now=NOW, meant=meant)]


def told(unit_of_work: OpenUnitOfWork, person: str) -> list[tuple[str, str | None, int]]:
    """Return what somebody has said there: text, command, how much was brought along."""
    with unit_of_work() as unit:
        talk = unit.conversations.find(TELEGRAM, person)
        assert talk is not None
        lines = unit.conversations.messages(talk.id)
    said = [one for one in lines if one.author is Author.APPLICANT]
    return [(one.text, one.payload, len(one.attachments)) for one in said]


def names(engine: Engine, *short: str) -> list[str]:
    """Return names that no other test on the same server has used."""
    return [f"{one}-of-arrivals-{engine.dialect.name}" for one in short]


def test_each_is_stored_as_it_would_be_alone(engine: Engine, unit_of_work: OpenUnitOfWork) -> None:
    new, known, pressing, again = names(engine, "new", "known", "pressing", "again")
    for one in (known, pressing):
        talk = open_pushed_conversation(unit_of_work, channel=TELEGRAM, external_id=one, now=NOW)
        with unit_of_work() as unit:
            unit.conversations.add_message(talk.id, OFFERED, now=NOW)
    before = store(unit_of_work, arrival(again, "再说一遍"))

    photo = Attachment("照片.jpg", "/f/1", "image/jpeg")
    stored = store(
        unit_of_work,
        arrival(new, "我想开个火锅店"),
        arrival(known, "1"),
        arrival(again, "再说一遍"),
        arrival(pressing, "", "/greet", [photo]),
    )

    assert [one.is_new for one in stored] == [True, True, False, True]
    assert stored[2].message_id == before[0].message_id
    assert told(unit_of_work, new) == [("我想开个火锅店", None, 0)]
    assert told(unit_of_work, known) == [("高新区", OFFERED.buttons[0].payload, 0)]
    assert told(unit_of_work, again) == [("再说一遍", None, 0)]
    assert told(unit_of_work, pressing) == [("你好", "/greet", 1)]


def test_what_is_stored_waits_for_a_worker_and_its_conversation_has_the_time(
    engine: Engine, unit_of_work: OpenUnitOfWork
) -> None:
    person, other = names(engine, "waits", "waits-too")
    (stored, _) = store(unit_of_work, arrival(person, "在吗"), arrival(other, "在吗"))

    with unit_of_work() as unit:
        assert unit.conversations.is_busy(stored.conversation_id)
        assert unit.conversations.get(stored.conversation_id).updated_at == NOW


def test_people_of_a_page_are_known_by_their_secrets(unit_of_work: OpenUnitOfWork) -> None:
    opened = [open_web_conversation(unit_of_work, now=NOW) for _ in range(3)]
    arrivals = [
        Arrival(
            Speaker(token_hash=hash_token(one.token)),
            lambda talk: Inbound("web", talk.id, "1", "在"),
        )
        for one in opened
    ]

    stored = store(unit_of_work, *arrivals)

    assert [one.conversation_id for one in stored] == [one.conversation_id for one in opened]


def test_a_secret_that_opens_nothing_is_refused(unit_of_work: OpenUnitOfWork) -> None:
    with pytest.raises(UnknownConversation):
        store(
            unit_of_work,
            Arrival(
                Speaker(token_hash=hash_token("nobody's")),
                lambda talk: Inbound("web", talk.id, "1", "在"),
            ),
        )


@pytest.mark.postgres
def test_any_number_of_messages_costs_three_statements(emptied_postgres: Engine) -> None:
    unit_of_work = unit_of_work_factory(emptied_postgres)
    numbers = range(20)
    known = [f"counted-{number}" for number in numbers]
    store(unit_of_work, *(arrival(one, "先说一句") for one in known))
    new = [f"counted-new-{number}" for number in numbers]

    with statements(emptied_postgres) as sent:
        store(unit_of_work, *(arrival(one, "再说一句") for one in (*known, *new)))

    assert len(list(filter(is_work, sent))) == 3, sent


@pytest.mark.postgres
def test_who_has_come_by_another_hub_meanwhile_keeps_his_conversation(
    emptied_postgres: Engine,
) -> None:
    """Two first messages in two hubs: the one whose commit comes second waits, and finds it."""
    unit_of_work, person = unit_of_work_factory(emptied_postgres), "raced-of-arrivals"
    theirs: list[str] = []

    def open_first(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO conversations") and not theirs:
            theirs.append("")  # the one that is opened now must not come here again
            talk = open_pushed_conversation(
                unit_of_work, channel=TELEGRAM, external_id=person, now=NOW
            )
            theirs[:] = [talk.id]

    event.listen(emptied_postgres, "before_cursor_execute", open_first)
    try:
        stored = store(unit_of_work, arrival(person, "在吗"), arrival(f"{person}-2", "在吗"))
    finally:
        event.remove(emptied_postgres, "before_cursor_execute", open_first)

    assert stored[0].conversation_id == theirs[0]
    assert told(unit_of_work, person) == [("在吗", None, 0)]


@pytest_asyncio.fixture
async def each_scene(engine: Engine, rasa: FakeRasa) -> AsyncIterator[Scene]:
    """A hub on each database; its workers do not run, so that they have no hand free."""
    async with a_scene(engine, rasa) as made:
        yield made


async def test_what_one_says_twice_among_others_keeps_its_order(each_scene: Scene) -> None:
    inbox = each_scene.hub.inbox

    def say(person: str, text: str) -> "asyncio.Task[Accepted]":
        one = arrival(person, text)
        assert one.speaker.person is not None
        return asyncio.ensure_future(inbox.receive_from(*one.speaker.person, one.read))

    people = [f"ordered-{number}-{each_scene.conversation_id}" for number in range(3)]
    words = ["一", "二", "三", "四"]

    stored = await asyncio.gather(*(say(person, text) for text in words for person in people))

    assert len({one.message_id for one in stored}) == len(stored)
    for person in people:
        assert told(each_scene.unit_of_work, person) == [(text, None, 0) for text in words]


async def test_an_empty_message_is_refused_and_those_beside_it_are_stored(
    each_scene: Scene,
) -> None:
    inbox, people = (
        each_scene.hub.inbox,
        [f"beside-{n}-{each_scene.conversation_id}" for n in range(4)],
    )

    outcomes = await asyncio.gather(
        *(
            inbox.receive_from(TELEGRAM, person, arrival(person, "" if n == 2 else "在吗").read)
            for n, person in enumerate(people)
        ),
        return_exceptions=True,
    )

    assert [type(one) for one in outcomes] == [Accepted, Accepted, EmptyMessage, Accepted]
    for n in (0, 1, 3):
        assert told(each_scene.unit_of_work, people[n]) == [("在吗", None, 0)]
