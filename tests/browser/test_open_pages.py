"""The open pages in a real Chromium: axe, both widths, charts with their tables beside them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import msgspec
import pytest
from playwright.sync_api import Browser, Page

from bot.bootstrap import App
from bot.domain.cases import Case, CaseState
from bot.domain.people import Role
from bot.domain.plans import PlanKind
from bot.domain.policy_watch import PackageFacts
from bot.operations.ports_free import free_port
from bot.services.conversations.conversations import open_web_conversation
from bot.services.plans.plans import save_plan
from bot.services.plans.snapshot import freeze
from bot.services.plans.start_business import StartAnswers
from bot.services.policies.packages import keep_package
from bot.services.reviews.codes import make_code
from bot.services.tickets.business import BusinessSide, blow_whistle
from bot.services.tickets.tickets import Whistle
from bot.settings import Settings
from tests.browser.axe import violations
from tests.browser.pictures import keep_picture
from tests.browser.site import Site
from tests.casework_factories import case, local
from tests.desk_cast import Cast
from tests.open_factories import made_up_year, talk
from tests.web_app import open_app

pytestmark = pytest.mark.browser

WIDTHS = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
PAGES = {
    "home": "/open",
    "statistics": "/open/statistics",
    "answers": "/open/answers",
    "talks": "/open/talks",
    "talk": "/open/talks/1",
    "review": "/review/{review}",
    "package": "{package}",
    "package-unknown": "/p/nosuchcode",
    "plan": "{plan}",
    "whistle": "/whistles/{whistle}",
    "verify": "/verify",
    "verify-unknown": "/verify/XE-2026-000000",
    "chat": "/",
}
READY = frozenset({"statistics", "chat"})
"""Pages that say when their scripts have done."""

FACTS = PackageFacts(
    {"taxpayer_type": "small_scale", "monthly_sales": 120000.0, "owner_group": ("退役军人",)},
    ("employees",),
    ("lic-food-operate",),
)
NOW = local("2026-11-24 10:00")


@pytest.fixture(scope="module")
def open_site(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Site, Mapping[str, str]]]:
    """A hub with a year of counts, a talk, and everything that lies under a code."""
    folder = tmp_path_factory.mktemp("open")
    settings = Settings(
        port=free_port(), database_url=f"sqlite:///{folder / 'open.db'}", testing=True
    )
    settings = replace(settings, state_dir=folder)
    with open_app(settings) as opened:
        app = replace(opened, now=lambda: NOW)
        made_up_year(app, NOW)
        boss = Cast(app.unit_of_work).agent("boss", "王芳", Role.SUPERVISOR)
        talk(app, boss, NOW)
        code = make_code(app.unit_of_work, agent=boss, text=closed(app).number, now=NOW)
        running = Site(app)
        running.start()
        yield running, {"review": code, **under_codes(app)}
        running.close()


def under_codes(app: App) -> Mapping[str, str]:
    """Make a package of policies, a plan and a whistle; returns how each is reached."""
    store = app.unit_of_work
    who = open_web_conversation(store, now=NOW).conversation_id
    package = keep_package(store, origin="p", conversation_id=who, facts=FACTS, now=NOW)
    answers = StartAnswers(one_thing_id="ot-restaurant", district_id="371502")
    snapshot = freeze(app.start_business.compose(answers, NOW.date()), app.catalogue)
    plan = save_plan(
        store,
        origin="plan",
        conversation_id=who,
        kind=PlanKind.START_BUSINESS,
        answers={},
        snapshot=msgspec.to_builtins(snapshot),
        now=NOW,
    )
    side = BusinessSide(store, app.calendar, app.whistle_rules, NOW)
    told = Whistle("o", who, "李雷机械厂", "13800138000", "371526", "新厂房通不上电")
    whistle = blow_whistle(side, told, app.catalogue)
    return {"package": package, "plan": plan.path, "whistle": whistle.token}


def closed(app: App) -> Case:
    """Return a case that is over."""
    states = (CaseState.ACCEPTED, CaseState.UNDER_REVIEW, CaseState.COMPLETED)
    return case(app.unit_of_work, *((state, NOW) for state in states), at=NOW)


@pytest.fixture
def page(chromium: Browser, open_site: tuple[Site, Mapping[str, str]]) -> Iterator[Page]:
    context = chromium.new_context(locale="zh-CN", base_url=open_site[0].url)
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
def test_no_rule_of_axe_is_broken_and_nothing_sticks_out(
    page: Page, open_site: tuple[Site, Mapping[str, str]], name: str
) -> None:
    found = []
    for width, size in WIDTHS.items():
        page.set_viewport_size(size)  # type: ignore[arg-type]  # whole numbers
        page.goto(PAGES[name].format(**open_site[1]))
        if name in READY:
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
    found = [f"{width} {one}" for one in violations(page)]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append(f"{width}: wider than the screen")
    return found
