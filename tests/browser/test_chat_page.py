"""The chat page in a real browser."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.services.conversations.conversations import authenticate
from bot.services.desk.handovers import claim_conversation, say_as_agent
from tests.browser.pictures import keep_picture
from tests.browser.site import Site
from tests.fake_rasa import FakeRasa

pytestmark = pytest.mark.browser

QUESTION = [
    {
        "text": "好嘞，开火锅店。您想办成哪种？\n不清楚也没关系，小二帮您比一比。",
        "buttons": [
            {"title": "个体工商户", "payload": '/inform{"enterprise_type":"个体户"}'},
            {"title": "有限责任公司", "payload": '/inform{"enterprise_type":"有限公司"}'},
        ],
    }
]


def say(page: Page, text: str) -> None:
    page.get_by_label("要问小二的话").fill(text)
    page.keyboard.press("Enter")


def mine(page: Page):  # noqa: ANN201 - a locator
    return page.locator("#log .from-me .bubble")


def bots(page: Page):  # noqa: ANN201 - a locator
    return page.locator("#log .from-bot .bubble")


def test_a_message_is_sent_and_answered(page: Page) -> None:
    say(page, "俺想开个火锅店")

    expect(bots(page)).to_have_text(["听到：俺想开个火锅店"])
    expect(mine(page)).to_have_text(["俺想开个火锅店"])
    expect(page.get_by_role("status")).to_have_text("在线")
    expect(page.get_by_label("要问小二的话")).to_have_value("")


def test_the_page_says_that_the_bot_is_typing(page: Page, rasa: FakeRasa) -> None:
    rasa.delay_s = 1.0
    say(page, "在吗")

    expect(page.get_by_role("status")).to_have_text("正在输入…")
    expect(page.locator("#typing")).to_be_visible()
    expect(bots(page)).to_have_count(1)
    expect(page.locator("#typing")).to_be_hidden()


def test_a_button_pressed_twice_is_sent_once_and_old_ones_are_closed(
    page: Page, rasa: FakeRasa
) -> None:
    rasa.answer = lambda text: QUESTION if "火锅" in text else [{"text": "记下了"}]
    say(page, "开火锅店")
    button = page.get_by_role("button", name="个体工商户")
    expect(button).to_be_enabled()
    button.dblclick()

    expect(bots(page)).to_have_count(2)
    expect(button).to_be_disabled()
    expect(page.get_by_role("button", name="有限责任公司")).to_be_disabled()
    expect(mine(page)).to_have_text(["开火锅店", "个体工商户"])
    assert rasa.texts == ["开火锅店", '/inform{"enterprise_type": "个体户"}']


def test_a_starter_button_begins_the_conversation(page: Page, rasa: FakeRasa) -> None:
    page.get_by_role("button", name="开店办照").click()

    expect(mine(page)).to_have_text(["开店办照"])
    expect(bots(page)).to_have_count(1)
    assert rasa.texts == ["/start_business"]


def test_history_is_there_after_a_reload(page: Page) -> None:
    say(page, "第一句")
    expect(bots(page)).to_have_count(1)
    page.reload()

    expect(mine(page)).to_have_text(["第一句"])
    expect(bots(page)).to_have_text(["听到：第一句"])
    say(page, "第二句")
    expect(bots(page)).to_have_count(2)


def test_the_page_reconnects_after_the_hub_restarts_and_loses_nothing(
    page: Page, site: Site
) -> None:
    say(page, "之前")
    expect(bots(page)).to_have_count(1)
    site.stop()
    expect(page.get_by_role("status")).to_have_text("连接中断，正在重连…")
    say(page, "断线时说的")
    expect(page.locator(".pending .meta")).to_have_text("还没发出去，正在重试…")
    keep_picture(page, "offline")
    site.start()

    expect(bots(page)).to_have_text(["听到：之前", "听到：断线时说的"])
    expect(mine(page)).to_have_count(2)
    expect(page.get_by_role("status")).to_have_text("在线")


def test_a_message_not_yet_taken_survives_a_reload(page: Page, site: Site) -> None:
    say(page, "之前")
    expect(bots(page)).to_have_count(1)
    page.route("**/api/chat/messages", lambda route: route.abort())
    say(page, "没发出去的")
    expect(page.locator(".pending .meta")).to_have_text("还没发出去，正在重试…")
    page.unroute("**/api/chat/messages")
    page.reload()

    expect(bots(page)).to_have_text(["听到：之前", "听到：没发出去的"])


def test_what_was_typed_and_not_sent_survives_a_reload(page: Page) -> None:
    box = page.get_by_label("要问小二的话")
    box.fill("还没写完的")
    page.reload()
    expect(box).to_have_value("还没写完的")
    box.press("Enter")
    expect(mine(page)).to_have_text(["还没写完的"])
    page.reload()

    expect(mine(page)).to_have_text(["还没写完的"])
    expect(box).to_have_value("")


def test_two_tabs_stay_in_step(page: Page, site: Site) -> None:
    other = page.context.new_page()
    other.goto(site.url)
    say(page, "左边")
    expect(bots(other)).to_have_text(["听到：左边"])
    say(other, "右边")

    for tab in (page, other):
        expect(bots(tab)).to_have_text(["听到：左边", "听到：右边"])
        expect(mine(tab)).to_have_text(["左边", "右边"])


def test_markup_in_text_is_shown_as_text(page: Page) -> None:
    attack = "<script>window.hacked=1</script><img src=x onerror=window.hacked=1>"
    say(page, attack)

    expect(mine(page)).to_have_text([attack])
    expect(bots(page)).to_have_text([f"听到：{attack}"])
    assert page.evaluate("window.hacked") is None
    assert page.locator("#log img, #log script").count() == 0


def test_addresses_can_be_clicked_and_scripts_in_them_cannot(page: Page, rasa: FakeRasa) -> None:
    items = [
        {"title": "您的方案", "url": "/plan/abc", "media_type": "text/html"},
        {"title": "坏链接", "url": "javascript:window.hacked=1", "media_type": "text/html"},
    ]
    rasa.answer = lambda _text: [
        {"text": "请看 http://127.0.0.1/a?b=1，或打电话。"},
        {"custom": {"type": "attachments", "items": items}},
    ]
    say(page, "方案")

    expect(page.get_by_role("link", name="http://127.0.0.1/a?b=1")).to_be_visible()
    expect(page.get_by_role("link", name="您的方案")).to_have_attribute(
        "href", re.compile("/plan/abc$")
    )
    expect(page.get_by_text("坏链接")).to_be_visible()
    assert page.get_by_role("link", name="坏链接").count() == 0


def test_shift_enter_breaks_the_line_and_an_input_method_is_not_disturbed(page: Page) -> None:
    box = page.get_by_label("要问小二的话")
    box.fill("第一行")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("second")
    box.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    expect(box).to_have_value("第一行\nsecond")
    page.keyboard.press("Enter")

    expect(mine(page)).to_have_text(["第一行\nsecond"])


def test_nothing_and_too_much_are_refused_and_the_text_stays(page: Page, rasa: FakeRasa) -> None:
    say(page, "   ")
    expect(page.get_by_role("alert")).to_contain_text("还没有输入内容")
    long = "长" * 5001
    say(page, long)

    expect(page.get_by_role("alert")).to_contain_text("超出 1 个字")
    expect(page.locator("#counter")).to_have_text("超出 1 字")
    expect(page.get_by_label("要问小二的话")).to_have_value(long)
    assert rasa.texts == []


def test_a_person_takes_over_and_the_page_says_so(page: Page, site: Site, rasa: FakeRasa) -> None:
    rasa.answer = lambda _text: [
        {"text": "这就给您转人工。"},
        {"custom": {"type": "handoff", "reason": "asked"}},
    ]
    say(page, "转人工")
    expect(page.get_by_role("status")).to_contain_text("正在排队")
    expect(page.get_by_role("button", name="取消排队")).to_be_visible()

    app = site.app
    token = page.evaluate("JSON.parse(localStorage.getItem('xiaoer.session')).token")
    conversation = authenticate(app.unit_of_work, token=token)
    name = conversation.id
    claim_conversation(app.unit_of_work, conversation_id=name, agent_id=1, now=app.now())
    say_as_agent(
        app.unit_of_work, conversation_id=name, agent_id=1, text="您好，我是韩梅梅。", now=app.now()
    )

    expect(page.get_by_role("status")).to_have_text("人工服务中")
    expect(bots(page)).to_have_text(["这就给您转人工。", "您好，我是韩梅梅。"])
    keep_picture(page, "agent")


def test_the_queue_can_be_left_only_while_somebody_waits(
    page: Page, site: Site, rasa: FakeRasa
) -> None:
    """While a person serves, the button of the waiting line would say something to that person."""
    leave = {"title": "不等了，继续问小二", "payload": "/stop_waiting"}
    rasa.answer = lambda _text: [
        {"text": "这就给您转人工。", "buttons": [leave]},
        {"custom": {"type": "handoff", "reason": "asked"}},
    ]
    say(page, "转人工")
    button = page.get_by_role("button", name="不等了，继续问小二")
    expect(button).to_be_enabled()
    token = page.evaluate("JSON.parse(localStorage.getItem('xiaoer.session')).token")
    name = authenticate(site.app.unit_of_work, token=token).id
    claim_conversation(site.app.unit_of_work, conversation_id=name, agent_id=1, now=site.app.now())

    expect(page.get_by_role("status")).to_have_text("人工服务中")
    expect(button).to_be_disabled()


def test_leaving_the_queue_goes_back_to_the_bot(page: Page, rasa: FakeRasa) -> None:
    rasa.answer = lambda _text: [{"custom": {"type": "handoff", "reason": "asked"}, "text": "稍等"}]
    say(page, "转人工")
    page.get_by_role("button", name="取消排队").click()

    expect(page.get_by_role("status")).to_have_text("在线")
    said = page.locator("#log .from-system .bubble")  # on a slow machine after "nobody is here"
    expect(said.last).to_contain_text("取消排队")


def test_a_new_conversation_starts_empty(page: Page) -> None:
    say(page, "旧的")
    expect(bots(page)).to_have_count(1)
    page.get_by_role("button", name="开始新对话").click()
    page.get_by_role("dialog").get_by_role("button", name="开始新对话").click()

    expect(page.locator("#log .line")).to_have_count(0)
    expect(page.get_by_role("button", name="开店办照")).to_be_enabled()
    say(page, "新的")
    expect(bots(page)).to_have_text(["听到：新的"])


def test_an_outage_is_said_honestly(page: Page, rasa: FakeRasa) -> None:
    rasa.mode = "refuse"
    say(page, "办照")
    expect(page.locator("#log .from-system .bubble")).to_contain_text("小二这会儿有点忙")
    expect(page.locator("#typing")).to_be_hidden()
    rasa.mode = "ok"

    expect(bots(page)).to_have_text(["听到：办照"])


def say_until_it_scrolls(page: Page) -> None:
    for count in range(1, 8):
        say(page, f"第{count}句")
        expect(bots(page)).to_have_count(count)


def test_a_long_conversation_scrolls_inside_the_window(page: Page) -> None:
    say_until_it_scrolls(page)

    assert page.evaluate("scroller.scrollHeight > scroller.clientHeight + 200")
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_the_last_line_stays_in_sight_when_the_room_becomes_less(page: Page) -> None:
    """A keyboard, a notice, a longer draft or the panel of tools take room from the transcript."""
    say_until_it_scrolls(page)
    last = bots(page).last
    expect(last).to_be_in_viewport(ratio=1)
    page.set_viewport_size({"width": 1200, "height": 420})
    expect(last).to_be_in_viewport(ratio=1)
    page.set_viewport_size({"width": 1200, "height": 800})
    page.get_by_label("要问小二的话").fill("很长的草稿\n" * 20)
    expect(last).to_be_in_viewport(ratio=1)


def test_a_long_answer_is_read_from_its_beginning(page: Page, rasa: FakeRasa) -> None:
    long = "".join(f"第{number}样材料，原件。\n" for number in range(1, 60))
    rasa.answer = lambda _: [{"text": "要这些材料："}, {"text": long}, {"text": "还想问啥？"}]
    page.set_viewport_size({"width": 390, "height": 844})

    say(page, "要啥材料")
    expect(bots(page)).to_have_count(3)

    expect(mine(page).last).to_be_in_viewport(ratio=1)
    expect(bots(page).first).to_be_in_viewport(ratio=1)
    expect(bots(page).last).not_to_be_in_viewport()
    page.get_by_role("button", name="有新消息").click()
    expect(bots(page).last).to_be_in_viewport(ratio=1)
    rasa.answer = lambda text: [{"text": f"听到：{text}"}]
    say(page, "那多少钱")
    expect(bots(page).last).to_have_text("听到：那多少钱")
    expect(bots(page).last).to_be_in_viewport(ratio=1)


def test_who_reads_further_up_is_not_moved_and_told_of_what_is_new(page: Page) -> None:
    say_until_it_scrolls(page)
    page.evaluate("scroller.scrollTop = 0")
    page.get_by_label("要问小二的话").fill("很长的草稿\n" * 20)
    jump, box = page.locator("#jump"), page.locator("#composer")
    page.evaluate("document.getElementById('jump').hidden = false")

    expect(mine(page).first).to_be_in_viewport(ratio=1)
    above = jump.bounding_box()
    below = box.bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] + above["height"] <= below["y"]


def test_who_scrolls_up_just_when_the_room_changes_is_not_moved(page: Page) -> None:
    """Both in one frame: a slow phone paints only once while the keyboard comes up."""
    say_until_it_scrolls(page)
    for change in (-100, 100):
        page.evaluate(
            """change => {
                scroller.style.flex = `0 0 ${scroller.clientHeight + change}px`;
                scroller.scrollTop = 0;
            }""",
            change,
        )
        page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")

        assert page.evaluate("scroller.scrollTop") == 0
        assert page.evaluate("scroller.scrollHeight > scroller.clientHeight + 100")
        page.evaluate("scroller.style.flex = ''; scroller.scrollTop = scroller.scrollHeight")
        page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")


@pytest.mark.parametrize(("name", "size"), [("desktop", (1200, 800)), ("phone", (390, 844))])
def test_the_page_fits_the_screen(
    chromium: Browser, site: Site, rasa: FakeRasa, name: str, size: tuple[int, int]
) -> None:
    rasa.answer = lambda text: (
        QUESTION
        if "火锅" in text
        else [
            {"text": "办食品经营许可不收费。\n依据：以窗口答复为准。"},
            {
                "custom": {
                    "type": "attachments",
                    "items": [
                        {
                            "title": "我的办事方案（打印版）",
                            "url": "/plan/1",
                            "media_type": "text/html",
                        }
                    ],
                }
            },
        ]
    )
    context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
    page = context.new_page()
    page.goto(site.url)
    expect(page.get_by_role("button", name="找政策")).to_be_visible()
    keep_picture(page, f"{name}-welcome")
    say(page, "俺想在东昌府区开个火锅店")
    expect(bots(page)).to_have_count(1)
    say(page, "这个要花钱吗？")
    expect(bots(page)).to_have_count(2)
    keep_picture(page, name)

    overflow = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    small = page.evaluate(
        "[...document.querySelectorAll('body *')].filter(e => e.offsetParent && e.innerText"
        " && parseFloat(getComputedStyle(e).fontSize) < 15.9).map(e => e.className)"
    )
    context.close()
    assert not overflow
    assert small == []
