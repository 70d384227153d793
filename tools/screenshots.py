"""Takes the pictures of the desk's pages: `make screenshots`, or a part of them.

`python -m tools.screenshots [folder [wide phone wide-dark]]`. Runs the hub on loopback with a
database of its own in a temporary folder, puts a made-up city into it (`tools/stage.py`) and looks
at every page with Chromium, as somebody who may see it.
"""

import os
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import uvicorn
from PIL import Image
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from bot.asgi import create_app
from bot.bootstrap import App, build
from bot.settings import ROOT, Settings
from bot.store import migrate
from tools.stage import PASSWORD, set_up, stage_clock

FOLDER = ROOT / "docs" / "img"
WIDTHS = {"wide": (1280, 800), "phone": (390, 844)}
TALLEST = {"wide": 1300, "phone": 1800}
"""Pictures of longer pages end here."""

COLOURS = 128
BEAT_S = 5.0
PAGES = {
    "wangfang": {
        "board": "/desk/board",
        "applications": "/desk/applications",
        "application": "/desk/applications > table.cases a",
        "cases": "/desk/cases",
        "case": "/desk/cases > table.cases a",
        "tickets": "/desk/tickets",
        "ticket": "/desk/tickets > table.cases a",
        "ticket-limits": "/desk/tickets/limits",
        "routing": "/desk/routing",
        "feedback": "/desk/feedback",
        "feedback-groups": "/desk/feedback/groups",
        "feedback-one": "/desk/feedback > table.cases a",
        "reviews": "/desk/reviews",
        "review": "/desk/reviews > table.cases a",
        "review-code": "/desk/reviews/codes",
        "talks": "/desk/talks",
        "talk": "/desk/talks/1",
        "inspections": "/desk/inspections",
        "inspection": "/desk/inspections/samples/1",
        "learning": "/desk/learning",
        "learning-group": "/desk/learning/messages/1",
        "hot": "/desk/hot",
        "hot-issue": "/desk/hot > main a[href='/desk/hot/1']",
        "bookings": "/desk/bookings",
        "booking": "/desk/bookings > table.cases a",
        "booking-helpers": "/desk/bookings/helpers",
        "booking-rules": "/desk/bookings/rules",
        "assistances": "/desk/assistances",
        "catalogue": "/desk/catalogue",
        "challenges": "/desk/challenges",
        "canned": "/desk/canned",
        "team": "/desk/team",
        "quality": "/desk/quality",
        "quality-one": "/desk/quality > table.cases a",
        "reports": "/desk/reports",
        "calendars": "/desk/calendars",
    },
    "lilei": {"quality-own": "/desk/quality"},
    "sunguanli": {
        "people": "/desk/people",
        "person": "/desk/people > main a[href='/desk/people/1']",
        "audit": "/desk/audit",
        "account": "/desk/account",
    },
}
"""Pages by who looks; behind ">" stands the link on that page that is followed."""

OPEN_PAGES = {"open-talk": "/open/talks/1"}
"""Pages that everybody may see; for the open statistics see `tools/open_pictures.py`."""

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-background-networking"]


def launched(playwright: Playwright) -> Browser:
    """Return a browser whose own parts (dates, file choosers) are Chinese, if it knows Chinese."""
    speaks: dict[str, str | float | bool] = {**os.environ, "LANGUAGE": "zh_CN"}
    return playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, env=speaks)


def open_app(folder: Path, port: int) -> App:
    """Return an application on a new database in `folder`."""
    settings = Settings(
        port=port, database_url=f"sqlite:///{folder / 'shots.db'}", state_dir=folder, testing=True
    )
    app = build(settings, stage_clock)
    migrate.upgrade(app.engine)
    return app


@contextmanager
def kept_alive(app: App) -> Iterator[None]:
    """Let nobody's desk fall silent until the block ends, however slow the machine is."""
    is_over = threading.Event()

    def beat() -> None:
        while not is_over.is_set():
            with app.unit_of_work() as unit:
                for one in unit.people.agents():
                    if one.serves:
                        unit.people.set_presence(one.id, now=app.now(), is_available=True)
            is_over.wait(BEAT_S)

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    yield
    is_over.set()
    thread.join(BEAT_S)


@contextmanager
def served(app: App) -> Iterator[str]:
    """Run the hub until the block ends; yields its address."""
    port = app.settings.port
    config = uvicorn.Config(
        create_app(app), host="127.0.0.1", port=port, ws="wsproto", log_level="error"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


def shoot(page: Page, name: str, folder: Path) -> None:
    """Keep a small picture of a page, from its top to the tallest that a picture may be."""
    picture = Image.open(BytesIO(page.screenshot(full_page=True)))
    tallest = TALLEST["wide" if picture.width == WIDTHS["wide"][0] else "phone"]
    shown = picture.crop((0, 0, picture.width, min(picture.height, tallest)))
    small = shown.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(folder / f"{name}.png", optimize=True)


def log_in(page: Page, url: str, login: str) -> None:
    """Sign in."""
    page.goto(f"{url}/desk/login")
    page.get_by_label("账号").fill(login)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.locator("nav.bar").wait_for()


def leave(page: Page) -> None:
    """Sign out, and wait until the login is there: it may be asked for twice."""
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/desk/login*")
    page.wait_for_load_state("networkidle")


def look(page: Page, url: str, shown: str, suffix: str, folder: Path) -> None:
    """Take the pictures of one width and one scheme."""
    page.goto(f"{url}/desk/login")
    shoot(page, f"desk-login-{suffix}", folder)
    log_in(page, url, "hanmeimei")
    page.locator(".card.mine").first.wait_for()
    shoot(page, f"desk-lists-{suffix}", folder)
    page.goto(f"{url}/desk/conversations/{shown}")
    page.locator("#brief-body dl").wait_for(state="attached")
    page.locator(".message").first.wait_for()
    shoot(page, f"desk-conversation-{suffix}", folder)
    leave(page)
    for login, pages in PAGES.items():
        log_in(page, url, login)
        for name, place in pages.items():
            if suffix.endswith("dark") and name not in {"board", "reports"}:
                continue  # the other pages only change their colours
            go(page, url, place)
            shoot(page, f"desk-{name}-{suffix}", folder)
        leave(page)
    for name, path in OPEN_PAGES.items():
        if not suffix.endswith("dark"):
            page.goto(url + path)
            page.wait_for_load_state("networkidle")  # the charts are drawn by then
            shoot(page, f"{name}-{suffix}", folder)


def go(page: Page, url: str, place: str) -> None:
    """Open a page of `PAGES`."""
    path, _, link = place.partition(" > ")
    page.goto(url + path)
    if link:
        page.locator(link).first.click()
        page.wait_for_load_state()


def main(folder: Path = FOLDER, only: Sequence[str] = (), port: int = 8123) -> None:
    """Take the pictures; `only` names looks ("wide", "phone", "wide-dark"), none means all."""
    folder.mkdir(parents=True, exist_ok=True)
    memory = Path("/dev/shm")  # noqa: S108 - a disk under load makes pages late
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as state:
        app = open_app(Path(state), port)
        shown = set_up(app)
        with served(app) as url, kept_alive(app), sync_playwright() as playwright:
            browser = launched(playwright)
            for suffix, scheme in (("wide", "light"), ("phone", "light"), ("wide-dark", "dark")):
                if only and suffix not in only:
                    continue
                width, height = WIDTHS[suffix.split("-")[0]]
                context = browser.new_context(
                    viewport={"width": width, "height": height},
                    locale="zh-CN",
                    color_scheme="dark" if scheme == "dark" else "light",
                )
                context.set_default_timeout(60_000)
                context.clock.install(time=stage_clock())  # pages count waits by themselves
                look(context.new_page(), url, shown, suffix, folder)
                context.close()
            browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER, sys.argv[2:])
