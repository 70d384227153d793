"""A morning at the desk: every verb of a conversation by its key, and what rings."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.engine import Engine

from bot.bootstrap import utc_now
from bot.domain.desk_work import CannedReply
from bot.domain.people import Role
from bot.services.accounts import accounts
from bot.services.desk import notes as desk_notes
from tests.desk_cast import PASSWORD
from tests.desk_server import DeskServer, desk_server

pytestmark = pytest.mark.browser

FIELDS: dict[str, object] = {"start_business_district": "371502", "whistle_phone": "13806350001"}


@pytest.fixture
def desk(sqlite_engine: Engine) -> Iterator[DeskServer]:
    with desk_server(sqlite_engine) as server:
        server.cast.agent()
        lilei = server.cast.agent("lilei", "李雷", Role.SUPERVISOR)
        unit, now = server.cast.open_unit, utc_now()
        accounts.heartbeat(unit, agent_id=lilei.id, now=now, is_available=True)
        reply = CannedReply(0, "", "nh", "问好", "您好，我看一下")
        desk_notes.save_canned(unit, agent_id=lilei.id, reply=reply, now=now)
        yield server


@pytest.fixture
def page(chromium: Browser, desk: DeskServer) -> Iterator[Page]:
    yield from _signed_in(chromium, desk)


@pytest.fixture
def noticed_page(whole_chromium: Browser, desk: DeskServer) -> Iterator[Page]:
    """In a browser that shows notices."""
    yield from _signed_in(whole_chromium, desk)


def _signed_in(browser: Browser, desk: DeskServer) -> Iterator[Page]:
    """The desk of 韩梅梅, who has just signed in."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    context.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    shown = context.new_page()
    shown.goto(f"{desk.url}/desk/")
    shown.get_by_label("账号").fill("hanmeimei")
    shown.get_by_label("密码").fill(PASSWORD)
    shown.keyboard.press("Enter")
    expect(shown.locator("#waiting-count")).to_be_visible()
    yield shown
    expect.set_options(timeout=5_000)
    context.close()


def _press(page: Page, key: str) -> None:
    """Leave whatever is typed in, then press a key."""
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press(key)


def _dialog(page: Page, key: str, name: str) -> None:
    _press(page, key)
    expect(page.locator(f"#d-{name}")).to_be_visible()


def _send(page: Page, name: str) -> None:
    page.locator(f"#d-{name} button[value=yes]").press("Enter")
    expect(page.locator(f"#d-{name}")).to_be_hidden()


def test_every_verb_of_a_conversation_has_its_key(page: Page, desk: DeskServer) -> None:
    who = desk.cast.waiting(now=utc_now(), fields=FIELDS)
    desk.ring()
    expect(page.locator("#waiting-count")).to_have_text("1")
    _press(page, "c")
    expect(
        page.locator("#reply")
    ).to_be_focused()  # once it is claimed; a key before is typed there

    _press(page, "r")
    page.keyboard.type("/nh ")
    expect(page.locator("#reply")).to_have_value("您好，我看一下")
    page.keyboard.press("Enter")
    expect(page.locator(".from-agent .bubble").last).to_have_text("您好，我看一下")

    _dialog(page, ".", "canned")
    expect(page.locator("#canned-list button")).to_contain_text("您好，我看一下")
    page.keyboard.press("Escape")

    _dialog(page, "f", "facts")
    page.locator("#facts-q").fill("食品经营许可")
    page.locator("#facts-list button").first.press("Enter")
    expect(page.locator("#reply")).not_to_have_value("")
    assert "核对" in page.locator("#reply").input_value()  # the source goes along
    page.locator("#reply").fill("")

    _dialog(page, "i", "identity")
    page.get_by_role("button", name="先请用户提供").press("Enter")
    expect(page.locator("#log")).to_contain_text("为了核实身份")
    page.keyboard.press("Escape")

    _dialog(page, "n", "note")
    page.keyboard.type("@李雷 帮我看一下")
    _send(page, "note")
    expect(page.locator("#toast")).to_contain_text("已提醒 1 位同事")

    _dialog(page, "a", "supervisor")
    page.locator("#supervisor-reason").fill("请看看依据")
    _send(page, "supervisor")
    expect(page.locator("#head")).to_contain_text("已请主管介入")

    _dialog(page, "s", "snooze")
    _send(page, "snooze")
    expect(page.locator("#head")).to_contain_text("取回")
    _press(page, "s")
    expect(page.locator("#head")).to_contain_text("稍后")

    _press(page, "e")
    assert page.evaluate("document.activeElement.dataset.slot") == "start_business_district"

    _dialog(page, "t", "transfer")
    page.keyboard.press("Escape")
    _press(page, "w")
    page.wait_for_url(f"**/conversations/{who}/whistle")
    page.get_by_label("遇到什么问题").fill("变压器报了三个月，供电公司没来")
    page.get_by_label("企业名称").fill("示例机械厂")
    page.get_by_label("联系电话").press("Enter")
    page.wait_for_url(f"**/conversations/{who}")
    expect(page.locator("#log")).to_contain_text("替您吹哨了")

    _dialog(page, "x", "close")
    _send(page, "close")
    expect(page.locator("#head")).to_contain_text("已结束")


def test_g_and_a_letter_lead_to_every_page_from_every_page(page: Page, desk: DeskServer) -> None:
    letters = page.evaluate(
        "[...document.querySelectorAll('.bar [data-go]')].map(a => a.dataset.go)"
    )
    _dialog(page, "?", "keys")
    listed = page.locator("#keys-list").inner_text()
    page.keyboard.press("Escape")
    for letter, place in (("s", "/desk/tickets"), ("c", "/desk/cases"), ("d", "/desk/")):
        _press(page, "g")
        page.keyboard.press(letter)
        page.wait_for_url(desk.url + place)

    assert {"s", "c", "d"} <= set(letters)
    assert all(f"g {letter}" in " ".join(listed.split()) for letter in letters)
    assert "约帮办" in listed


HIDDEN = """() => {
  Object.defineProperty(document, "hidden", { get: () => true });
  window.told = [];
  const Real = window.Notification;
  window.Notification = class extends Real {
    constructor(title, options) { super(title, options); window.told.push(options.body); }
  };
}"""
"""Another tab lies in front, and what the browser is told to show is written down."""


def _rings(page: Page, desk: DeskServer, name: str) -> None:
    desk.ring()
    expect(page.locator(f"body[data-rang={name}]")).to_be_attached()
    page.evaluate("delete document.body.dataset.rang")


def test_each_event_rings_in_the_way_that_was_chosen_and_says_nothing_of_what_was_said(
    noticed_page: Page, desk: DeskServer
) -> None:
    page = noticed_page
    page.context.grant_permissions(["notifications"], origin=desk.url)
    page.evaluate(HIDDEN)
    elsewhere = desk.cast.conversation(now=utc_now())  # what is on the screen counts as seen
    who = desk.cast.waiting(now=utc_now())
    _rings(page, desk, "queue")
    expect(page).to_have_title(re.compile("^【新排队】"))
    _press(page, "c")
    expect(page.locator("#composer")).to_be_visible()
    desk.cast.says(who, "我的电话是 13806350001", now=utc_now())
    _rings(page, desk, "message")
    expect(page).to_have_title(re.compile("^【新消息】"))
    with desk.cast.open_unit() as unit:
        lilei = next(one for one in unit.people.agents() if one.login == "lilei")
    desk_notes.add_note(
        desk.cast.open_unit,
        conversation_id=elsewhere,
        agent_id=lilei.id,
        text="@韩梅梅 他的电话是 13806350001",
        now=utc_now(),
    )
    _rings(page, desk, "mention")
    assert page.evaluate("told") == ["有人找您"]  # only what was asked for gives a notice

    page.get_by_role("button", name="提醒设置").click()
    page.get_by_label("有新用户排队：声音").uncheck()
    page.get_by_label("有新用户排队：通知").check()
    page.keyboard.press("Escape")
    desk.cast.waiting(now=utc_now())
    desk.ring()
    expect(page.locator("#waiting-count")).to_have_text("1")

    assert page.evaluate("told") == ["有人找您", "新排队"]
    assert page.evaluate("document.body.dataset.rang") is None


def _claimed(page: Page, desk: DeskServer) -> None:
    name = desk.cast.waiting(now=utc_now(), fields=FIELDS)
    desk.ring()
    page.locator(f".card[data-id='{name}']").get_by_role("button").click()
    expect(page.locator("#composer")).to_be_visible()
    page.keyboard.press("Escape")


def test_nothing_is_said_to_be_missing_before_it_was_looked_for(
    page: Page, desk: DeskServer
) -> None:
    _claimed(page, desk)
    _dialog(page, "f", "facts")
    hint = page.locator("#facts-list .hint")

    expect(hint).to_have_text("输入事项名称就能找到。")
    page.locator("#facts-q").fill("qqqq")
    expect(hint).to_have_text("没有找到")


def test_the_ring_of_the_focus_leaves_the_words_above_a_field_free(
    page: Page, desk: DeskServer
) -> None:
    """It is three pixels wide and one away."""
    _claimed(page, desk)
    _dialog(page, "n", "note")
    room = page.evaluate(
        "() => { const box = document.querySelector('#note-text'), words = new Range();"
        " words.selectNodeContents(box.closest('label').firstChild);"
        " return box.getBoundingClientRect().top - words.getBoundingClientRect().bottom; }"
    )

    assert room >= 4
