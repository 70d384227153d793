from datetime import datetime, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from bot.domain.conversations import Conversation, Owner, UnknownConversation
from bot.store.unit_of_work import reading_factory, unit_of_work_factory

NOW = datetime(2026, 11, 26, tzinfo=timezone.utc)


def conversation(name: str) -> Conversation:
    return Conversation(id=name, channel="web", owner=Owner.BOT, created_at=NOW, updated_at=NOW)


def test_a_fresh_database_of_each_kind_answers(engine: Engine) -> None:
    with engine.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM conversations")).scalar() == 0


def test_who_only_reads_waits_for_no_writer_and_sees_what_was_committed(engine: Engine) -> None:
    write, read = unit_of_work_factory(engine), reading_factory(engine)
    with write() as unit:
        unit.conversations.add(conversation("before"), token_hash="a")
    with write() as unit:
        unit.conversations.add(conversation("after"), token_hash="b")
        with read() as reader:
            assert reader.conversations.get("before").id == "before"
            with pytest.raises(UnknownConversation):
                reader.conversations.get("after")

    with read() as reader:
        assert reader.conversations.get("after").id == "after"


def test_a_write_while_reading_is_refused_and_the_connection_can_write_again(
    engine: Engine,
) -> None:
    write, read = unit_of_work_factory(engine), reading_factory(engine)
    with pytest.raises(DBAPIError), read() as reader:
        reader.conversations.add(conversation("never"), token_hash="a")
    with write() as unit:
        unit.conversations.add(conversation("now"), token_hash="a")

    with read() as reader:
        assert reader.conversations.get("now").id == "now"
        with pytest.raises(UnknownConversation):
            reader.conversations.get("never")
