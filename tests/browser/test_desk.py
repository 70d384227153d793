"""The desk in a real Chromium, on a real server and database; conversations come from use cases."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect
from sqlalchemy.engine import Engine

from bot.bootstrap import utc_now
from bot.domain.conversations import Author, Owner
from bot.operations.ports_free import free_port
from bot.services.accounts import accounts
from bot.services.conversations import turns
from bot.services.desk import handover
from tests.browser.pictures import keep_picture
from tests.desk_cast import PASSWORD, texts
from tests.desk_server import DeskServer, desk_server

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
FIELDS = {
    "start_business_trade": "bundle:ot-restaurant",
    "start_business_district": "371502",
    "start_business_hires_staff": "yes",
    "whistle_company": "老城火锅",
}


@pytest.fixture
def desk(sqlite_engine: Engine) -> Iterator[DeskServer]:
    with desk_server(sqlite_engine) as server:
        server.cast.agent()
        yield server


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1360, "height": 820}, locale="zh-CN")
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A tab that must not log an error: neither a script's nor the policy's."""
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda line: errors.append(line.text) if "Content Security" in line.text else None,
    )
    yield page
    assert errors == []


def _login(page: Page, desk: DeskServer, login: str = "hanmeimei", path: str = "/desk/") -> None:
    page.goto(desk.url + path)
    page.get_by_label("账号").fill(login)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.locator("#waiting-count")).to_be_visible()


def _claim(page: Page, conversation_id: str) -> None:
    page.locator(f".card[data-id='{conversation_id}']").get_by_role("button").click()
    expect(page.locator("#composer")).to_be_visible()


def _shoot(page: Page, name: str) -> None:
    keep_picture(page, f"desk-{name}")


def _owner(desk: DeskServer, conversation_id: str) -> Owner:
    with desk.cast.open_unit() as unit:
        return unit.conversations.get(conversation_id).owner


@pytest.mark.parametrize("size", [{"width": 1280, "height": 800}, PHONE])
def test_under_the_mark_of_made_up_data_the_reply_box_is_whole(
    page: Page, desk: DeskServer, size: ViewportSize
) -> None:
    with desk.cast.open_unit() as unit:
        unit.demo.mark(utc_now())
    conversation_id = desk.cast.waiting(now=utc_now())
    page.set_viewport_size(size)
    _login(page, desk)
    _claim(page, conversation_id)

    expect(page.get_by_role("button", name="回复", exact=True)).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_from_login_over_claim_reply_and_fields_to_the_hand_back(
    page: Page, desk: DeskServer
) -> None:
    conversation_id = desk.cast.waiting(now=utc_now() - timedelta(minutes=8), fields=FIELDS)
    _login(page, desk)
    expect(page.locator(".card")).to_contain_text(["已等 8 分钟"])
    expect(page).to_have_title(re.compile(r"^\(1\) "))
    _shoot(page, "queue")

    _claim(page, conversation_id)
    expect(page.locator("#log")).to_contain_text("您想办哪种企业？")
    page.locator("#reply").fill("您好，店面租好了吗？")
    page.locator("#reply").press("Enter")
    expect(page.locator(".from-agent .bubble")).to_have_text("您好，店面租好了吗？")
    expect(page.locator("#reply")).to_have_value("")

    page.get_by_label("企业名称").fill("老城火锅（含外卖）")
    page.get_by_label("企业名称").press("Enter")
    page.get_by_label("补充一项").select_option(label="企业类型")
    page.get_by_label("企业类型").select_option(label="个体工商户")
    page.locator("#reply").focus()
    expect(page.locator("fieldset").get_by_label("企业类型")).to_have_value("individual")
    _shoot(page, "talk")

    page.get_by_role("button", name="交还小二").click()
    page.get_by_role("button", name="确定").click()
    expect(page.locator("#head")).to_contain_text("小二在服务")
    expect(page.locator("#composer")).to_be_hidden()

    assert _owner(desk, conversation_id) is Owner.BOT
    turn = turns.claim_turn(desk.cast.open_unit, now=utc_now())
    assert turn is not None
    assert json.loads(turn.message.text) == {
        "start_business_enterprise_type": "individual",
        "whistle_company": "老城火锅（含外卖）",
    }


def test_a_second_tab_keeps_in_step_without_a_reload(
    page: Page, context: BrowserContext, desk: DeskServer
) -> None:
    _login(page, desk)
    second = context.new_page()
    second.goto(f"{desk.url}/desk/")
    expect(second.locator("#lists")).to_contain_text("现在没有人排队")

    conversation_id = desk.cast.waiting(now=utc_now())
    desk.ring()
    expect(page.locator("#waiting-count")).to_have_text("1")
    expect(second.locator("#waiting-count")).to_have_text("1")

    _claim(page, conversation_id)
    second.locator(f"#lists [data-open='{conversation_id}']").click()
    expect(second.locator("#head")).to_contain_text("我在接待")
    page.locator("#reply").fill("两个窗口都能看到")
    page.locator("#reply").press("Enter")
    expect(second.locator(".from-agent .bubble")).to_have_text("两个窗口都能看到")

    desk.cast.says(conversation_id, "收到", now=utc_now())
    desk.ring()
    for tab in (page, second):
        expect(tab.locator("#log")).to_contain_text("收到")
        assert tab.locator(".from-agent").count() == 1
        expect(tab.locator(".card .unread")).to_have_text("待回复")


def test_the_slower_of_two_agents_is_told_who_was_faster(
    page: Page, chromium: Browser, desk: DeskServer
) -> None:
    lilei = desk.cast.agent("lilei", "李雷")
    conversation_id = desk.cast.waiting(now=utc_now())
    _login(page, desk)
    button = page.locator(f".card[data-id='{conversation_id}']").get_by_role("button")
    expect(button).to_be_visible()
    old = page.request.get(f"{desk.url}/desk/api/lists")
    headers, body = old.headers, old.body()
    # whatever the page asks from now on, it sees the list as it was
    page.route("**/desk/api/lists*", lambda route: route.fulfill(headers=headers, body=body))
    accounts.heartbeat(desk.cast.open_unit, agent_id=lilei.id, now=utc_now())
    handover.claim(
        desk.cast.open_unit,
        conversation_id=conversation_id,
        agent_id=lilei.id,
        now=utc_now(),
        texts=texts(),
    )

    button.click()
    expect(page.locator("#toast")).to_contain_text("李雷")
    page.unroute("**/desk/api/lists*")

    expect(page.locator("#waiting-count")).to_have_text("0")
    expect(page.locator("#composer")).to_be_hidden()


def test_enter_sends_shift_enter_breaks_the_line_and_an_input_method_is_left_alone(
    page: Page, desk: DeskServer
) -> None:
    conversation_id = desk.cast.waiting(now=utc_now())
    _login(page, desk)
    _claim(page, conversation_id)
    box = page.locator("#reply")
    box.fill("第一行")
    box.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    box.dispatch_event("keydown", {"key": "Enter", "keyCode": 229})
    box.press("Shift+Enter")
    box.press_sequentially("第二行")
    expect(box).to_have_value("第一行\n第二行")
    assert page.locator(".from-agent").count() == 0

    box.press("Enter")

    expect(page.locator(".from-agent .bubble")).to_have_text("第一行\n第二行")


def test_markup_in_a_message_is_shown_and_not_run(page: Page, desk: DeskServer) -> None:
    evil = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
    conversation_id = desk.cast.waiting(evil, now=utc_now(), fields={"whistle_company": evil})
    _login(page, desk)
    _claim(page, conversation_id)

    expect(page.locator(".from-applicant .bubble").first).to_have_text(evil)
    expect(page.get_by_label("企业名称")).to_have_value(evil)
    expect(page).not_to_have_title("owned")


def test_an_expired_session_leads_to_the_login_and_back_with_the_draft(
    page: Page, context: BrowserContext, desk: DeskServer
) -> None:
    conversation_id = desk.cast.waiting(now=utc_now())
    _login(page, desk)
    _claim(page, conversation_id)
    page.locator("#reply").fill("写了一半")
    cookie = next(one for one in context.cookies() if one["name"] == "xiaoer_desk")
    accounts.logout(desk.cast.open_unit, token=cookie["value"], now=utc_now())

    page.keyboard.press("Enter")  # the box has the focus; the press leads away from the page
    expect(page.get_by_role("alert")).to_contain_text("登录已过期")
    page.get_by_label("账号").fill("hanmeimei")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()

    expect(page).to_have_url(re.compile(conversation_id))
    expect(page.locator("#reply")).to_have_value("写了一半")
    expect(page.locator("#composer")).to_be_visible()


# the server may be ended while it hands out a file
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
def test_a_restart_of_the_hub_shows_a_banner_and_loses_nothing(
    page: Page, sqlite_engine: Engine
) -> None:
    port = free_port()
    with desk_server(sqlite_engine, port=port) as desk:
        desk.cast.agent()
        conversation_id = desk.cast.waiting(now=utc_now())
        _login(page, desk)
        _claim(page, conversation_id)
        page.locator("#reply").fill("断线时写的")
    expect(page.locator("#offline")).to_be_visible()
    page.locator("#reply").press("Enter")
    expect(page.locator("#toast")).to_contain_text("网络不通")
    expect(page.locator("#reply")).to_have_value("断线时写的")
    _shoot(page, "offline")

    with desk_server(sqlite_engine, port=port) as desk:
        expect(page.locator("#offline")).to_be_hidden(timeout=15_000)
        page.locator("#reply").press("Enter")
        expect(page.locator(".from-agent .bubble")).to_have_text("断线时写的")
        with desk.cast.open_unit() as unit:
            lines = unit.conversations.messages(conversation_id)
        assert [line.text for line in lines if line.author is Author.AGENT] == ["断线时写的"]


def test_presence_is_one_choice(page: Page, desk: DeskServer) -> None:
    _login(page, desk)
    chosen = page.get_by_label("我的状态")
    expect(chosen).to_have_value("available")

    chosen.select_option(label="忙碌")

    expect(page.locator("#presence-dot")).to_have_attribute("data-state", "busy")
    with desk.cast.open_unit() as unit:
        assert unit.people.count_online(since=utc_now() - timedelta(minutes=1)) == 0


def test_older_messages_come_on_request_in_order(page: Page, desk: DeskServer) -> None:
    conversation_id = desk.cast.waiting(now=utc_now())
    agent = accounts.authenticate(
        desk.cast.open_unit,
        login="hanmeimei",
        password=PASSWORD,
        now=utc_now(),
        passwords=desk.cast.passwords,
    ).agent
    handover.claim(
        desk.cast.open_unit,
        conversation_id=conversation_id,
        agent_id=agent.id,
        now=utc_now(),
        texts=texts(),
    )
    for number in range(130):
        handover.reply(
            desk.cast.open_unit,
            conversation_id=conversation_id,
            agent_id=agent.id,
            text=f"第{number}条",
            client_id=f"number-{number}",
            now=utc_now(),
        )
    _login(page, desk, path=f"/desk/conversations/{conversation_id}")
    expect(page.locator(".from-agent")).to_have_count(100)

    page.get_by_role("button", name="查看更早的消息").click()

    expect(page.locator(".from-agent .bubble")).to_have_text([f"第{n}条" for n in range(130)])
    expect(page.get_by_role("button", name="查看更早的消息")).to_be_hidden()


def test_everything_works_on_a_phone(chromium: Browser, desk: DeskServer) -> None:
    conversation_id = desk.cast.waiting(now=utc_now(), fields=FIELDS)
    context = chromium.new_context(viewport=PHONE, is_mobile=True, has_touch=True, locale="zh-CN")
    page = context.new_page()
    _login(page, desk)
    _shoot(page, "phone-queue")
    _claim(page, conversation_id)
    expect(page.locator("#lists")).to_be_hidden()
    page.locator("#reply").fill("您好")
    page.get_by_role("button", name="回复").tap()
    expect(page.locator(".from-agent .bubble")).to_have_text("您好")
    _shoot(page, "phone-talk")

    page.get_by_role("button", name="资料").tap()
    expect(page.get_by_label("企业名称")).to_have_value("老城火锅")
    _shoot(page, "phone-fields")
    page.get_by_role("button", name="‹ 对话").tap()
    expect(page.locator("#composer")).to_be_visible()
    page.get_by_role("button", name="‹ 列表").tap()
    expect(page.locator("#mine-count")).to_have_text("1")
    too_wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not too_wide
    context.close()
