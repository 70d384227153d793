"""The outbox of a platform that takes two messages within a day of each of the person's."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.domain.channels import Abilities, ChoiceWords, Part, Quota
from bot.domain.conversations import Author, Reply
from bot.domain.deliveries import Delivery, DeliveryError
from bot.domain.splitting import TextUnit
from bot.hub.outbox import Outbox
from bot.hub.wakeups import LocalWakeups
from bot.services.conversations.conversations import open_pushed_conversation
from bot.services.conversations.deliveries import list_failed_deliveries
from bot.services.conversations.quotas import allow
from bot.services.desk.handovers import say_as_system
from bot.services.ports import OpenUnitOfWork
from bot.store.unit_of_work import unit_of_work_factory
from tests.clocks import StillClock

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
MORE = "（还有）"


class Platform:
    """Takes messages, or raises what it was told to."""

    def __init__(self) -> None:
        self.errors: Iterator[DeliveryError | None] = iter(())
        self.taken: list[str] = []

    async def send(self, delivery: Delivery, part: Part) -> None:
        error = next(self.errors, None)
        if error is not None:
            raise error
        self.taken.append(part.text)


class Post:
    """An outbox, its platform, a person and a clock."""

    def __init__(self, store: OpenUnitOfWork) -> None:
        self.store = store
        self.clock = StillClock()
        self.platform = Platform()
        self.outbox = Outbox(
            unit_of_work=store,
            senders={"wechat": self.platform},
            wakeups=LocalWakeups(),
            now=self.clock,
            words=ChoiceWords(choose="请回复数字：", link="{title}：{url}", more=MORE),
            channels={
                "wechat": Abilities(
                    message_length=60, unit=TextUnit.UTF8, quota=Quota(2, DAY), folds=True
                )
            },
        )
        self.talk = open_pushed_conversation(
            store, channel="wechat", external_id="李雷", now=self.clock()
        ).id

    def writes(self, name: str = "m1", quota: Quota | None = None) -> bool:
        """The person does something; tells whether lines wait for it."""
        return allow(
            self.store,
            conversation_id=self.talk,
            event_id=name,
            quota=quota or Quota(2, DAY),
            now=self.clock(),
        )

    def say(self, *texts: str) -> None:
        for text in texts:
            reply = Reply(text, author=Author.SYSTEM)
            say_as_system(self.store, conversation_id=self.talk, reply=reply, now=self.clock())

    async def send_all(self) -> list[str]:
        """Send what is due; returns what the platform took of it."""
        before = len(self.platform.taken)
        while await self.outbox.send_one():
            pass
        return self.platform.taken[before:]


@pytest.fixture
def post(sqlite_engine: Engine) -> Post:
    return Post(unit_of_work_factory(sqlite_engine))


async def test_nothing_is_sent_before_the_person_has_written(post: Post) -> None:
    post.say("一")
    assert await post.send_all() == []
    assert post.writes()
    assert await post.send_all() == ["一"]


async def test_lines_are_folded_and_the_last_message_says_that_more_waits(post: Post) -> None:
    post.writes()
    post.say("一" * 15, "二" * 15, "三" * 15, "四")
    first = await post.send_all()
    post.say("五")
    meanwhile = await post.send_all()
    has_waiting = post.writes("m2")

    assert first == ["一" * 15, f"{'二' * 15}\n{MORE}"]
    assert meanwhile == []
    assert has_waiting
    assert await post.send_all() == [f"{'三' * 15}\n\n四\n\n五"]


async def test_the_same_event_counts_once(post: Post) -> None:
    post.writes()
    post.say("一")
    await post.send_all()
    post.say("二")
    await post.send_all()
    post.writes()
    post.say("三")

    assert await post.send_all() == []


async def test_after_the_window_nothing_goes_out(post: Post) -> None:
    post.writes()
    post.clock.pass_seconds((DAY + MINUTE).total_seconds())
    post.say("一")
    assert await post.send_all() == []
    post.writes("m2")
    assert await post.send_all() == ["一"]


async def test_a_small_allowance_of_short_life_does_not_shorten_a_larger_one(post: Post) -> None:
    post.writes()
    post.writes("click", Quota(1, MINUTE))
    post.clock.pass_seconds((2 * MINUTE).total_seconds())
    post.say("一")
    assert await post.send_all() == ["一"]
    post.say("二")
    await post.send_all()
    post.writes("click 2", Quota(1, MINUTE))
    post.say("三")
    assert await post.send_all() == ["三"], "but it helps when nothing is left"


async def test_what_the_platform_did_not_take_does_not_count(post: Post) -> None:
    post.writes()
    busy = DeliveryError("busy", permanent=False)
    post.platform.errors = iter([busy, busy, busy])
    post.say("一", "二")
    for _try in range(3):
        assert await post.send_all() == []
        post.clock.pass_seconds(MINUTE.total_seconds())
    assert await post.send_all() == ["一\n\n二"]
    post.say("三")
    assert await post.send_all() == ["三"]


async def test_when_the_platform_counts_otherwise_the_line_waits(post: Post) -> None:
    post.writes()
    post.platform.errors = iter([DeliveryError("45047", permanent=False, is_spent=True)])
    post.say("一", "二")
    assert await post.send_all() == []
    post.clock.pass_seconds(timedelta(hours=1).total_seconds())
    assert await post.send_all() == [], "trying again would be of no use"
    assert post.writes("m2")
    assert await post.send_all() == ["一\n\n二"]
    assert list_failed_deliveries(post.store) == ()


async def test_a_line_that_is_never_taken_does_not_take_others_with_it(post: Post) -> None:
    post.writes()
    bad = DeliveryError("content", permanent=True)
    post.platform.errors = iter([bad, None, bad])
    post.say("一", "二", "三")

    assert await post.send_all() == ["一", "三"]
    assert [one.message.text for one in list_failed_deliveries(post.store)] == ["二"]


async def test_a_line_that_fails_in_the_middle_keeps_its_place(post: Post) -> None:
    post.writes()
    post.platform.errors = iter([None, DeliveryError("busy", permanent=False)])
    post.say("一" * 15, "二" * 15)
    assert await post.send_all() == ["一" * 15]
    post.say("三")
    assert await post.send_all() == []
    post.clock.pass_seconds(MINUTE.total_seconds())
    assert await post.send_all() == [f"{'二' * 15}\n\n三"]


async def test_whoever_is_out_of_reach_gets_nothing_more(post: Post) -> None:
    post.writes()
    lost = DeliveryError("40003", permanent=True, is_unreachable=True)
    post.platform.errors = iter([lost])
    post.say("一", "二")

    assert await post.send_all() == []
    assert len(list_failed_deliveries(post.store)) == 2
