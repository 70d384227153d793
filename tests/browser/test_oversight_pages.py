"""The board lives without reload, and charts are drawn under the strict policy, in a Chromium."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.engine import Engine

from bot.bootstrap import utc_now
from bot.domain.people import Role
from bot.services.desk import handover
from bot.services.operating import talk_counts
from tests.browser.pictures import keep_picture
from tests.desk_cast import PASSWORD, texts
from tests.desk_server import DeskServer, desk_server

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(sqlite_engine: Engine) -> Iterator[DeskServer]:
    with desk_server(sqlite_engine) as server:
        server.cast.agent("boss", "孙主任", Role.SUPERVISOR)
        yield server


@pytest.fixture
def page(chromium: Browser, desk: DeskServer) -> Iterator[Page]:
    """A page on which the supervisor is logged in; anything that the policy stops fails."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    context.set_default_timeout(20_000)
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on(
        "console",
        lambda line: problems.append(line.text) if "Content Security" in line.text else None,
    )
    opened.goto(f"{desk.url}/desk/login")
    opened.get_by_label("账号").fill("boss")
    opened.get_by_label("密码").fill(PASSWORD)
    opened.get_by_role("button", name="登录").click()
    opened.wait_for_url("**/desk/")
    yield opened
    context.close()
    assert problems == []


def test_the_board_tells_of_a_new_applicant_and_of_a_claim_by_itself(
    page: Page, desk: DeskServer
) -> None:
    meimei = desk.cast.agent()
    page.goto(f"{desk.url}/desk/board")
    expect(page.locator("#live-state")).to_have_text("实时")
    waiting = page.locator(".tiles a", has_text="排队").locator("b")
    expect(waiting).to_have_text("0")

    conversation_id = desk.cast.waiting(now=utc_now())
    desk.ring()
    expect(waiting).to_have_text("1")

    handover.claim(
        desk.cast.open_unit,
        conversation_id=conversation_id,
        agent_id=meimei.id,
        now=utc_now(),
        texts=texts(),
    )
    desk.ring()
    expect(waiting).to_have_text("0")
    expect(page.locator(".happened")).to_contain_text("韩梅梅接入")

    page.locator("#held a").first.click()
    expect(page.locator("#head")).to_contain_text("客服韩梅梅在接待")
    expect(page.get_by_role("button", name="改派")).to_be_visible()
    expect(page.get_by_role("button", name="接手")).to_be_visible()


def test_charts_are_drawn_and_every_figure_stands_in_the_table_too(
    page: Page, desk: DeskServer
) -> None:
    desk.cast.waiting(now=utc_now())
    talk_counts.count_all(desk.cast.open_unit, now=utc_now() + 2 * talk_counts.LAG)

    page.goto(f"{desk.url}/desk/reports?by=channel")

    expect(page.locator(".chart canvas")).to_have_count(2)
    drawn = page.locator(".chart canvas").first.evaluate(
        "(canvas) => canvas.getContext('2d')"
        ".getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value)"
    )
    assert drawn
    expect(page.locator("#report tbody tr")).to_contain_text("网页")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_bar_is_one_row_and_its_menus_work_by_mouse_and_keyboard(
    page: Page, desk: DeskServer
) -> None:
    page.goto(f"{desk.url}/desk/tickets")
    bar = page.locator("nav.bar")
    concerns = bar.locator("summary", has_text="诉求")
    expect(concerns).to_have_text("诉求 · 吹哨单")
    box = bar.bounding_box()
    assert box is not None
    assert box["height"] < 45, "one row"

    concerns.click()
    expect(bar.get_by_role("link", name="好差评")).to_be_visible()
    keep_picture(page, "bar-wide")
    bar.locator("summary", has_text="团队").click()
    expect(bar.get_by_role("link", name="好差评")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(bar.get_by_role("link", name="报表")).to_be_hidden()
    bar.locator("summary", has_text="团队").press("Enter")
    bar.get_by_role("link", name="报表").press("Enter")
    page.wait_for_url("**/desk/reports")

    page.set_viewport_size({"width": 390, "height": 844})
    bar.locator("summary", has_text="知识").click()
    last = bar.get_by_role("link", name="日历").bounding_box()
    assert last is not None
    assert last["x"] >= 0
    assert last["x"] + last["width"] <= 390
    keep_picture(page, "bar-phone")
    page.mouse.click(195, 700)
    expect(bar.get_by_role("link", name="日历")).to_be_hidden()
