"""Quotas, access tokens and places in the news, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.domain.channels import Quota
from bot.domain.conversations import Author, Reply
from bot.services.conversations.conversations import open_pushed_conversation
from bot.services.conversations.quotas import Spent, allow, spend, use_up
from bot.services.desk.handovers import say_as_system
from bot.services.ports import OpenUnitOfWork
from bot.store.sealed_text import SecretBox
from bot.store.store_secrets import StoreSecrets
from bot.store.unit_of_work import unit_of_work_factory

NOW = datetime(2026, 11, 26, 2, 0, tzinfo=timezone.utc)
MINUTE = timedelta(minutes=1)
TOKEN = "an-access-token-of-ours"


@pytest.fixture
def store(engine: Engine) -> OpenUnitOfWork:
    return unit_of_work_factory(engine, StoreSecrets(box=lambda: SecretBox("a key")))


def open_talk(store: OpenUnitOfWork) -> str:
    return open_pushed_conversation(store, channel="wechat", external_id="李雷", now=NOW).id


def test_of_many_at_the_same_time_only_as_many_may_send_as_are_allowed(
    store: OpenUnitOfWork,
) -> None:
    talk = open_talk(store)
    with store() as unit:
        unit.quotas.grant(talk, event_id="m1", lines=5, until=NOW + MINUTE, now=NOW)

    def spend(_number: int) -> int | None:
        with store() as unit:
            return unit.quotas.spend(talk, NOW)

    with ThreadPoolExecutor(4) as pool:
        left = list(pool.map(spend, range(9)))

    assert sorted(one for one in left if one is not None) == [0, 1, 2, 3, 4]


def test_a_line_that_is_held_while_the_person_writes_is_not_forgotten(
    store: OpenUnitOfWork,
) -> None:

    talk = open_talk(store)
    for number in range(12):
        say_as_system(store, conversation_id=talk, reply=Reply("一"), now=NOW)
        with store() as unit:
            line = unit.deliveries.claim(channels=["wechat"], now=NOW, until=NOW + MINUTE)
        assert line is not None
        with store() as unit:
            unit.quotas.use_up(talk, unit.quotas.event(talk))
        quota = Quota(1, MINUTE)

        def write(name: str = f"m{number}", quota: Quota = quota) -> object:
            return allow(store, conversation_id=talk, event_id=name, quota=quota, now=NOW)

        with ThreadPoolExecutor(2) as pool:
            spent = pool.submit(lambda one=line: spend(store, delivery=one, now=NOW))
            pool.submit(write).result()
        if spent.result() is None:
            with store() as unit:
                again = unit.deliveries.claim(channels=["wechat"], now=NOW, until=NOW + MINUTE)
            assert again is not None, "held before the person wrote, so let go by it"
        with store() as unit:
            unit.deliveries.mark_delivered(line.id, NOW)


def test_a_token_is_sealed_fetched_by_one_and_seen_by_all(
    store: OpenUnitOfWork, engine: Engine
) -> None:
    with store() as unit:
        assert unit.tokens.find("wechat:a").value == ""

    def claim(_number: int) -> bool:
        with store() as unit:
            return unit.tokens.claim("wechat:a", version=0, now=NOW, until=NOW + MINUTE)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(claim, range(4))) == [False, False, False, True]
    with store() as unit:
        unit.tokens.keep("wechat:a", value=TOKEN, expires_at=NOW + MINUTE)
    with store() as unit:
        kept = unit.tokens.find("wechat:a")
        assert (kept.value, kept.version, kept.expires_at) == (TOKEN, 1, NOW + MINUTE)
        assert not unit.tokens.claim("wechat:a", version=0, now=NOW, until=NOW + MINUTE)
        assert unit.tokens.claim("wechat:a", version=1, now=NOW, until=NOW + MINUTE)
        unit.tokens.release("wechat:a")
        assert unit.tokens.claim("wechat:a", version=1, now=NOW, until=NOW + MINUTE)
    with engine.connect() as connection:
        sealed = connection.execute(text("SELECT sealed FROM channel_tokens")).scalar_one()
    other = unit_of_work_factory(engine, StoreSecrets(box=lambda: SecretBox("another key")))
    with other() as unit:
        lost = unit.tokens.find("wechat:a")

    assert TOKEN not in sealed
    assert TOKEN not in repr(kept)
    assert (lost.value, lost.version) == ("", 1), "of no use, and replaced by the next fetch"


def test_the_news_of_an_account_are_fetched_by_one_from_its_cursor_on(
    store: OpenUnitOfWork,
) -> None:
    until = NOW + MINUTE
    with store() as unit:
        assert unit.kf_accounts.claim(lease="a", now=NOW, until=until) is None
        unit.kf_accounts.ring("wk1", token="t1", token_until=until, now=NOW)
        held = unit.kf_accounts.claim(lease="a", now=NOW, until=until)
        assert held is not None
        assert (held.cursor, held.token) == ("", "t1")
        assert unit.kf_accounts.claim(lease="b", now=NOW, until=until) is None
    with store() as unit:
        assert unit.kf_accounts.advance("wk1", lease="a", cursor="c1", until=until)
        assert not unit.kf_accounts.advance("wk1", lease="b", cursor="c9", until=until)
        unit.kf_accounts.ring("wk1", token="t2", token_until=until, now=NOW)
        unit.kf_accounts.finish("wk1", lease="a", rung=held.rung)
    with store() as unit:
        again = unit.kf_accounts.claim(lease="b", now=NOW, until=until)
        assert again is not None, "a callback came in between"
        assert (again.cursor, again.token) == ("c1", "t2")
        unit.kf_accounts.retry("wk1", lease="b", at=NOW + 2 * MINUTE)
        assert unit.kf_accounts.claim(lease="c", now=NOW, until=until) is None
        late = unit.kf_accounts.claim(lease="c", now=NOW + 2 * MINUTE, until=until + 2 * MINUTE)
        assert late is not None
        assert late.token == "", "too old to fetch with"
        unit.kf_accounts.finish("wk1", lease="c", rung=late.rung)
        assert unit.kf_accounts.claim(lease="c", now=NOW + 9 * MINUTE, until=until) is None
        unit.kf_accounts.ring_all(NOW)
        assert unit.kf_accounts.claim(lease="c", now=NOW + 9 * MINUTE, until=until) is not None


def test_each_held_notice_is_told_once_and_answers_are_not(store: OpenUnitOfWork) -> None:
    talk = open_talk(store)
    reply = Reply("回答")
    for line in (reply, Reply("通知", author=Author.SYSTEM), Reply("又一个", author=Author.SYSTEM)):
        say_as_system(store, conversation_id=talk, reply=line, now=NOW)
    with store() as unit:
        assert unit.deliveries.claim_notice("wechat", NOW) is None, "nothing is held"
        head = unit.deliveries.claim(channels=["wechat"], now=NOW, until=NOW + MINUTE)
        assert head is not None
        unit.deliveries.hold(head.id)
    with store() as unit:
        told = [unit.deliveries.claim_notice("wechat", NOW) for _time in range(3)]
        assert [one.message.text if one else None for one in told] == ["通知", "又一个", None]
        assert told[1] is not None
        unit.deliveries.forget_notice(told[1].id)
        assert unit.deliveries.claim_notice("telegram", NOW) is None
        again = unit.deliveries.claim_notice("wechat", NOW)
        assert again is not None
        assert unit.deliveries.let_go(talk, NOW)
        assert unit.deliveries.claim(channels=["wechat"], now=NOW, until=NOW) is not None
        unit.deliveries.give_up_all(talk, error="x")
        assert not unit.deliveries.let_go(talk, NOW)


def test_a_refusal_that_the_person_has_overtaken_by_writing_holds_nothing(
    store: OpenUnitOfWork,
) -> None:
    talk = open_talk(store)
    say_as_system(store, conversation_id=talk, reply=Reply("一"), now=NOW)
    with store() as unit:
        line = unit.deliveries.claim(channels=["wechat"], now=NOW, until=NOW + MINUTE)
    assert line is not None
    quota = Quota(5, MINUTE)
    allow(store, conversation_id=talk, event_id="m1", quota=quota, now=NOW)
    sent = spend(store, delivery=line, now=NOW)
    allow(store, conversation_id=talk, event_id="m2", quota=quota, now=NOW)

    assert sent is not None
    assert not use_up(store, delivery=line, event_id=sent.event_id)
    assert spend(store, delivery=line, now=NOW) == Spent(4, "m2")
    assert use_up(store, delivery=line, event_id="m2")
    assert spend(store, delivery=line, now=NOW) is None
