"""Stored conversations are cut into turns that can be said again."""

from sqlalchemy.engine import Engine

from bot.domain.conversations import Author, Inbound, Reply
from bot.services.conversations.conversations import (
    accept,
    open_pushed_conversation,
    open_web_conversation,
)
from bot.services.learning.replays import TEST_CHANNEL, past_conversations
from bot.store.unit_of_work import unit_of_work_factory
from tests.clocks import StillClock


def test_each_message_keeps_its_replies_and_an_agents_part_is_left_out(engine: Engine) -> None:
    unit_of_work, clock = unit_of_work_factory(engine), StillClock()
    opened = open_web_conversation(unit_of_work, now=clock())

    def say(text: str) -> None:
        inbound = Inbound("web", opened.conversation_id, text, text)
        accept(unit_of_work, inbound=inbound, now=clock())

    def reply(text: str, author: Author = Author.BOT) -> None:
        with unit_of_work() as unit:
            line = Reply(text, author=author)
            unit.conversations.add_message(opened.conversation_id, line, now=clock())

    say("在吗")
    reply("您好")
    reply("想办点什么")
    say("转人工")
    reply("我是客服", Author.AGENT)
    say("谢谢")

    (past,) = past_conversations(unit_of_work, limit=5)

    assert [turn.message.text for turn in past.turns] == ["在吗", "转人工"]
    assert [reply.text for reply in past.turns[0].replies] == ["您好", "想办点什么"]


def test_conversations_of_tests_and_empty_ones_are_left_out(engine: Engine) -> None:
    unit_of_work, clock = unit_of_work_factory(engine), StillClock()
    open_web_conversation(unit_of_work, now=clock())
    tested = open_pushed_conversation(
        unit_of_work, channel=TEST_CHANNEL, external_id="robot", now=clock()
    )
    accept(unit_of_work, inbound=Inbound(TEST_CHANNEL, tested.id, "1", "在吗"), now=clock())

    assert past_conversations(unit_of_work, limit=5) == ()
