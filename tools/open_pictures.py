"""Takes the pictures of the open statistics, with figures that `xiaoer demo` makes.

`python -m tools.open_pictures [folder]`. The figures of the pages come from a made-up city that was
acted out through the use cases of the product, and were counted by the same step as in a real one.
"""

import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bot.bootstrap import build
from bot.operations.demo import month
from bot.operations.prepare import prepare
from bot.services.operating.open_counts import count_months
from bot.settings import Settings
from tools.screenshots import FOLDER, WIDTHS, launched, served, shoot
from tools.stage import stage_clock

DAYS = 85
"""Two whole months that are over, the last day of the one before, and the days since."""

MEMORY = Path("/dev/shm")  # noqa: S108 - a disk under load makes it take many minutes

PAGES = {"open-statistics": "/open/statistics"}


def main(
    folder: Path = FOLDER, port: int = 8124, now: Callable[[], datetime] = stage_clock
) -> None:
    """Make up a city, count its months, and take the pictures at both widths."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as state:
        place = Path(state)
        settings = Settings(
            port=port, database_url=f"sqlite:///{place / 'open.db'}", state_dir=place, testing=True
        )
        prepare(settings, now())
        app = build(settings, now)
        month.fill(app, now(), days=DAYS)
        count_months(
            app.reading, app.unit_of_work, now=now(), calendar=app.calendar, catalogue=app.catalogue
        )
        with served(app) as url, sync_playwright() as playwright:
            browser = launched(playwright)
            for suffix in WIDTHS:
                _look(browser, url, suffix, folder)
            browser.close()


def _look(browser: Browser, url: str, suffix: str, folder: Path) -> None:
    width, height = WIDTHS[suffix]
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    context.set_default_timeout(60_000)
    page = context.new_page()
    for name, path in PAGES.items():
        page.goto(url + path)
        page.wait_for_selector("body[data-ready]")
        shoot(page, f"{name}-{suffix}", folder)
    context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
