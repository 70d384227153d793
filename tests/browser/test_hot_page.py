"""Dispatching and hot issues in a real Chromium, at the width of a desk and of a telephone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.engine import Engine

from bot.domain.people import Role
from bot.services.tickets.hot_watch import sweep_hot
from tests.browser.pictures import keep_picture
from tests.casework_factories import NOW
from tests.desk_cast import PASSWORD
from tests.desk_server import DeskServer, desk_server
from tests.routing_factories import FENCE, POWER, say, watch

pytestmark = pytest.mark.browser

WIDTHS = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.fixture
def desk(sqlite_engine: Engine) -> Iterator[DeskServer]:
    """A desk with a hot issue and whistles to dispatch."""
    with desk_server(sqlite_engine, now=lambda: NOW) as server:
        unit = server.cast.open_unit
        for at, text in enumerate(FENCE):
            say(unit, f"第{at + 1}家面馆", text)
        for at in range(3):
            say(unit, f"第{at + 1}家工厂", POWER)
        sweep_hot(watch(unit), now=NOW)
        say(unit, "示例宾馆", "事情一直没有人答复我")
        server.cast.agent("boss", "孙主任", Role.SUPERVISOR)
        yield server


@pytest.fixture(params=list(WIDTHS))
def page(request: pytest.FixtureRequest, chromium: Browser, desk: DeskServer) -> Iterator[Page]:
    """A page on which the supervisor is logged in."""
    context = chromium.new_context(viewport=WIDTHS[request.param], locale="zh-CN")  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(f"{desk.url}/desk/login")
    page.get_by_label("账号").fill("boss")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/desk/")
    yield page
    context.close()


def shoot(page: Page, name: str) -> None:
    """Keep a picture and see that nothing runs out of the page."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    keep_picture(page, f"{name}-{width}", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_issue_is_split_taken_up_and_closed(page: Page, desk: DeskServer) -> None:
    page.goto(f"{desk.url}/desk/hot")
    shoot(page, "hot-list")
    page.get_by_role("link", name="热点 1").click()
    shoot(page, "hot-issue")
    page.get_by_role("checkbox").first.check()
    page.locator("summary", has_text="拆出勾选的诉求").click()
    page.locator("#split textarea").fill("另一段路")
    page.get_by_role("button", name="拆出勾选的诉求").click()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".history")).to_contain_text("另一段路")
    page.locator("summary", has_text="受理").click()
    page.get_by_label("怎么办、请谁牵头").fill("请城管局牵头")
    page.get_by_role("button", name="受理").click()
    expect(page.locator(".badge")).to_have_text("已受理")
    shoot(page, "hot-taken-up")


def test_a_whistle_is_dispatched_as_proposed(page: Page, desk: DeskServer) -> None:
    page.goto(f"{desk.url}/desk/routing")
    shoot(page, "routing")
    before = page.get_by_role("button", name="按建议派单").count()
    page.get_by_role("button", name="按建议派单").first.click()
    expect(page.get_by_role("button", name="按建议派单")).to_have_count(before - 1)
