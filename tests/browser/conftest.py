"""A whole hub on loopback beside a fake Rasa, and a real Chromium before it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from bot.operations.ports_free import free_port
from bot.settings import Settings
from tests.browser.executable import ARGUMENTS, WHOLE, find_chromium
from tests.browser.site import Site
from tests.fake_rasa import TOKEN, FakeRasa, fake_rasa
from tests.web_app import open_app


@pytest.fixture(scope="module")  # two drivers at once do not get along
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def whole_chromium(chromium: Browser) -> Iterator[Browser]:
    """The browser with its window: it shows notices, and keeps other sites from storing."""
    browser = chromium.browser_type.launch(executable_path=WHOLE, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture
def rasa() -> Iterator[FakeRasa]:
    with fake_rasa() as fake:
        yield fake


@pytest.fixture
def site(tmp_path: Path, rasa: FakeRasa) -> Iterator[Site]:
    port = free_port()
    settings = Settings(
        port=port,
        database_url=f"sqlite:///{tmp_path / 'site.db'}",
        rasa_url=rasa.url,
        rasa_token=TOKEN,
        actions_url=rasa.actions_url,
        turn_timeout_s=10,
        testing=True,
    )
    with open_app(settings) as app:
        running = Site(app)
        running.start()
        yield running
        running.close()


@pytest.fixture
def page(chromium: Browser, site: Site) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1200, "height": 800}, locale="zh-CN")
    context.set_default_timeout(10_000)
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on(
        "console",
        lambda line: problems.append(line.text) if "Content Security" in line.text else None,
    )
    opened.goto(site.url)
    yield opened
    context.close()
    assert problems == []
