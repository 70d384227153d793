"""Ten applicants race for the last place in the chat page, through the whole running product."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.bootstrap import utc_now
from bot.data_keys import data_keys
from bot.documents.dates import spoken_moment
from bot.domain.bookings import FreeSlot
from bot.domain.halls import Mode, to_local
from bot.services.bookings.slots import free_slots
from bot.settings import ROOT
from bot.store.calendars import load_calendar
from bot.store.engine import open_engine
from bot.store.unit_of_work import unit_of_work_factory
from tests.browser.test_show import SLOW_MS, last_heard, say
from tests.service_factories import DISTRICT, OpenUnit
from tests.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.model]

RACERS = 10


def last_place(unit_of_work: OpenUnit) -> FreeSlot:
    """Return a slot of a Saturday to come that has one place."""
    now = utc_now()
    for days in range(3, 60):
        found = free_slots(
            unit_of_work,
            district=DISTRICT,
            mode=Mode.VIDEO,
            on=to_local(now + timedelta(days=days)).date(),
            now=now,
            calendar=load_calendar(ROOT / "data" / "calendar"),
        )
        if found and found[-1].free == 1 and not found[-1].provisional:
            return found[-1]
    raise AssertionError("no day with a single place")


def test_of_ten_applicants_who_press_the_same_slot_one_has_it_and_books(
    chromium: Browser, stack: Stack
) -> None:
    """The others are told so at once and are shown what else is free."""
    engine = open_engine(stack.settings.database_url, data_keys("", stack.settings.state_dir))
    slot = last_place(unit_of_work_factory(engine))
    title, local = spoken_moment(slot.starts_at), to_local(slot.starts_at)
    pages: list[Page] = []
    for _ in range(RACERS):
        context = chromium.new_context(locale="zh-CN")
        context.set_default_timeout(SLOW_MS)
        pages.append(context.new_page())
        pages[-1].goto(stack.url)
        say(pages[-1], "想约个视频帮办，茌平的")
    for page in pages:
        last_heard(page, "哪一天")
        say(page, f"{local.month}月{local.day}号")
    for page in pages:
        last_heard(page, "选一个")
        expect(page.get_by_role("button", name=title)).to_be_visible()
    for page in pages:  # none waits for another
        button = page.get_by_role("button", name=title)
        button.evaluate("button => setTimeout(() => button.click(), 300)")
    for page in pages:
        answered = re.compile("怎么称呼|刚好没有空了")
        expect(page.locator("#log")).to_contain_text(answered, timeout=SLOW_MS)
    said = {page: page.locator("#log").inner_text() for page in pages}
    winners = [page for page in pages if "怎么称呼" in said[page]]
    assert len(winners) == 1
    assert sum("刚好没有空了" in text for text in said.values()) == RACERS - 1
    winner = winners[0]
    say(winner, "李雷")
    last_heard(winner, "电话")
    say(winner, "13900139088")
    last_heard(winner, "前给您留着")
    winner.get_by_role("button", name="对，约上").click()
    last_heard(winner, "YY-")
    with engine.connect() as connection:
        taken = connection.exec_driver_sql(
            "SELECT taken FROM booking_slots WHERE taken > 0 AND mode = 'video'"
        ).all()
    assert [row.taken for row in taken] == [1]
    for page in pages:
        page.context.close()
    engine.dispose()
