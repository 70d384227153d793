"""The window's pages in a real Chromium: one notice, a deferral, a refusal; a frozen matter."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.engine import Engine

from bot.domain.people import Role
from tests.application_factories import hand_in
from tests.browser.pictures import keep_picture
from tests.desk_cast import NOW, PASSWORD, FakeClock
from tests.desk_server import DeskServer, desk_server

pytestmark = pytest.mark.browser

SIZES = [(1280, 900), (390, 844)]
HEALTH = "从业人员健康证明"


@pytest.fixture
def desk(sqlite_engine: Engine) -> Iterator[DeskServer]:
    with desk_server(sqlite_engine, now=FakeClock()) as server:
        server.cast.agent("boss", "孙主任", Role.SUPERVISOR)
        yield server


@pytest.fixture(params=SIZES, ids=["desktop", "phone"])
def page(request: pytest.FixtureRequest, chromium: Browser, desk: DeskServer) -> Iterator[Page]:
    """A logged-in tab; the content policy must not have to stop anything."""
    width, height = request.param
    context = chromium.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    context.set_default_timeout(10_000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if "Security" in line.text else None)
    page.goto(desk.url + "/desk/login")
    page.get_by_label("账号").fill("boss")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    yield page
    context.close()
    assert errors == []


def shoot(page: Page, name: str) -> None:
    """Keep a picture, and make sure that nothing sticks out at the side."""
    size = page.viewport_size
    assert size is not None
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    keep_picture(page, f"applications-{name}-{size['width']}", full_page=True)


def test_from_the_list_over_one_notice_and_a_deferral_to_the_refusal(
    page: Page, desk: DeskServer
) -> None:
    number = hand_in(desk.cast.open_unit, choices={HEALTH: "later"}, now=NOW).case.number  # type: ignore[arg-type]
    page.goto(desk.url + "/desk/applications")
    shoot(page, "list")
    page.get_by_role("link", name=number).click()

    page.get_by_text("要求补件（一次性告知）").click()
    page.get_by_label("委托书及经办人身份证").check()
    page.get_by_label("哪里不对、怎么补").fill("委托书没有签字")
    page.get_by_role("button", name="告知申请人补件").click()
    expect(page.locator(".badge")).to_have_text("补正")
    expect(page.get_by_text("要求补件（一次性告知）")).to_have_count(0)

    page.get_by_text("受理", exact=True).first.click()
    page.get_by_label("补交日期").fill("2026-12-04")
    page.get_by_role("button", name="受理", exact=True).click()
    expect(page.locator(".badge")).to_have_text("受理")
    expect(page.locator(".history")).to_contain_text("2026年12月4日前")

    page.get_by_text("不予许可", exact=True).first.click()
    page.get_by_label("理由（申请人会看到）").fill("经营场所不符合条件")
    page.get_by_role("button", name="不予许可").click()
    expect(page.locator(".badge")).to_have_text("不予许可")
    expect(page.locator(".history")).to_contain_text("行政复议")
    shoot(page, "one")


def test_a_matter_is_frozen_and_lifted(page: Page, desk: DeskServer) -> None:
    page.goto(desk.url + "/desk/catalogue")
    page.get_by_text("暂停一个事项").click()
    page.get_by_label("事项", exact=True).fill("食品经营许可（新办）")
    page.get_by_label("理由（申请人会看到）").fill("办法正在修订")
    page.get_by_role("button", name="暂停办理").click()

    expect(page.get_by_text("办法正在修订")).to_be_visible()
    shoot(page, "catalogue")
    page.get_by_role("button", name="恢复").click()
    expect(page.get_by_text("没有暂停的事项。")).to_be_visible()
