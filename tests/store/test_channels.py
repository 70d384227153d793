"""What channels need of the store, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.engine import Engine

from bot.domain.conversations import Author, Button, Inbound, Reply
from bot.services.conversations.channel_events import found_again, lose, note
from bot.services.conversations.conversations import accept, open_pushed_conversation
from bot.services.conversations.deliveries import list_failed_deliveries, note_part
from bot.services.desk.handovers import say_as_system
from bot.services.ports import OpenUnitOfWork
from bot.store.unit_of_work import unit_of_work_factory

NOW = datetime(2026, 11, 26, 2, 0, tzinfo=timezone.utc)
TWO = (Button("甲", "/affirm"), Button("乙", "/deny"))


@pytest.fixture
def store(engine: Engine) -> OpenUnitOfWork:
    return unit_of_work_factory(engine)


def open_talk(store: OpenUnitOfWork, person: str = "李雷") -> str:
    return open_pushed_conversation(store, channel="telegram", external_id=person, now=NOW).id


def say(store: OpenUnitOfWork, talk: str, text: str, *, author: Author = Author.BOT) -> int:
    with store() as unit:
        reply = Reply(text, TWO if author is Author.BOT else (), author=author)
        return unit.conversations.add_message(talk, reply, now=NOW).id


def typed(store: OpenUnitOfWork, talk: str, text: str, name: str) -> str | None:
    """Type a text where choices are numbered; returns the payload that it pressed."""
    inbound = Inbound("telegram", talk, name, text)
    accept(store, inbound=inbound, now=NOW, is_numbered=True)
    with store() as unit:
        return unit.conversations.messages(talk)[-1].payload


def test_two_first_messages_at_the_same_time_are_one_conversation(store: OpenUnitOfWork) -> None:
    with ThreadPoolExecutor(4) as pool:
        talks = set(pool.map(lambda _number: open_talk(store), range(8)))

    assert len(talks) == 1


def test_a_number_presses_the_newest_choices_only_until_somebody_speaks(
    store: OpenUnitOfWork,
) -> None:
    talk = open_talk(store)
    say(store, talk, "哪个？")
    assert typed(store, talk, "2", "1") == "/deny"
    assert typed(store, talk, "2", "2") is None, "answered already"
    say(store, talk, "哪个？")
    say(store, talk, "您好，我是韩梅梅", author=Author.AGENT)
    assert typed(store, talk, "1", "3") is None, "meant for her"


def test_buttons_are_found_by_their_line_in_their_own_conversation(store: OpenUnitOfWork) -> None:
    talk, other = open_talk(store), open_talk(store, "王五")
    line = say(store, talk, "哪个？")
    with store() as unit:
        assert unit.conversations.offered_by(talk, line) == TWO
        assert unit.conversations.offered_by(other, line) == ()
        assert unit.conversations.offered_by(talk, 999) == ()


def test_whoever_is_lost_gets_nothing_until_found_again(store: OpenUnitOfWork) -> None:
    talk = open_talk(store)
    first = say(store, talk, "一")
    lose(store, conversation_id=talk, now=NOW)
    second = say(store, talk, "二")
    with store() as unit:
        assert unit.deliveries.failed_among([first, second]) == {first, second}
        assert unit.deliveries.claim(channels=["telegram"], now=NOW, until=NOW) is None
    assert len(list_failed_deliveries(store)) == 2
    found_again(store, conversation_id=talk)
    say(store, talk, "三")
    with store() as unit:
        claimed = unit.deliveries.claim(channels=["telegram"], now=NOW, until=NOW)
    assert claimed is not None
    assert claimed.message.text == "三"


def test_a_piece_that_is_out_is_remembered_and_the_line_is_held_longer(
    store: OpenUnitOfWork,
) -> None:
    talk = open_talk(store)
    say(store, talk, "很长")
    minute = timedelta(minutes=1)
    with store() as unit:
        claimed = unit.deliveries.claim(channels=["telegram"], now=NOW, until=NOW + minute)
    assert claimed is not None
    note_part(store, delivery=claimed, parts_sent=2, now=NOW + minute, send_timeout=minute)
    with store() as unit:
        again = unit.deliveries.claim(channels=["telegram"], now=NOW + minute, until=NOW)
        later = unit.deliveries.claim(channels=["telegram"], now=NOW + 2 * minute, until=NOW)

    assert again is None
    assert later is not None
    assert later.parts_sent == 2


def test_a_cursor_has_one_holder_and_keeps_its_place(store: OpenUnitOfWork) -> None:
    until = NOW + timedelta(minutes=1)
    with store() as unit:
        assert unit.cursors.claim("telegram", lease="a", now=NOW, until=until) == 0
        assert unit.cursors.claim("telegram", lease="b", now=NOW, until=until) is None
        assert unit.cursors.claim("wecom", lease="b", now=NOW, until=until) == 0
        assert unit.cursors.advance("telegram", lease="a", position=2**40)
        assert not unit.cursors.advance("telegram", lease="b", position=1)
    with store() as unit:
        assert unit.cursors.claim("telegram", lease="b", now=until, until=until) == 2**40
        assert not unit.cursors.advance("telegram", lease="a", position=1)
        unit.cursors.release("telegram", lease="b")
        assert unit.cursors.claim("telegram", lease="c", now=NOW, until=until) == 2**40


def test_what_is_noted_needs_no_turn_and_stands_in_the_transcript_once(
    store: OpenUnitOfWork,
) -> None:
    talk = open_talk(store)
    for _time in range(2):
        note(
            store,
            conversation_id=talk,
            external_id="v1",
            text="（语音）",
            now=NOW,
            told=(Reply("请打字"),),
        )
    say_as_system(store, conversation_id=talk, reply=Reply("好"), now=NOW)
    with store() as unit:
        lines = [line.text for line in unit.conversations.messages(talk)]
        is_busy = unit.conversations.is_busy(talk)
        last = unit.conversations.last_external_id(talk)

    assert lines == ["（语音）", "请打字", "好"]
    assert not is_busy
    assert last == "v1"
