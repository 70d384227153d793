"""Form, signature and verification as a person does them, with finger, mouse and keyboard."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.documents.seal_certificate import make_test_seal
from bot.operations.ports_free import free_port
from bot.services.conversations.conversations import open_web_conversation
from bot.services.papers.signing import signatures_of
from bot.settings import Settings
from tests.browser.site import KeptPapers, Site
from tests.form_factories import ID_NUMBER
from tests.paper_factories import saved_hot_pot
from tests.service_factories import NOW
from tests.web_app import open_app

pytestmark = pytest.mark.browser

TYPED = {
    "company_name": "聊城鲁小二餐饮有限公司",
    "trade": "火锅店",
    "capital": "50万",
    "address": "东昌府区柳园路1号",
    "person_name": "李雷",
    "id_number": ID_NUMBER,
    "phone": "13800138000",
}


@dataclass
class Plan:
    """A running site with one plan."""

    site: Site
    url: str
    conversation_id: str

    def code(self) -> str:
        """Return the newest confirmation code from the conversation."""
        with self.site.app.unit_of_work() as unit:
            messages = unit.conversations.messages(self.conversation_id, after=0, limit=50)
        found = [code for m in messages for code in re.findall(r"确认码：(\d{6})", m.text)]
        return found[-1]


@pytest.fixture(scope="module")
def papers() -> Iterator[KeptPapers]:
    made = KeptPapers()
    yield made
    made.end()


@pytest.fixture
def plan(tmp_path: Path, papers: KeptPapers) -> Iterator[Plan]:
    settings = Settings(
        port=free_port(),
        database_url=f"sqlite:///{tmp_path / 'site.db'}",
        state_dir=tmp_path,
        rasa_url=f"http://127.0.0.1:{free_port()}",
        actions_url=f"http://127.0.0.1:{free_port()}",
        testing=True,
    )
    make_test_seal(tmp_path, NOW)
    with open_app(settings) as app:
        conversation = open_web_conversation(app.unit_of_work, now=app.now())
        shared = saved_hot_pot(app.engine, conversation_id=conversation.conversation_id)
        site = Site(app, papers)
        site.start()
        yield Plan(site, site.url + shared.path, conversation.conversation_id)
        site.close()


@pytest.fixture(params=[390, 1280])
def page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    is_phone = request.param == 390
    context = chromium.new_context(
        viewport={"width": request.param, "height": 844}, locale="zh-CN", has_touch=is_phone
    )
    context.set_default_timeout(20_000)
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on(
        "console",
        lambda line: problems.append(line.text) if "Content Security" in line.text else None,
    )
    yield opened
    context.close()
    assert problems == []


def fill_form(page: Page, plan: Plan) -> None:
    page.goto(f"{plan.url}/form")
    for name, value in TYPED.items():
        page.fill(f"#{name}", value)
    page.select_option("#premises", index=1)
    page.select_option("#hires_staff", index=1)
    page.get_by_role("button", name="保存并检查").click()
    expect(page.get_by_text("都填好了")).to_be_visible()


def no_sideways_scrolling(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def draw(page: Page) -> None:
    pad = page.locator("#pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    for step in range(1, 15):
        page.mouse.move(box["x"] + 20 + step * 12, box["y"] + 20 + (step % 5) * 12)
    page.mouse.up()


def test_a_form_is_filled_in_signed_by_hand_and_its_receipt_verified(
    page: Page, plan: Plan, tmp_path: Path
) -> None:
    page.goto(plan.url)
    expect(page.get_by_role("heading", name="带走")).to_be_visible()
    assert no_sideways_scrolling(page)
    fill_form(page, plan)
    assert no_sideways_scrolling(page)
    page.get_by_role("link", name="去签字").click()
    page.get_by_role("button", name="把确认码发到对话里").click()
    page.fill("#signer", "李雷")
    draw(page)
    page.fill("#code", "000000" if plan.code() != "000000" else "000001")
    page.check("input[name=agree]")
    page.get_by_role("button", name="签字", exact=True).click()
    expect(page.get_by_text("还可以试 4 次")).to_be_visible()
    assert page.input_value("#signer") == "李雷"
    page.fill("#code", plan.code())
    page.check("input[name=agree]")
    page.get_by_role("button", name="签字", exact=True).click()
    expect(page.get_by_text("签好了")).to_be_visible()
    assert no_sideways_scrolling(page)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载签署回执").click()
    file = tmp_path / "receipt.pdf"
    waiting.value.save_as(file)
    page.goto(f"{plan.site.url}/verify")
    page.set_input_files("#file", file)
    page.get_by_role("button", name="查文件").click()
    expect(page.get_by_role("heading", name="没有改动")).to_be_visible()
    assert no_sideways_scrolling(page)


def test_signing_works_by_keyboard_alone(page: Page, plan: Plan) -> None:
    fill_form(page, plan)
    page.goto(f"{plan.url}/sign")
    page.get_by_role("button", name="把确认码发到对话里").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("已经发到办这件事的对话里")).to_be_visible()
    page.locator("#signer").focus()
    page.keyboard.type("李雷")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#pad-area")).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.type(plan.code())
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("签好了")).to_be_visible()


def test_an_empty_pad_is_noticed_before_anything_is_sent(page: Page, plan: Plan) -> None:
    fill_form(page, plan)
    page.goto(f"{plan.url}/sign")
    page.fill("#signer", "李雷")
    page.fill("#code", "123456")
    page.check("input[name=agree]")
    page.get_by_role("button", name="签字", exact=True).click()
    expect(page.get_by_text("还没有签名")).to_be_visible()
    with plan.site.app.unit_of_work() as unit:
        saved = unit.plans.latest(plan.conversation_id, None)
    assert saved is not None
    assert signatures_of(plan.site.app.unit_of_work, saved) == ()


def test_the_picture_and_the_short_link_open(page: Page, plan: Plan) -> None:
    page.goto(plan.url)
    page.get_by_role("button", name="短链接和二维码").click()
    link = page.locator(".url a").inner_text()
    width = page.locator(".qr img").evaluate("image => image.naturalWidth")
    assert width > 0
    page.goto(link)
    expect(page.get_by_role("heading", name="每一步")).to_be_visible()
    expect(page.get_by_role("heading", name="带走")).to_have_count(0)
    page.goto(f"{plan.url}/plan.png")
    assert page.locator("img").evaluate("image => image.naturalWidth") == 1080
