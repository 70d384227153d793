"""The whistle's pages in a real Chromium, at the width of a desk and of a telephone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy.engine import Engine

from bot.domain.people import Role
from bot.services.tickets.business import BusinessSide, blow_whistle
from bot.services.tickets.tickets import Whistle
from bot.services.tickets.watch import TicketWatch, sweep
from bot.store.casework_seed import seed_casework
from tests.browser.pictures import keep_picture
from tests.casework_factories import ROOT, calendar, catalogue, local, rules
from tests.desk_cast import PASSWORD
from tests.desk_server import DeskServer, desk_server

pytestmark = pytest.mark.browser

NOW = local("2026-12-30 10:00")
WIDTHS = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.fixture
def desk(sqlite_engine: Engine) -> Iterator[DeskServer]:
    """A desk over the demo tickets; what is overdue has gone up."""
    with desk_server(sqlite_engine, now=lambda: NOW) as server:
        unit = server.cast.open_unit
        folder = ROOT / "data" / "seed"
        seed_casework(
            unit,
            folder=folder,
            now=NOW,
            calendar=calendar(),
            catalogue=catalogue(),
            rules=rules(),
        )
        while sweep(TicketWatch(unit, rules(), calendar()), now=NOW):
            pass
        side = BusinessSide(unit, calendar(), rules(), NOW)
        who = server.cast.conversation()
        text = "排水接口位置两个部门说法不一，材料退了一次，工地开不了工"
        said = Whistle("o", who, "李雷食品厂", "13800138000", "371526", text)
        blow_whistle(side, said, catalogue())
        server.cast.agent("boss", "孙主任", Role.SUPERVISOR)
        yield server


@pytest.fixture(params=list(WIDTHS))
def width(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def context(chromium: Browser, width: str) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport=WIDTHS[width], locale="zh-CN")  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, desk: DeskServer) -> Page:
    page = context.new_page()
    page.goto(f"{desk.url}/desk/login")
    page.get_by_label("账号").fill("boss")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/desk/")
    return page


def fits(page: Page) -> bool:
    """Tell whether nothing sticks out to the right."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def shoot(page: Page, name: str) -> None:
    keep_picture(page, name, full_page=True)


def test_a_ticket_is_found_explained_and_dispatched(
    desk: DeskServer, page: Page, width: str
) -> None:
    page.goto(f"{desk.url}/desk/tickets")
    expect(page.locator(".counters")).to_contain_text("待派单")
    assert fits(page)
    shoot(page, f"tickets-{width}")

    page.get_by_role("link", name="CS-20261230-0001").click()
    page.locator(".ticket-clock summary").nth(1).click()
    expect(page.locator(".parts").nth(1)).to_contain_text("元旦（放假安排未公布）")
    page.locator("summary").get_by_text("派单", exact=True).first.click()
    assert fits(page)
    shoot(page, f"ticket-{width}")
    page.get_by_role("button", name="派单", exact=True).click()
    expect(page.locator(".badge")).to_have_text("派单")

    page.goto(f"{desk.url}/desk/tickets/limits")
    assert fits(page)
    shoot(page, f"ticket-limits-{width}")
    page.get_by_label("为什么改（留痕）").fill("试一试")
    page.get_by_label("答复一般", exact=True).fill("3")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("status")).to_contain_text("已保存")
