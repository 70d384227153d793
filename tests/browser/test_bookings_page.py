"""The desk's pages of bookings in a real Chromium, at the width of a desk and of a telephone."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.engine import Engine

from bot.domain.people import Role
from bot.services.desk import assistance
from bot.store.service_seed import seed_services
from tests.booking_desk_factories import helper, teller
from tests.browser.test_cases_page import WIDTHS, fits, shoot
from tests.desk_cast import PASSWORD
from tests.desk_server import DeskServer, desk_server
from tests.plan_factories import RESTAURANT, saved
from tests.service_factories import DISTRICT, SEED, at, book

pytestmark = pytest.mark.browser

MONDAY = date(2026, 11, 23)
NOW = at(MONDAY, 10, 10)
SATURDAY = date(2026, 11, 28)


@pytest.fixture
def desk(sqlite_engine: Engine) -> Iterator[DeskServer]:
    """A desk on a Monday morning, with the operator's settings and a supervisor."""
    with desk_server(sqlite_engine, now=lambda: NOW) as server:
        seed_services(server.cast.open_unit, folder=SEED, now=NOW)
        server.cast.agent("boss", "孙主任", Role.SUPERVISOR)
        yield server


def logged_in(browser: Browser, desk: DeskServer, width: str = "desk") -> Page:
    context = browser.new_context(viewport=WIDTHS[width], locale="zh-CN")  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto(f"{desk.url}/desk/login")
    page.get_by_label("账号").fill("boss")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/desk/")
    return page


def morning(desk: DeskServer) -> str:
    """Fill a morning; returns the number of the booking that is due now."""
    unit = desk.cast.open_unit
    with unit() as open_unit:
        boss = open_unit.people.agents()[0]
    mei = helper(unit, "mei", name="韩梅梅", phone="0635-8000000")
    helper(unit, "fang", name="王芳")
    early = at(MONDAY - timedelta(days=3), 9)
    numbers = []
    for n, (hour, minute) in enumerate([(10, 0), (10, 0), (11, 0), (14, 0), (17, 30)]):
        made = book(
            unit,
            n,
            conversation_id=desk.cast.conversation(),
            starts_at=at(MONDAY, hour, minute),
            now=early,
        )
        numbers.append(made.number)
    who = saved(unit, RESTAURANT).plan.conversation_id
    with unit() as open_unit:
        open_unit.helpers.add_absence(
            agent_id=mei.agent_id,
            first_at=at(SATURDAY, 9),
            last_at=at(SATURDAY, 12),
            reason="培训",
            entered_by=boss.id,
            now=NOW,
        )
    assistance.propose(
        unit,
        teller(),
        agent=boss,
        helper_id=boss.id,
        conversation_id=who,
        subject=numbers[0],
        now=NOW,
    )
    assistance.answer_proposal(unit, conversation_id=who, agrees=True, now=NOW)
    return numbers[0]


@pytest.mark.parametrize("width", list(WIDTHS))
def test_the_pages_fit_and_a_visitor_is_checked_in(
    chromium: Browser, desk: DeskServer, width: str
) -> None:
    number = morning(desk)
    page = logged_in(chromium, desk, width)
    pages = {
        "bookings": "/desk/bookings",
        "bookings-week": "/desk/bookings?days=7",
        "booking": f"/desk/bookings/{number}",
        "booking-rules": "/desk/bookings/rules",
        "booking-helpers": "/desk/bookings/helpers",
        "assistance": "/desk/assistances/1",
        "booking-new": f"/desk/conversations/{desk.cast.waiting()}/booking?district={DISTRICT}",
    }
    for name, path in pages.items():
        page.goto(f"{desk.url}{path}")
        shoot(page, f"{name}-{width}")
        assert fits(page), name
    page.goto(f"{desk.url}/desk/bookings")
    page.get_by_label("到场登记").fill(number.lower())
    page.get_by_role("button", name="登记").click()
    expect(page.locator(".badge").first).to_have_text("已到场")
    page.get_by_role("button", name="办完").click()
    expect(page.locator(".badge").first).to_have_text("已办完")
    page.context.close()
