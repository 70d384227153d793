"""One access token for all hubs: fetched once, renewed early, replaced when it is refused."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.channels.tencent.tokens import TokenKeeper
from bot.domain.deliveries import DeliveryError
from bot.store.sealed_text import SecretBox
from bot.store.store_secrets import StoreSecrets
from bot.store.unit_of_work import unit_of_work_factory
from tests.clocks import StillClock

EARLY = timedelta(minutes=4)


class Platform:
    """Gives tokens of two hours."""

    def __init__(self) -> None:
        self.asked: list[bool] = []
        self.current = 0
        self.is_away = False

    async def fetch(self, is_forced: bool) -> tuple[str, int]:
        self.asked.append(is_forced)
        await asyncio.sleep(0)
        if self.is_away:
            raise DeliveryError("away", permanent=False)
        if is_forced or not self.current:
            self.current += 1
        return f"token-{self.current}", 7200


class Hubs:
    """Two hubs on one database."""

    def __init__(self, engine: Engine) -> None:
        self.clock, self.platform = StillClock(), Platform()
        store = unit_of_work_factory(engine, StoreSecrets(box=lambda: SecretBox("a key")))
        self.one, self.other = (
            TokenKeeper("wechat:a", store, self.clock, self.platform.fetch, EARLY)
            for _hub in range(2)
        )


@pytest.fixture
def hubs(sqlite_engine: Engine) -> Hubs:
    return Hubs(sqlite_engine)


async def test_many_who_need_it_at_once_fetch_it_once(hubs: Hubs) -> None:
    got = await asyncio.gather(*(hub.get() for hub in (hubs.one, hubs.other) * 5))

    assert set(got) == {"token-1"}
    assert hubs.platform.asked == [False]


async def test_it_is_renewed_before_its_end_and_not_earlier(hubs: Hubs) -> None:
    await hubs.one.get()
    hubs.clock.pass_seconds(timedelta(minutes=115).total_seconds())
    await hubs.other.get()
    assert hubs.platform.asked == [False]
    hubs.platform.current = 2
    hubs.clock.pass_seconds(timedelta(minutes=2).total_seconds())

    assert await hubs.other.get() == "token-2"
    assert await hubs.one.get() == "token-2"


async def test_two_who_are_refused_with_the_same_token_replace_it_once(hubs: Hubs) -> None:
    old = await hubs.one.get()
    got = await asyncio.gather(hubs.one.get(stale=old), hubs.other.get(stale=old))

    assert set(got) == {"token-2"}
    assert hubs.platform.asked == [False, False, True], "asked politely first, then by force"


async def test_a_platform_that_is_away_leaves_the_way_free_for_the_next_try(hubs: Hubs) -> None:
    hubs.platform.is_away = True
    with pytest.raises(DeliveryError):
        await hubs.one.get()
    hubs.platform.is_away = False

    assert await hubs.other.get() == "token-1"


async def test_while_another_renews_it_the_old_one_still_serves(hubs: Hubs) -> None:
    await hubs.one.get()
    hubs.clock.pass_seconds(timedelta(minutes=117).total_seconds())
    with hubs.one.unit_of_work() as unit:
        now = hubs.clock()
        assert unit.tokens.claim("wechat:a", version=1, now=now, until=now + EARLY)

    assert await hubs.other.get() == "token-1"
    assert hubs.platform.asked == [False]
