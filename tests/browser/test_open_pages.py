"""The open pages in a real Chromium: axe, both widths, charts with their tables beside them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from bot.domain.open_data import Count, window_at
from bot.services.local_time import local_day
from bot.settings import Settings
from tests.browser.pictures import keep_picture
from tests.browser.site import Site
from tests.casework_factories import local
from tests.databases import free_port
from tests.desk_cast import catalogue
from tests.web_app import open_app

pytestmark = pytest.mark.browser

WIDTHS = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
PAGES = {"home": "/open", "statistics": "/open/statistics", "answers": "/open/answers"}
NOW = local("2026-11-24 10:00")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A hub with a year of counts."""
    folder = tmp_path_factory.mktemp("open")
    settings = Settings(
        port=free_port(), database_url=f"sqlite:///{folder / 'open.db'}", testing=True
    )
    settings = replace(settings, state_dir=folder)
    with open_app(settings) as opened:
        app = replace(opened, now=lambda: NOW)
        for at, month in enumerate(window_at(local_day(NOW)).months):
            with app.unit_of_work() as unit:
                unit.open_counts.add_month(month, made_up(at), now=NOW)
        running = Site(app)
        running.start()
        yield running
        running.stop()


def made_up(at: int) -> list[Count]:
    """Return counts of a month."""
    counts = []
    for what, base in (("case", 300), ("letter", 30), ("complaint", 25), ("review", 90)):
        for place, department in enumerate(("", *list(catalogue().departments)[:9])):
            n = base + at * 7 if not department else (base + at * 7) // (place + 2)
            dimension = "department" if department else ""
            counts.append(Count(what, "", dimension, department, n, n, n - n // 20))
        counts += [Count(what, "", "length", str(days), base // days) for days in (1, 3, 9, 14)]
    levels = [Count("review", "", "level", str(level), 18) for level in range(1, 6)]
    talks = [Count("talk", "", "", "", 900 + 60 * at), Count("talk", "", "channel", "web", 900)]
    return [*counts, *levels, *talks, Count("letter_within_7", "", "", "", 30, 30, 20)]


@pytest.fixture
def page(chromium: Browser, site: Site) -> Iterator[Page]:
    context = chromium.new_context(locale="zh-CN", base_url=site.url)
    context.set_default_timeout(60_000)
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on(
        "console",
        lambda line: problems.append(line.text) if "Content Security" in line.text else None,
    )
    yield opened
    assert problems == []
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_no_rule_of_axe_is_broken_and_nothing_sticks_out(page: Page, name: str) -> None:
    found = []
    for width, size in WIDTHS.items():
        page.set_viewport_size(size)  # type: ignore[arg-type]  # whole numbers
        page.goto(PAGES[name])
        if name == "statistics":
            page.wait_for_selector("body[data-ready]")
        keep_picture(page, f"open-{name}-{width}", full_page=True)
        found += problems_of(page, width)
    assert found == []


def test_every_chart_has_its_numbers_in_a_table(page: Page) -> None:
    page.goto("/open/statistics")
    page.wait_for_selector("body[data-ready]")
    charts = page.locator(".chart[data-of]")
    assert charts.count() > 5
    for chart in charts.all():
        assert chart.locator("canvas").count() == 1
        table = f"#{chart.get_attribute('data-of')} tbody tr"
        assert page.locator(table).count() > 0
        assert "数字见下面的表" in (chart.get_attribute("aria-label") or "")


def problems_of(page: Page, width: str) -> list[str]:
    """Return what axe finds, and whether the page is wider than the screen."""
    page.evaluate(Axe().axe_script)
    violations = page.evaluate("axe.run()")["violations"]
    found = [f"{width} {one['id']}: {one['nodes'][0]['html'][:120]}" for one in violations]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append(f"{width}: wider than the screen")
    return found
