"""Every page of the desk, at both widths, light and dark: no rule of axe is broken."""

import re
from collections.abc import Iterator, Mapping

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from sqlalchemy.engine import Engine

from bot.bootstrap import utc_now
from bot.domain.challenges import NewChallenge
from bot.domain.desk_files import check_file
from bot.domain.desk_work import CannedReply
from bot.domain.people import Agent, Role
from bot.domain.quality import NewMark
from bot.services.desk import handover, quality
from bot.services.desk import notes as desk_notes
from bot.services.desk import sending as desk_sending
from bot.services.learning import challenges
from bot.store.casework_seed import seed_casework
from bot.store.service_seed import seed_services
from tests.application_factories import hand_in
from tests.browser.axe import ALL_RULES, violations
from tests.casework_factories import ROOT, calendar, catalogue, rules
from tests.desk_cast import PASSWORD, texts
from tests.desk_server import DeskServer, desk_server

pytestmark = pytest.mark.browser

WIDE: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
LAYOUT = {**ALL_RULES, "runOnly": ["color-contrast", "scrollable-region-focusable"]}
"""What a width may change on a page that shows the same parts at both."""

CONTRAST = {**ALL_RULES, "runOnly": ["color-contrast"]}
"""In the dark the same pages are only coloured differently."""

KNOWN = {
    "/desk/",
    "/desk/applications",
    "/desk/applications/N",
    "/desk/board",
    "/desk/canned",
    "/desk/cases",
    "/desk/cases/N",
    "/desk/catalogue",
    "/desk/challenges",
    "/desk/conversations/N",
    "/desk/quality",
    "/desk/quality/N",
    "/desk/reports",
    "/desk/team",
}
"""Pages that the walk must at least come to; new ones are found by their links."""

WHISTLE = re.compile(r"/desk/conversations/[0-9a-f]+/whistle")
NUMBER = re.compile(r"/[0-9A-Za-z-]*[0-9][0-9A-Za-z-]*$")


@pytest.fixture
def desk(sqlite_engine: Engine) -> Iterator[DeskServer]:
    """A desk with something on every page."""
    with desk_server(sqlite_engine) as server:
        unit, now = server.cast.open_unit, utc_now()
        seed_casework(
            unit,
            folder=ROOT / "data" / "seed",
            now=now,
            calendar=calendar(),
            catalogue=catalogue(),
            rules=rules(),
        )
        seed_services(unit, folder=ROOT / "data" / "seed", now=now)
        hand_in(unit)
        boss = server.cast.agent("boss", "孙主任", Role.SUPERVISOR)
        server.cast.agent()
        reply = CannedReply(0, "", "nh", "问好", "您好")
        desk_notes.save_canned(unit, agent_id=boss.id, reply=reply, now=now)
        server.cast.waiting(now=now)
        fields: dict[str, object] = {"start_business_district": "371502"}
        held = server.cast.waiting(now=now, fields=fields)
        handover.claim(unit, conversation_id=held, agent_id=boss.id, now=now, texts=texts())
        file = check_file("清单.pdf", b"%PDF-1.7\n1 0 obj\n")
        desk_sending.send_file(
            unit, conversation_id=held, agent_id=boss.id, file=file, now=now, texts=texts()
        )
        _ended(server, boss)
        desk_notes.add_note(
            unit, conversation_id=held, agent_id=boss.id, text="@韩梅梅 看一下", now=now
        )
        yield server


def _ended(server: DeskServer, boss: Agent) -> None:
    """A conversation that a colleague ended, with a mark, and an answer that somebody doubts."""
    unit, now = server.cast.open_unit, utc_now()
    meimei = next(one for one in _staff(server) if one.id != boss.id)
    ended = server.cast.waiting(now=now)
    one = {"conversation_id": ended, "agent_id": meimei.id, "now": now, "texts": texts()}
    handover.claim(unit, **one)
    handover.close(unit, **one)
    mark = NewMark(answers=True, names_basis=False, says_next=True, remark="没有说依据")
    quality.mark_conversation(unit, agent=boss, conversation_id=ended, mark=mark, now=now)
    challenges.open_challenge(unit, NewChallenge("m1", ended, "要三份", "不对", "", "", now))


def _staff(server: DeskServer) -> list[Agent]:
    with server.cast.open_unit() as unit:
        return list(unit.people.agents())


def _pattern(path: str) -> str:
    return NUMBER.sub("/N", path)


def _links(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"/desk/\"]')].map(a => new URL(a.href).pathname)"
    )
    return found[::-1] if page.locator("body.desk").count() else found  # the held one is last


def _problems(page: Page, place: str, options: Mapping[str, object] = ALL_RULES) -> list[str]:
    return [f"{place} {one}" for one in violations(page, options)]


STILL = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { transition: none !important; animation: none !important; }");
  document.adoptedStyleSheets = [sheet];
}"""
"""Colours that fade over are looked at where they end."""


def _everywhere(page: Page, place: str) -> list[str]:
    """Return the problems of an open page at both widths, light and dark; loads nothing again."""
    problems = []
    page.evaluate(STILL)
    has_panes = bool(page.locator("body.desk").count())
    for size in (PHONE, WIDE):
        page.set_viewport_size(size)
        name = f"{size['width']} {place}"
        rules = ALL_RULES if size is WIDE or has_panes else LAYOUT
        problems += _problems(page, f"light {name}", rules)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            problems.append(f"{name} is wider than the screen")
        page.emulate_media(color_scheme="dark")
        problems += _problems(page, f"dark {name}", CONTRAST)
        page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)
    return problems


def _open(page: Page, url: str) -> None:
    page.goto(url)
    if page.locator("body.desk").count():
        expect(page.locator("#mine-count")).to_have_text("1")
        if "/conversations/" in url:
            expect(page.locator("#composer")).to_be_visible()
            expect(page.locator("#brief-body dl")).to_be_attached()


def _walk(page: Page, desk: DeskServer) -> tuple[list[str], set[str]]:
    """Return the problems of every page that links lead to, and the pages."""
    problems, seen, todo = [], set(), ["/desk/"]
    while todo:
        path = todo.pop(0)
        if _pattern(path) in seen or "/export" in path or "/static/" in path:
            continue
        seen.add(_pattern(path))
        _open(page, desk.url + path)
        problems += _everywhere(page, path)
        todo += _links(page)
    return problems, seen


@pytest.mark.thorough
def test_no_page_of_the_desk_breaks_a_rule_of_accessibility(
    chromium: Browser, desk: DeskServer
) -> None:
    context = chromium.new_context(viewport=PHONE, locale="zh-CN", color_scheme="light")
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(f"{desk.url}/desk/login")
    problems = _everywhere(page, "login")
    page.get_by_label("账号").fill("boss")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    found, seen = _walk(page, desk)
    context.close()

    assert problems + found == []
    assert seen >= KNOWN
    assert any(WHISTLE.fullmatch(path) for path in seen)


def test_no_dialog_of_the_desk_breaks_a_rule_of_accessibility(
    chromium: Browser, desk: DeskServer
) -> None:
    context = chromium.new_context(viewport=WIDE, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{desk.url}/desk/login")
    page.get_by_label("账号").fill("boss")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.locator(".card.mine a").click()
    expect(page.locator("#composer")).to_be_visible()
    problems: list[str] = []
    for dialog in page.locator("dialog.sheet-dialog").all():
        name = str(dialog.get_attribute("id"))
        page.evaluate("(name) => openDialog(name)", name.removeprefix("d-"))
        expect(dialog).to_be_visible()
        problems += _problems(page, name)
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
    context.close()

    assert problems == []
