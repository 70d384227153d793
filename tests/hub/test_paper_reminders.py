"""The loop that reminds of papers: it wakes the page, and outlives a failure."""

import asyncio
from contextlib import AbstractContextManager, suppress
from datetime import date, timedelta

from sqlalchemy.engine import Engine

from bot.hub.paper_reminders import run_paper_reminders
from bot.hub.wakeups import LocalWakeups, conversation_topic
from bot.services.applications import desk as application_desk
from bot.store.unit_of_work import SqlUnitOfWork
from tests.application_factories import conversation, hand_in, texts, window
from tests.casework_factories import calendar, opened
from tests.service_factories import NOW

DUE = date(2026, 12, 4)
ON_THE_DAY = NOW + timedelta(days=11)


async def test_the_page_is_woken_even_after_a_failure(sqlite_engine: Engine) -> None:
    unit = opened(sqlite_engine)
    chat = conversation(unit)
    number = hand_in(unit, conversation_id=chat).case.number
    application_desk.accept(window(unit), number=number, later=[("从业人员健康证明", DUE)])
    wakeups, failures = LocalWakeups(), iter([True])

    def flaky() -> AbstractContextManager[SqlUnitOfWork]:
        if next(failures, False):
            raise OSError("the database is away")
        return unit()

    with wakeups.listen(conversation_topic(chat)) as bell:
        task = asyncio.create_task(
            run_paper_reminders(
                flaky,
                wakeups,
                texts=texts(),
                calendar=calendar(),
                now=lambda: ON_THE_DAY,
                every_s=0.01,
            )
        )
        try:
            assert await bell.wait(10)
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    with unit() as uow:
        assert "今天" in uow.conversations.messages(chat)[-1].text
