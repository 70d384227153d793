"""The main job in the real page and the real desk, on the trained model: what a newcomer sees."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pictures import keep_picture
from tests.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.model]

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1360, "height": 820}
SLOW_MS = 20_000


@pytest.fixture
def phone(chromium: Browser, stack: Stack) -> Iterator[Page]:
    """The chat page on a telephone."""
    context = chromium.new_context(viewport=PHONE, locale="zh-CN")
    context.set_default_timeout(SLOW_MS)
    page = context.new_page()
    page.goto(stack.url)
    yield page
    context.close()


@pytest.fixture
def desk(chromium: Browser, stack: Stack) -> Iterator[Page]:
    """The desk with the demo agent logged in."""
    context = chromium.new_context(viewport=DESKTOP, locale="zh-CN")
    context.set_default_timeout(SLOW_MS)
    page = context.new_page()
    page.goto(f"{stack.url}/desk/")
    page.get_by_label("账号").fill(stack.login.username)
    page.get_by_label("密码").fill(stack.login.password)
    page.get_by_role("button", name="登录").click()
    expect(page.locator("#lists")).to_contain_text("排队等候")
    yield page
    context.close()


def say(page: Page, text: str) -> None:
    page.get_by_label("要问小二的话").fill(text)
    page.keyboard.press("Enter")


def heard(page: Page, words: str) -> None:
    expect(page.locator("#log")).to_contain_text(words, timeout=SLOW_MS)


def last_heard(page: Page, words: str) -> None:
    last = page.locator("#log .from-bot .bubble").last
    expect(last).to_contain_text(words, timeout=SLOW_MS)


def test_from_a_sentence_in_dialect_to_a_plan_that_can_be_opened(phone: Page) -> None:
    say(phone, "俺想在东昌府区开个火锅店")
    last_heard(phone, "身份")
    phone.get_by_role("button", name="个体工商户").last.click()
    last_heard(phone, "面积")
    say(phone, "办这些要花钱不")
    heard(phone, "不收费")
    last_heard(phone, "面积")
    say(phone, "120平")
    link = phone.locator("#log a[href*='/plans/']")
    unsure = phone.locator("#log button:not([disabled])", has_text="不清楚")
    for _ in range(12):
        expect(unsure.or_(link).first).to_be_visible(timeout=SLOW_MS)
        if link.count():
            break
        unsure.last.click()
    heard(phone, "开办计划")
    keep_picture(phone, "show-plan-in-chat")

    with phone.context.expect_page() as opened:
        phone.locator("#log a[href*='/plans/']").last.click()
    plan = opened.value
    expect(plan.locator("body")).to_contain_text("食品经营许可")
    assert plan.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    keep_picture(plan, "show-plan-page")


def test_a_person_takes_over_answers_and_gives_back_to_the_open_question(
    phone: Page, desk: Page
) -> None:
    say(phone, "准备在临清开个药店")
    last_heard(phone, "身份")
    say(phone, "转人工")
    heard(phone, "已经给您转人工")

    desk.locator(".card").filter(has_text="药店").get_by_role("button").first.click()
    heard(phone, "已接入")
    expect(desk.locator("#log")).to_contain_text("准备在临清开个药店")
    desk.locator("#reply").fill("您好，药店一般登记成公司或者个体户都行。")
    desk.locator("#reply").press("Enter")
    heard(phone, "药店一般登记成公司或者个体户都行")
    say(phone, "好的明白了")
    expect(desk.locator("#log")).to_contain_text("好的明白了")
    keep_picture(desk, "show-desk")
    desk.get_by_role("button", name="交还小二").click()
    desk.get_by_role("button", name="确定").click()

    heard(phone, "小二接着为您服务")
    last_heard(phone, "身份")
    phone.reload()
    heard(phone, "药店一般登记成公司或者个体户都行")
    phone.get_by_role("button", name="个体工商户").last.click()
    heard(phone, "个体工商户")
