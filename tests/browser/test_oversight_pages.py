"""The board lives without reload, and charts are drawn under the strict policy, in a Chromium."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.engine import Engine

from bot.bootstrap import utc_now
from bot.domain.people import Role
from bot.services import handover, talk_counts
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
