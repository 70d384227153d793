"""The outbox against a platform that misbehaves on command."""

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine

from bot.domain.channels import ChoiceWords, Part
from bot.domain.conversations import Reply
from bot.domain.deliveries import Delivery, DeliveryError
from bot.hub.outbox import Outbox
from bot.hub.wakeups import LocalWakeups
from bot.services.conversations.conversations import open_pushed_conversation
from bot.services.conversations.deliveries import (
    MAX_ATTEMPTS,
    delivery_delay,
    list_failed_deliveries,
)
from bot.services.desk.handovers import say_as_system
from bot.services.ports import OpenUnitOfWork
from bot.store.unit_of_work import unit_of_work_factory
from tests.clocks import StillClock


class Platform:
    """Takes lines, or raises what it was told to."""

    def __init__(self) -> None:
        self.errors: Iterator[DeliveryError | None] = iter(())
        self.taken: list[tuple[str, str]] = []

    async def send(self, delivery: Delivery, part: Part) -> None:
        error = next(self.errors, None)
        if error is not None:
            raise error
        self.taken.append((delivery.recipient, part.text))


class Post:
    """An outbox, its platform and a clock."""

    def __init__(self, unit_of_work: OpenUnitOfWork) -> None:
        self.unit_of_work = unit_of_work
        self.clock = StillClock()
        self.platform = Platform()
        self.outbox = Outbox(
            unit_of_work=unit_of_work,
            senders={"telegram": self.platform},
            wakeups=LocalWakeups(),
            now=self.clock,
            words=ChoiceWords(choose="请回复数字：", link="{title}：{url}"),
        )

    def say(self, text: str, person: str = "李雷") -> None:
        conversation = open_pushed_conversation(
            self.unit_of_work, channel="telegram", external_id=person, now=self.clock()
        )
        say_as_system(
            self.unit_of_work,
            conversation_id=conversation.id,
            reply=Reply(text=text),
            now=self.clock(),
        )

    async def send_all(self) -> None:
        while await self.outbox.send_one():
            pass


@pytest.fixture
def post(sqlite_engine: Engine) -> Post:
    return Post(unit_of_work_factory(sqlite_engine))


async def test_lines_reach_the_platform_in_order(post: Post) -> None:
    for text in ("一", "二", "三"):
        post.say(text)
    await post.send_all()

    assert post.platform.taken == [("李雷", "一"), ("李雷", "二"), ("李雷", "三")]


async def test_a_passing_error_delays_and_keeps_the_order(post: Post) -> None:
    post.platform.errors = iter([DeliveryError("429", permanent=False, retry_after_s=30)])
    post.say("一")
    post.say("二")
    post.say("别人的", person="王五")
    await post.send_all()
    assert post.platform.taken == [("王五", "别人的")], "others do not wait"
    post.clock.pass_seconds(29)
    await post.send_all()
    assert len(post.platform.taken) == 1
    post.clock.pass_seconds(1)
    await post.send_all()

    assert post.platform.taken[1:] == [("李雷", "一"), ("李雷", "二")]


async def test_a_permanent_error_is_shown_to_staff_and_the_next_line_goes_on(post: Post) -> None:
    post.platform.errors = iter([DeliveryError("blocked", permanent=True)])
    post.say("一")
    post.say("二")
    await post.send_all()

    assert post.platform.taken == [("李雷", "二")]
    assert [one.message.text for one in list_failed_deliveries(post.unit_of_work)] == ["一"]


async def test_a_line_that_never_gets_through_is_given_up(post: Post) -> None:
    post.platform.errors = iter([DeliveryError("502", permanent=False)] * 100)
    post.say("一")
    for _attempt in range(MAX_ATTEMPTS):
        await post.send_all()
        post.clock.pass_seconds(301)

    assert [one.attempts for one in list_failed_deliveries(post.unit_of_work)] == [MAX_ATTEMPTS]


async def test_a_sender_killed_in_mid_send_sends_again(post: Post) -> None:
    post.say("一")
    assert post.outbox._claim() is not None
    await post.send_all()
    assert post.platform.taken == []
    post.clock.pass_seconds(60)
    await post.send_all()

    assert post.platform.taken == [("李雷", "一")]


async def test_the_same_person_has_one_conversation(post: Post) -> None:
    post.say("一")
    post.say("二")
    with post.unit_of_work() as unit:
        found = unit.conversations.find("telegram", "李雷")

        assert found is not None
        assert len(unit.conversations.messages(found.id)) == 2


def test_delays_double_up_to_five_minutes() -> None:
    seconds = [delivery_delay(attempt).total_seconds() for attempt in (1, 2, 3, 9, 40)]

    assert seconds == [1, 2, 4, 256, 300]
