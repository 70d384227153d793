"""The hub's clock recomputes plans and tells their readers, whoever else does so too."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy.engine import Engine

from bot.hub.plan_news import run_plan_news
from bot.hub.wakeups import LocalWakeups, conversation_topic
from bot.services.plans.recipe import PlanComposer
from bot.services.plans.recompute import count_stale
from bot.services.plans.subscriptions import set_reminders
from bot.store.unit_of_work import unit_of_work_factory
from tests.plan_factories import MONDAY, composer, lines, news, saved, with_holiday
from tests.service_factories import NOW, TUESDAY, OpenUnit, at


@asynccontextmanager
async def telling(
    unit: OpenUnit, wakeups: LocalWakeups, made: PlanComposer, hour: int = 9
) -> AsyncIterator[None]:
    task = asyncio.create_task(
        run_plan_news(
            unit,
            wakeups,
            composer=made,
            texts=news(),
            now=lambda: at(MONDAY, hour),
            every_s=0.01,
        )
    )
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_the_page_is_woken_for_a_reminder(sqlite_engine: Engine) -> None:
    unit, wakeups = unit_of_work_factory(sqlite_engine), LocalWakeups()
    shared = saved(unit)
    mine = shared.plan.conversation_id
    set_reminders(unit, plan_id=shared.plan.id, conversation_id=mine, remind_days=0, now=NOW)
    with wakeups.listen(conversation_topic(mine)) as bell:
        async with telling(unit, wakeups, composer()):
            await asyncio.wait_for(bell.wait(10), 10)
    assert len(lines(unit, mine)) == 1


async def test_a_hub_with_a_new_calendar_moves_plans_and_says_so(sqlite_engine: Engine) -> None:
    unit, wakeups = unit_of_work_factory(sqlite_engine), LocalWakeups()
    mine = saved(unit).plan.conversation_id
    with wakeups.listen(conversation_topic(mine)) as bell:
        async with telling(unit, wakeups, with_holiday(TUESDAY)):
            await asyncio.wait_for(bell.wait(10), 10)
    (text,) = lines(unit, mine)
    assert "11月24日（周二） → 11月25日（周三）" in text


async def test_an_older_hub_does_not_undo_what_a_newer_one_did(sqlite_engine: Engine) -> None:
    unit, wakeups = unit_of_work_factory(sqlite_engine), LocalWakeups()
    newer = with_holiday(TUESDAY)
    mine = saved(unit).plan.conversation_id
    with wakeups.listen(conversation_topic(mine)) as bell:
        older = telling(unit, wakeups, composer(), hour=8)
        async with older, telling(unit, wakeups, newer, hour=9):
            await asyncio.wait_for(bell.wait(10), 10)
    assert count_stale(unit, newer) == 0
    assert len(lines(unit, mine)) == 1
