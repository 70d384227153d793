"""Sign-in, account, people, audit and calendars in a real Chromium: axe, both widths."""

from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy.engine import Engine

from bot.bootstrap import utc_now
from bot.domain.people import Role
from bot.services.accounts.accounts import add_agent
from bot.settings import ROOT
from bot.store.casework_seed import seed_casework
from bot.store.service_seed import seed_services
from tests.browser.axe import violations
from tests.browser.pictures import keep_picture
from tests.casework_factories import calendar, catalogue, rules
from tests.desk_cast import PASSWORD
from tests.desk_server import DeskServer, desk_server
from tests.new_files import new_sqlite

pytestmark = pytest.mark.browser

WIDTHS = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
PAGES = {
    "account": "/desk/account",
    "password": "/desk/account/password",
    "factor": "/desk/account/second-factor",
    "people": "/desk/people",
    "person": "/desk/people/2",
    "audit": "/desk/audit",
    "calendars": "/desk/calendars?district=371502",
    "catalogue": "/desk/catalogue?days=0",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskServer]:
    """A desk with an administrator, a few colleagues and demo cases."""
    engine = _engine(tmp_path_factory.mktemp("officials"))
    with desk_server(engine) as server:
        unit, now = server.cast.open_unit, utc_now()
        seed_services(unit, folder=ROOT / "data" / "seed", now=now)
        seed_casework(
            unit,
            folder=ROOT / "data" / "seed",
            now=now,
            calendar=calendar(),
            catalogue=catalogue(),
            rules=rules(),
        )
        server.cast.agent("admin", "孙管理", Role.ADMIN)
        server.cast.agent("auditor", "赵审计", Role.AUDITOR)
        server.cast.agent("hanmeimei", "韩梅梅", Role.AGENT)
        for login, name, role, department in (
            ("wangfang", "王芳", Role.OFFICER, "approval"),
            ("lilei", "李雷", Role.HEAD, "tax"),
        ):
            add_agent(
                unit,
                login=login,
                name=name,
                role=role,
                password=PASSWORD,
                now=now,
                department_id=department,
                districts=("371502", "371521"),
                passwords=server.cast.passwords,
                must_change_password=True,
            )
        yield server
    engine.dispose()


def _engine(folder: Path) -> Engine:
    return new_sqlite(folder / "desk.db")


@pytest.fixture(params=list(WIDTHS))
def width(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def context(chromium: Browser, width: str) -> Iterator[BrowserContext]:
    opened = chromium.new_context(viewport=WIDTHS[width], locale="zh-CN")  # type: ignore[arg-type]
    opened.set_default_timeout(15_000)
    yield opened
    opened.close()


def sign_in(page: Page, desk: DeskServer, login: str) -> None:
    page.goto(f"{desk.url}/desk/login")
    page.get_by_label("账号").fill(login)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page).not_to_have_url(f"{desk.url}/desk/login")


def look(page: Page, name: str, width: str) -> list[str]:
    """Keep a picture; return what axe finds and what sticks out on the right."""
    keep_picture(page, f"{name}-{width}", full_page=True)
    found = [f"{name}-{width}: {one}" for one in violations(page)]
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return [*found, f"{name}-{width}: too wide"] if wide else found


def test_pages_have_no_barriers_and_fit_both_widths(
    desk: DeskServer, context: BrowserContext, width: str
) -> None:
    page = context.new_page()
    page.goto(f"{desk.url}/desk/login")
    problems = look(page, "login", width)
    sign_in(page, desk, "admin")
    for name, path in PAGES.items():
        page.goto(desk.url + path)
        for summary in page.locator("summary").all():
            summary.click()
        problems += look(page, name, width)

    assert problems == []


def test_an_authenticator_is_set_up_by_hand_and_asked_for_at_the_next_login(
    desk: DeskServer, context: BrowserContext, width: str
) -> None:
    login = {"desk": "auditor", "phone": "hanmeimei"}[width]
    page = context.new_page()
    sign_in(page, desk, login)
    page.goto(f"{desk.url}/desk/account/second-factor")
    assert page.get_by_alt_text("两步验证的二维码").evaluate("one => one.naturalWidth") > 0
    page.get_by_text("扫不了，手工输入密钥").click()
    totp = pyotp.TOTP(page.locator(".secret code").inner_text().replace(" ", ""))
    page.get_by_label("2. 输入验证器显示的 6 位数字").fill(totp.at(utc_now()))
    page.get_by_role("button", name="开启").click()
    expect(page.locator(".codes li")).to_have_count(10)
    problems = look(page, "codes", width)
    recovery = page.locator(".codes code").first.inner_text()
    page.get_by_role("link", name="收好了，进入工作台").click()
    expect(page).not_to_have_url(f"{desk.url}/desk/account/second-factor")
    page.goto("about:blank")  # the desk's own script would lead to the login meanwhile
    page.context.clear_cookies()

    sign_in(page, desk, login)
    expect(page.get_by_role("heading", name="再输入验证码")).to_be_visible()
    problems += look(page, "code", width)
    page.get_by_label("验证码或恢复码").fill(recovery)
    page.get_by_role("button", name="登录", exact=True).click()
    page.goto(f"{desk.url}/desk/account")
    expect(page.get_by_text("还剩 9 个恢复码")).to_be_visible()
    assert problems == []


def test_personal_data_are_shown_for_a_reason(
    desk: DeskServer, context: BrowserContext, width: str
) -> None:
    page = context.new_page()
    sign_in(page, desk, "admin")
    page.goto(f"{desk.url}/desk/cases?shown=all")
    page.locator("td a").first.click()
    page.get_by_text("个人信息已隐藏，查看要写理由").click()
    problems = look(page, "hidden", width)
    page.locator("select[name=reason]").select_option("核对申请人身份")
    page.get_by_role("button", name="查看个人信息").click()
    expect(page.get_by_text("正在显示个人信息")).to_be_visible()
    problems += look(page, "shown", width)
    assert problems == []
