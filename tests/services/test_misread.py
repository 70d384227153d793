"""What was not understood is kept with the turn, and never at its cost."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.domain.conversations import Reply, TurnOutcome
from bot.domain.learning import GuessPressed, MisreadReason
from bot.services.conversations import turns
from bot.services.conversations.conversations import open_web_conversation, read_transcript
from bot.services.learning.misread import KEPT_FOR, forget_old
from bot.services.ports import OpenUnitOfWork
from bot.store.unit_of_work import unit_of_work_factory
from tests.desk_cast import NOW, Cast
from tests.learning_factories import NEEDLE, misread, not_understood


@pytest.fixture
def store(engine: Engine) -> OpenUnitOfWork:
    return unit_of_work_factory(engine)


def test_a_message_is_kept_with_reason_candidates_and_model(store: OpenUnitOfWork) -> None:
    message_id = not_understood(store, NEEDLE[0], now=NOW)

    with store() as unit:
        (kept,) = unit.misunderstood.undecided(10)
    assert (kept.message_id, kept.text, kept.model) == (message_id, NEEDLE[0], "a.tar.gz")
    assert kept.misread == misread()
    assert kept.expires_at == NOW + KEPT_FOR
    assert kept.lesson_id is None


def test_numbers_that_name_somebody_are_masked(store: OpenUnitOfWork) -> None:
    not_understood(store, "我电话13800138000咋没人打", now=NOW)

    with store() as unit:
        (kept,) = unit.misunderstood.undecided(10)
    assert kept.text == "我电话＊＊＊咋没人打"


def test_a_pressed_guess_is_noted_beside_the_message(store: OpenUnitOfWork) -> None:
    conversation = open_web_conversation(store, now=NOW).conversation_id
    asked = not_understood(store, NEEDLE[0], now=NOW, conversation_id=conversation)
    pressed = GuessPressed(asked, "ask_fee")
    not_understood(store, "多少钱", now=NOW, lesson=pressed, conversation_id=conversation)

    with store() as unit:
        (kept,) = unit.misunderstood.undecided(10)
    assert kept.chosen == "ask_fee"


def test_nobody_notes_a_guess_at_the_message_of_another_conversation(
    store: OpenUnitOfWork,
) -> None:
    asked = not_understood(store, NEEDLE[0], now=NOW)
    not_understood(store, "多少钱", now=NOW, lesson=GuessPressed(asked, "ask_fee"))

    with store() as unit:
        (kept,) = unit.misunderstood.undecided(10)
    assert kept.chosen == ""


def test_a_repeated_turn_keeps_one(store: OpenUnitOfWork) -> None:
    message_id = not_understood(store, NEEDLE[0], now=NOW)

    with store() as unit:
        is_new = unit.misunderstood.add(
            message_id=message_id,
            conversation_id="x",
            at=NOW,
            text="二",
            misread=misread(MisreadReason.FORM),
            model="",
            expires_at=NOW,
        )
        assert not is_new
        assert [one.text for one in unit.misunderstood.undecided(10)] == [NEEDLE[0]]


def test_the_answer_is_given_even_if_the_lesson_cannot_be_written(
    engine: Engine, store: OpenUnitOfWork
) -> None:
    """A lost table is the worst that the database can do to it."""
    cast = Cast(store)
    conversation_id = cast.conversation()
    cast.says(conversation_id, NEEDLE[0])
    rename(engine, "misunderstood", "lost")

    turn = turns.claim_turn(store, now=NOW)
    assert turn is not None
    outcome = TurnOutcome(replies=(Reply(text="没听懂"),), lesson=misread())
    turns.complete_turn(store, turn=turn, outcome=outcome, now=NOW)
    pressed = replace(outcome, lesson=GuessPressed(1, "ask_fee"))
    cast.says(conversation_id, "嗯")
    cast.turn(pressed)
    rename(engine, "lost", "misunderstood")

    page = read_transcript(store, conversation_id=conversation_id)
    assert [line.text for line in page.messages][1::2] == ["没听懂", "没听懂"]
    assert not page.busy


def test_texts_are_forgotten_when_their_time_is_over(store: OpenUnitOfWork) -> None:
    not_understood(store, NEEDLE[0], now=NOW)
    not_understood(store, NEEDLE[1], now=NOW + timedelta(days=1))

    assert forget_old(store, now=NOW + KEPT_FOR) == 1
    with store() as unit:
        assert [one.text for one in unit.misunderstood.undecided(10)] == [NEEDLE[1]]


def rename(engine: Engine, before: str, after: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(f"ALTER TABLE {before} RENAME TO {after}"))
