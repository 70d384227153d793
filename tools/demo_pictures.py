"""Takes a picture of every page of a made-up month, at both widths, and writes the gallery.

`python -m tools.demo_pictures [folder]`, part of `make screenshots`. Fills a new database as
`xiaoer demo` does, serves it on loopback, signs in as who may see a page, and says what sticks out
of the screen or fails in a page. Only the second factor that the code page asks for is set up here.
"""

import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pyotp
from playwright.sync_api import Browser, Page, sync_playwright

from bot.bootstrap import App, build
from bot.domain.conversations import Owner
from bot.operations.demo import month
from bot.operations.prepare import prepare
from bot.services.accounts.second_factor import begin_enrolment, confirm_enrolment
from bot.services.operating.open_counts import count_months
from bot.settings import ROOT, Settings
from tools.demo_gallery import PAGE, gallery
from tools.demo_pages import AUDITOR, DESK, PUBLIC, DemoPage, names
from tools.open_pictures import DAYS, MEMORY
from tools.screenshots import WIDTHS, kept_alive, launched, served, shoot
from tools.stage import stage_clock

FOLDER = ROOT / "docs" / "img" / "demo"
PORT = 8125
LOOKS = ("wide", "phone", "wide-dark")


@dataclass(frozen=True)
class City:
    """Where the made-up city is served, and what opens its doors."""

    url: str
    password: str
    links: Mapping[str, str]


@contextmanager
def demo_city() -> Iterator[tuple[App, month.Filled]]:
    """Yield an application on a database that holds the made-up months."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as state:
        place = Path(state)
        settings = Settings(
            port=PORT,
            database_url=f"sqlite:///{place / 'demo.db'}",
            state_dir=place,
            testing=True,
            widget_demo=True,
        )
        prepare(settings, stage_clock())
        app = build(settings, stage_clock)
        made = month.fill(app, stage_clock(), days=DAYS)
        count_months(
            app.reading,
            app.unit_of_work,
            now=stage_clock(),
            calendar=app.calendar,
            catalogue=app.catalogue,
        )
        yield app, made


@contextmanager
def looking(browser: Browser, looks: str, problems: list[str]) -> Iterator[Page]:
    """Yield a page of one width and scheme; what fails in it is added to `problems`."""
    width, height = WIDTHS[looks.removesuffix("-dark")]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="zh-CN",
        color_scheme="dark" if looks.endswith("dark") else "light",
    )
    context.set_default_timeout(60_000)
    context.clock.install(time=stage_clock())  # pages count waits by themselves
    page = context.new_page()
    page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))
    yield page
    context.close()


def photograph(browser: Browser, city: City, looks: str, folder: Path) -> list[str]:
    """Take the pictures of one look; returns what is wrong in the pages."""
    problems: list[str] = []
    wanted = [(one, "/desk") for one in DESK] + [(one, "") for one in PUBLIC]
    with looking(browser, looks, problems) as shown:
        for login, pages in groupby(wanted, key=lambda one: one[0].login):
            if login:
                sign_in(shown, city, login)
            for page, prefix in pages:
                if f"{page.name}-{looks}.png" in names(page):
                    go(shown, page, city.url + prefix, city.links)
                    if shown.evaluate("document.documentElement.scrollWidth > innerWidth"):
                        problems.append(f"{page.name} {looks}: wider than the screen")
                    shoot(shown, f"{page.name}-{looks}", folder)
    return problems


def go(shown: Page, page: DemoPage, base: str, links: Mapping[str, str]) -> None:
    """Open a page and wait until what it draws by itself is there."""
    if page.name != "login-code":  # the sign-in has led there
        shown.goto(base + (page.start or page.route).format(**links))
    if page.link:
        shown.locator(page.link).first.click()
    shown.wait_for_load_state("load")
    if shown.locator("script[src*='/chat.js'], script[src*='/open.js']").count():
        shown.wait_for_selector("body[data-ready]", state="attached")
    if page.name == "conversation":
        shown.locator("#brief-body dl").wait_for(state="attached")
        shown.locator(".message").first.wait_for()


def sign_in(shown: Page, city: City, login: str) -> None:
    """Sign in, as far as the password leads."""
    shown.goto("about:blank")  # a page that is still there would go to the login by itself
    shown.context.clear_cookies()
    shown.goto(f"{city.url}/desk/login")
    shown.get_by_label("账号").fill(login)
    shown.get_by_label("密码").fill(city.password)
    shown.get_by_role("button", name="登录").click()
    shown.wait_for_function("location.pathname !== '/desk/login'")


def ask_for_codes(app: App) -> None:
    """Give the auditor a second factor, so that the page that asks for it can be seen."""
    with app.unit_of_work() as unit:
        (agent,) = (one for one in unit.people.agents() if one.login == AUDITOR)
    secret = begin_enrolment(app.unit_of_work, agent=agent, now=app.now()).secret
    now = app.now()
    confirm_enrolment(app.unit_of_work, agent=agent, code=pyotp.TOTP(secret).at(now), now=now)


def links_of(app: App, made: month.Filled) -> Mapping[str, str]:
    """Return what fills the blanks of `DemoPage.start`."""
    with app.unit_of_work() as unit:
        waiting = unit.conversations.list_by_owner(Owner.WAITING)
    return {**made.links, "conversation": waiting[0].id}


def main(folder: Path = FOLDER) -> None:
    """Take all pictures and write the gallery."""
    folder.mkdir(parents=True, exist_ok=True)
    with demo_city() as (app, made):
        ask_for_codes(app)
        with kept_alive(app), served(app) as url, sync_playwright() as playwright:
            browser = launched(playwright)
            city = City(url, made.password, links_of(app, made))
            for looks in LOOKS:
                for problem in photograph(browser, city, looks, folder):
                    sys.stdout.write(f"{problem}\n")
            browser.close()
    PAGE.write_text(gallery(), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
