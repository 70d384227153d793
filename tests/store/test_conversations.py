import threading
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.engine import Engine

from bot.domain.conversations import (
    Author,
    Button,
    Conversation,
    ForbiddenOwner,
    Message,
    Owner,
    OwnerChanged,
    Reply,
    Turn,
    UnknownConversation,
)
from bot.domain.deliveries import Delivery
from bot.services.ports import OpenUnitOfWork
from bot.store.unit_of_work import unit_of_work_factory

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=timezone.utc)
LATER = NOW + timedelta(seconds=15)


@pytest.fixture
def unit_of_work(engine: Engine) -> OpenUnitOfWork:
    return unit_of_work_factory(engine)


def conversation(name: str = "c1", channel: str = "web", owner: Owner = Owner.BOT) -> Conversation:
    return Conversation(id=name, channel=channel, owner=owner, created_at=NOW, updated_at=NOW)


def add(unit_of_work: OpenUnitOfWork, *conversations: Conversation) -> None:
    with unit_of_work() as unit:
        for one in conversations:
            unit.conversations.add(one, external_id=f"person-{one.id}")


def say(unit_of_work: OpenUnitOfWork, text: str, name: str = "c1", at: datetime = NOW) -> int:
    with unit_of_work() as unit:
        return unit.conversations.add_inbound(
            name,
            author=Author.APPLICANT,
            text=text,
            payload=None,
            external_id=f"id-{text}",
            now=at,
        ).message_id


def claim(unit_of_work: OpenUnitOfWork, lease: str = "w1", at: datetime = NOW) -> Turn | None:
    with unit_of_work() as unit:
        return unit.turns.claim(lease=lease, now=at, until=at + timedelta(seconds=15))


def test_an_unknown_conversation_is_an_error(unit_of_work: OpenUnitOfWork) -> None:
    with unit_of_work() as unit, pytest.raises(UnknownConversation):
        unit.conversations.get("nobody")


def test_a_conversation_comes_back_as_it_was_stored(unit_of_work: OpenUnitOfWork) -> None:
    add(unit_of_work, conversation())

    with unit_of_work() as unit:
        assert unit.conversations.get("c1") == conversation()
        assert unit.conversations.find("web", "person-c1") == conversation()
        assert unit.conversations.find("web", "stranger") is None


def test_the_same_external_id_is_stored_once(unit_of_work: OpenUnitOfWork) -> None:
    add(unit_of_work, conversation())

    first, second = say(unit_of_work, "在吗"), say(unit_of_work, "在吗")

    assert first == second
    with unit_of_work() as unit:
        assert [line.text for line in unit.conversations.messages("c1")] == ["在吗"]


def test_an_external_id_sent_twice_at_once_is_stored_once(unit_of_work: OpenUnitOfWork) -> None:
    add(unit_of_work, conversation())
    ids: list[int] = []
    threads = [
        threading.Thread(target=lambda: ids.append(say(unit_of_work, "在吗"))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(ids) == 6
    assert len(set(ids)) == 1


def test_buttons_and_attachments_survive_and_internal_notes_are_hidden(
    unit_of_work: OpenUnitOfWork,
) -> None:
    add(unit_of_work, conversation())
    reply = Reply(text="选一个", buttons=(Button("转人工", "/request_agent"),))
    with unit_of_work() as unit:
        stored = unit.conversations.add_message("c1", reply, now=NOW)
        unit.conversations.add_inbound(
            "c1",
            author=Author.SYSTEM,
            text="{}",
            payload="/hand_back",
            external_id=None,
            now=NOW,
        )

    with unit_of_work() as unit:
        assert unit.conversations.messages("c1") == (stored,)
        assert unit.conversations.latest(["c1", "c2"]) == {"c1": stored}
        assert unit.conversations.button_title("c1", "/request_agent") == "转人工"
        assert unit.conversations.button_title("c1", "/greet") is None
        assert unit.conversations.is_busy("c1")


def test_messages_of_one_conversation_are_claimed_one_at_a_time_in_order(
    unit_of_work: OpenUnitOfWork,
) -> None:
    add(unit_of_work, conversation())
    say(unit_of_work, "一")
    say(unit_of_work, "二")

    first = claim(unit_of_work, "w1")
    assert first is not None
    assert first.message.text == "一"
    assert claim(unit_of_work, "w2") is None, "the conversation is being served"

    with unit_of_work() as unit:
        unit.turns.mark_handled(first.message.id, NOW)
        assert unit.turns.release("c1", "w1")
    second = claim(unit_of_work, "w2")
    assert second is not None
    assert second.message.text == "二"


def test_different_conversations_are_claimed_side_by_side(unit_of_work: OpenUnitOfWork) -> None:
    add(unit_of_work, conversation("c1"), conversation("c2"))
    say(unit_of_work, "一", "c1")
    say(unit_of_work, "二", "c2")

    claimed = {claim(unit_of_work, "w1"), claim(unit_of_work, "w2")}

    assert {turn.message.conversation_id for turn in claimed if turn} == {"c1", "c2"}


def test_of_many_workers_at_once_one_gets_the_message(unit_of_work: OpenUnitOfWork) -> None:
    add(unit_of_work, conversation())
    say(unit_of_work, "一")
    turns: list[object] = []
    threads = [
        threading.Thread(target=lambda n=n: turns.append(claim(unit_of_work, f"w{n}")))
        for n in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(turns) == 6
    assert sum(turn is not None for turn in turns) == 1


def test_a_lease_that_ran_out_is_taken_over_and_the_old_holder_is_told(
    unit_of_work: OpenUnitOfWork,
) -> None:
    add(unit_of_work, conversation())
    say(unit_of_work, "一")
    assert claim(unit_of_work, "w1")

    assert claim(unit_of_work, "w2", at=LATER)
    with unit_of_work() as unit:
        assert not unit.turns.renew("c1", "w1", LATER)
        assert not unit.turns.release("c1", "w1")
        assert unit.turns.renew("c1", "w2", LATER)


def test_a_postponed_message_holds_back_those_behind_it(unit_of_work: OpenUnitOfWork) -> None:
    add(unit_of_work, conversation())
    first = say(unit_of_work, "一")
    say(unit_of_work, "二")
    claim(unit_of_work, "w1")
    with unit_of_work() as unit:
        unit.turns.postpone(first, error="rasa", until=NOW + timedelta(seconds=5))
        unit.turns.release("c1", "w1")

    assert claim(unit_of_work, "w2", at=NOW + timedelta(seconds=4)) is None
    again = claim(unit_of_work, "w2", at=NOW + timedelta(seconds=5))
    assert again is not None
    assert (again.message.text, again.attempts) == ("一", 1)


def test_the_owner_changes_only_from_what_was_seen(unit_of_work: OpenUnitOfWork) -> None:
    add(unit_of_work, conversation(owner=Owner.WAITING))

    with unit_of_work() as unit:
        unit.conversations.change_owner(
            "c1", seen=Owner.WAITING, to=Owner.AGENT, agent_id=7, now=NOW
        )
    with unit_of_work() as unit, pytest.raises(OwnerChanged):
        unit.conversations.change_owner(
            "c1", seen=Owner.WAITING, to=Owner.AGENT, agent_id=8, now=NOW
        )
    with unit_of_work() as unit:
        held = unit.conversations.list_by_owner(Owner.AGENT, agent_id=7)
        assert [one.agent_id for one in held] == [7]
        assert unit.conversations.list_by_owner(Owner.AGENT, agent_id=8) == ()


def test_a_step_outside_the_table_is_refused(unit_of_work: OpenUnitOfWork) -> None:
    add(unit_of_work, conversation(owner=Owner.CLOSED))

    with unit_of_work() as unit, pytest.raises(ForbiddenOwner):
        unit.conversations.change_owner("c1", seen=Owner.CLOSED, to=Owner.AGENT, now=NOW)


def test_the_queue_shows_the_longest_waiting_first(unit_of_work: OpenUnitOfWork) -> None:
    add(unit_of_work, conversation("c1"), conversation("c2"))
    for name, minute in (("c2", 1), ("c1", 2)):
        with unit_of_work() as unit:
            unit.conversations.change_owner(
                name,
                seen=Owner.BOT,
                to=Owner.WAITING,
                now=NOW + timedelta(minutes=minute),
                handoff_reason="asked",
            )

    with unit_of_work() as unit:
        queue = unit.conversations.list_by_owner(Owner.WAITING)
    assert [(one.id, one.handoff_reason) for one in queue] == [("c2", "asked"), ("c1", "asked")]


def pushed(unit_of_work: OpenUnitOfWork, text: str) -> Message:
    with unit_of_work() as unit:
        return unit.conversations.add_message("t1", Reply(text=text), now=NOW)


def take(unit_of_work: OpenUnitOfWork, at: datetime = NOW) -> Delivery | None:
    with unit_of_work() as unit:
        return unit.deliveries.claim(channels=["telegram"], now=at, until=at + timedelta(minutes=1))


def test_lines_of_a_push_channel_are_delivered_in_order(unit_of_work: OpenUnitOfWork) -> None:
    add(unit_of_work, conversation("t1", channel="telegram"), conversation("c1"))
    pushed(unit_of_work, "一")
    pushed(unit_of_work, "二")
    with unit_of_work() as unit:
        unit.conversations.add_message("c1", Reply(text="网页自己来取"), now=NOW)

    first = take(unit_of_work)
    assert first is not None
    assert (first.message.text, first.recipient, first.attempts) == ("一", "person-t1", 1)
    assert take(unit_of_work) is None, "the second line waits for the first"
    with unit_of_work() as unit:
        unit.deliveries.mark_delivered(first.id, NOW)
    second = take(unit_of_work)
    assert second is not None
    assert second.message.text == "二"


def test_a_passing_error_is_tried_again_and_a_permanent_one_stays_visible(
    unit_of_work: OpenUnitOfWork,
) -> None:
    add(unit_of_work, conversation("t1", channel="telegram"))
    pushed(unit_of_work, "一")
    first = take(unit_of_work)
    assert first is not None
    with unit_of_work() as unit:
        unit.deliveries.postpone(first.id, error="429", until=LATER)

    assert take(unit_of_work) is None
    again = take(unit_of_work, at=LATER)
    assert again is not None
    assert again.attempts == 2
    with unit_of_work() as unit:
        unit.deliveries.mark_failed(again.id, error="blocked")
        unit.deliveries.mark_delivered(again.id, LATER)
    with unit_of_work() as unit:
        assert [one.message.text for one in unit.deliveries.list_failed()] == ["一"]
