"""Opening, accepting, reading, and the life of a turn, as use cases promise it."""

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import text as sql
from sqlalchemy.engine import Engine

from bot.domain.conversations import (
    Accepted,
    Author,
    EmptyMessage,
    Inbound,
    LeaseLost,
    Owner,
    Reply,
    TextTooLong,
    TooManyMessages,
    TurnOutcome,
    UnknownConversation,
)
from bot.domain.payloads import BadPayload
from bot.services.conversations.conversations import (
    accept,
    authenticate,
    open_web_conversation,
    read_transcript,
)
from bot.services.conversations.turns import (
    claim_turn,
    complete_turn,
    record_failure,
    release_turn,
    renew_turn,
    retry_delay,
)
from bot.services.ports import OpenUnitOfWork
from bot.store.unit_of_work import unit_of_work_factory

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=timezone.utc)
SORRY = Reply(text="小二有点忙", author=Author.SYSTEM)


@pytest.fixture
def unit_of_work(sqlite_engine: Engine) -> OpenUnitOfWork:
    return unit_of_work_factory(sqlite_engine)


@pytest.fixture
def name(unit_of_work: OpenUnitOfWork) -> str:
    return open_web_conversation(unit_of_work, now=NOW).conversation_id


def say(
    unit_of_work: OpenUnitOfWork, name: str, text: str = "在吗", client_id: str = "1"
) -> Accepted:
    inbound = Inbound("web", name, client_id, text)
    return accept(unit_of_work, inbound=inbound, now=NOW)


def test_only_the_hash_of_a_token_is_stored(sqlite_engine: Engine) -> None:
    unit_of_work = unit_of_work_factory(sqlite_engine)
    opened = open_web_conversation(unit_of_work, now=NOW)
    with sqlite_engine.begin() as connection:
        stored = str(connection.execute(sql("SELECT * FROM conversations")).all())

    assert opened.token not in stored
    assert opened.token not in repr(opened)
    assert len(opened.token) >= 43  # 256 bits in base64
    assert authenticate(unit_of_work, token=opened.token).id == opened.conversation_id


def test_a_wrong_token_opens_nothing(unit_of_work: OpenUnitOfWork, name: str) -> None:
    for token in ("", "wrong", name):
        with pytest.raises(UnknownConversation):
            authenticate(unit_of_work, token=token)


@pytest.mark.parametrize(
    ("text", "payload", "error"),
    [
        ("", None, EmptyMessage),
        ("长" * 5001, None, TextTooLong),
        ("", "/hand_back", BadPayload),
    ],
)
def test_what_is_refused_leaves_no_trace(
    unit_of_work: OpenUnitOfWork,
    name: str,
    text: str,
    payload: str | None,
    error: type[Exception],
) -> None:
    with pytest.raises(error):
        accept(unit_of_work, inbound=Inbound("web", name, "1", text, payload), now=NOW)

    assert read_transcript(unit_of_work, conversation_id=name).messages == ()


def test_a_message_to_nobody_is_refused(unit_of_work: OpenUnitOfWork) -> None:
    with pytest.raises(UnknownConversation):
        say(unit_of_work, "nobody")
    with pytest.raises(UnknownConversation):
        read_transcript(unit_of_work, conversation_id="nobody")


def test_the_flood_limit_counts_a_window_and_forgets(
    unit_of_work: OpenUnitOfWork, name: str
) -> None:
    for number in range(20):
        say(unit_of_work, name, client_id=str(number))
    with pytest.raises(TooManyMessages):
        say(unit_of_work, name, client_id="20")

    later = NOW + timedelta(seconds=11)
    inbound = Inbound("web", name, "20", "慢慢来")
    assert accept(unit_of_work, inbound=inbound, now=later).is_new


def test_a_page_starts_after_the_line_that_the_reader_has(
    unit_of_work: OpenUnitOfWork, name: str
) -> None:
    first = say(unit_of_work, name, "一", "1").message_id
    say(unit_of_work, name, "二", "2")
    page = read_transcript(unit_of_work, conversation_id=name, after=first)

    assert [line.text for line in page.messages] == ["二"]
    assert page.busy


def test_replies_owner_and_handled_come_together(unit_of_work: OpenUnitOfWork, name: str) -> None:
    say(unit_of_work, name)
    turn = claim_turn(unit_of_work, now=NOW)
    assert turn is not None
    outcome = TurnOutcome(
        replies=(Reply("一"), Reply("二")),
        owner=Owner.WAITING,
        handoff_reason="asked",
        fields={"district": "高新区"},
    )
    assert complete_turn(unit_of_work, turn=turn, outcome=outcome, now=NOW)

    page = read_transcript(unit_of_work, conversation_id=name)
    assert [line.text for line in page.messages] == ["在吗", "一", "二"]
    assert (page.owner, page.busy) == (Owner.WAITING, False)
    assert claim_turn(unit_of_work, now=NOW + timedelta(hours=1)) is None


def test_an_error_in_the_middle_of_completing_leaves_everything_as_it_was(
    unit_of_work: OpenUnitOfWork, name: str
) -> None:
    say(unit_of_work, name)
    turn = claim_turn(unit_of_work, now=NOW)
    assert turn is not None
    unstorable = TurnOutcome(replies=(Reply("一"),), fields={"x": object()})
    with pytest.raises(Exception, match="not JSON serializable"):
        complete_turn(unit_of_work, turn=turn, outcome=unstorable, now=NOW)

    page = read_transcript(unit_of_work, conversation_id=name)
    assert [line.text for line in page.messages] == ["在吗"]
    assert page.busy
    renew_turn(unit_of_work, turn=turn, now=NOW)  # the claim still stands


def test_a_turn_completed_twice_says_its_answer_once(
    unit_of_work: OpenUnitOfWork, name: str
) -> None:
    say(unit_of_work, name)
    turn = claim_turn(unit_of_work, now=NOW)
    assert turn is not None
    outcome = TurnOutcome(replies=(Reply("一"),))
    complete_turn(unit_of_work, turn=turn, outcome=outcome, now=NOW)
    with pytest.raises(LeaseLost):
        complete_turn(unit_of_work, turn=turn, outcome=outcome, now=NOW)

    page = read_transcript(unit_of_work, conversation_id=name)
    assert [line.text for line in page.messages] == ["在吗", "一"]


def test_a_turn_given_back_can_be_taken_at_once(unit_of_work: OpenUnitOfWork, name: str) -> None:
    say(unit_of_work, name)
    turn = claim_turn(unit_of_work, now=NOW)
    assert turn is not None
    release_turn(unit_of_work, turn=turn)

    again = claim_turn(unit_of_work, now=NOW)
    assert again is not None
    assert again.attempts == 1, "it may have been asked already"


def test_a_failure_is_told_once(unit_of_work: OpenUnitOfWork, name: str) -> None:
    say(unit_of_work, name)
    told = []
    now = NOW
    for _attempt in range(3):
        turn = claim_turn(unit_of_work, now=now)
        assert turn is not None
        told.append(record_failure(unit_of_work, turn=turn, error="rasa", told=SORRY, now=now))
        now += timedelta(seconds=6)

    assert told == [True, False, False]
    page = read_transcript(unit_of_work, conversation_id=name)
    assert [line.text for line in page.messages] == ["在吗", SORRY.text]


def test_delays_double_up_to_five_seconds() -> None:
    assert [retry_delay(attempts).total_seconds() for attempts in (0, 1, 2, 3, 4, 99)] == [
        0.5, 1, 2, 4, 5, 5,
    ]  # fmt: skip
