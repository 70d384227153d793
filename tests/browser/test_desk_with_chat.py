"""The applicant's page and the agent's desk side by side, in one hub with its worker running."""

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.bootstrap import utc_now
from bot.domain.people import Role
from bot.services.accounts.accounts import add_agent
from tests.browser.pictures import keep_picture
from tests.browser.site import Site
from tests.desk_cast import PASSWORD
from tests.fake_rasa import FakeRasa, Items

pytestmark = pytest.mark.browser

OPEN_QUESTION = "您想办成哪种？"


def _answer(text: str) -> Items:
    if text == "转人工":
        return [
            {"text": "正在为您转接，请稍候。"},
            {"custom": {"type": "handoff", "reason": "asked"}},
        ]
    return [{"text": OPEN_QUESTION}]


def _say(page: Page, text: str) -> None:
    page.get_by_label("要问小二的话").fill(text)
    page.keyboard.press("Enter")


def test_a_conversation_goes_to_a_person_and_back_to_the_bots_open_question(
    page: Page, chromium: Browser, site: Site, rasa: FakeRasa
) -> None:
    rasa.answer = _answer
    add_agent(
        site.app.unit_of_work,
        login="hanmeimei",
        name="韩梅梅",
        role=Role.AGENT,
        password=PASSWORD,
        now=utc_now(),
    )
    context = chromium.new_context(viewport={"width": 1360, "height": 820}, locale="zh-CN")
    desk = context.new_page()
    desk.goto(f"{site.url}/desk/")
    desk.get_by_label("账号").fill("hanmeimei")
    desk.get_by_label("密码").fill(PASSWORD)
    desk.get_by_role("button", name="登录").click()
    expect(desk.locator("#lists")).to_contain_text("现在没有人排队")

    _say(page, "俺想开个火锅店")
    expect(page.locator("#log")).to_contain_text(OPEN_QUESTION)
    _say(page, "转人工")
    expect(desk.locator("#waiting-count")).to_have_text("1")
    desk.locator(".card").get_by_role("button").click()
    expect(page.locator("#log")).to_contain_text("客服韩梅梅已接入")

    desk.locator("#reply").fill("您好，办个体工商户就行。")
    desk.locator("#reply").press("Enter")
    expect(page.locator("#log")).to_contain_text("您好，办个体工商户就行。")
    _say(page, "好的谢谢")
    expect(desk.locator("#log")).to_contain_text("好的谢谢")
    assert "好的谢谢" not in rasa.texts  # the bot is silent while a person serves

    desk.get_by_label("补充一项").select_option(label="企业类型")
    desk.get_by_label("企业类型").select_option(label="个体工商户")
    expect(desk.locator("#added .field-note")).to_have_text("已保存")
    keep_picture(desk, "desk-with-chat")
    keep_picture(page, "chat-with-desk")
    desk.get_by_role("button", name="交还小二").click()
    desk.get_by_role("button", name="确定").click()

    expect(page.locator("#log")).to_contain_text("已交回小二继续为您服务")
    expect(page.locator("#log .from-bot .bubble").last).to_have_text(OPEN_QUESTION)
    assert rasa.texts[-1].startswith("/hand_back")
    assert [slots["start_business_enterprise_type"] for slots in rasa.slots.values()] == [
        "individual"
    ]
    context.close()
