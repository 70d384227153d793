"""The register's pages in a real Chromium, at the width of a desk and of a telephone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy.engine import Engine

from bot.domain.people import Role
from bot.services.cases import cases
from bot.services.cases.watch import CaseWatch, count_again, escalate_overdue
from bot.store.casework_seed import seed_casework
from tests.browser.pictures import keep_picture
from tests.casework_factories import ROOT, calendar, case_rules, catalogue, local, rules
from tests.desk_cast import PASSWORD
from tests.desk_server import DeskServer, desk_server

pytestmark = pytest.mark.browser

NOW = local("2026-11-26 10:00")
WIDTHS = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.fixture
def desk(sqlite_engine: Engine) -> Iterator[DeskServer]:
    """A desk over the demo cases; one is urged, and the overdue ones have gone up."""
    with desk_server(sqlite_engine, now=lambda: NOW) as server:
        unit = server.cast.open_unit
        seeded = seed_casework(
            unit,
            folder=ROOT / "data" / "seed",
            now=NOW,
            calendar=calendar(),
            catalogue=catalogue(),
            rules=rules(),
        )
        watch = CaseWatch(unit, case_rules(), calendar())
        count_again(watch)
        escalate_overdue(watch, now=NOW)
        who = server.cast.conversation()
        number = seeded.cases[0]
        cases.find_case(
            unit,
            number=number,
            credential="0101",
            conversation_id=who,
            now=NOW,
            calendar=calendar(),
        )
        cases.urge_case(
            unit, number=number, conversation_id=who, origin="u", now=NOW, calendar=calendar()
        )
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


def test_the_list_is_filtered_and_a_case_is_moved(desk: DeskServer, page: Page, width: str) -> None:
    page.goto(f"{desk.url}/desk/cases")
    expect(page.get_by_role("heading", name="待答复的催办")).to_be_visible()
    assert fits(page)
    shoot(page, f"cases-{width}")

    page.locator("select[name=colour]").select_option("red")
    page.get_by_role("button", name="筛选").click()
    expect(page.locator("table.cases .clock-red").first).to_be_visible()
    expect(page.locator("table.cases .clock-green")).to_have_count(0)

    page.goto(f"{desk.url}/desk/cases?urged=1")
    page.locator("table.cases a").first.click()
    page.get_by_text("一天一天怎么算的").click()
    expect(page.get_by_text("受理当天，次日起算")).to_be_visible()
    assert fits(page)
    shoot(page, f"case-{width}")

    page.get_by_label("答复（会发到申请人的对话里）").fill("今天下午现场核查")
    page.get_by_role("button", name="答复", exact=True).click()
    expect(page.get_by_text("今天下午现场核查")).to_be_visible()
    page.get_by_text("办完“现场核查”").click()
    page.get_by_label("说明（申请人会看到）").fill("场所合格")
    page.get_by_role("button", name="办完这一步").click()
    expect(page.locator(".history")).to_contain_text("办完一步")
