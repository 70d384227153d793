"""The widget on a site of another origin, in a real browser, on a desktop and on a telephone."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bot.domain.conversations import Owner
from bot.operations.ports_free import free_port
from bot.settings import Settings
from tests.browser.axe import violations
from tests.browser.executable import WHOLE
from tests.browser.pictures import keep_picture
from tests.browser.site import Site
from tests.browser.widget_site import OtherSite, chat, launcher, other_site
from tests.fake_rasa import TOKEN, FakeRasa
from tests.web_app import open_app

pytestmark = pytest.mark.browser

WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
ZOOMED = {"width": 640, "height": 400}
"""A window of 1280 × 800 at 200 %."""

SLOW_MS = 30_000


@pytest.fixture
def site(tmp_path: Path, rasa: FakeRasa) -> Iterator[Site]:
    """A hub that one other site may embed."""
    port = free_port()
    settings = Settings(
        port=free_port(),
        database_url=f"sqlite:///{tmp_path / 'site.db'}",
        rasa_url=rasa.url,
        rasa_token=TOKEN,
        actions_url=rasa.actions_url,
        turn_timeout_s=10,
        widget_origins=f"http://localhost:{port}, http://127.0.0.1:{port}",
        widget_demo=True,
        testing=True,
    )
    with open_app(settings) as app:
        running = Site(app)
        running.start()
        yield running
        running.close()


@pytest.fixture
def other(site: Site) -> Iterator[OtherSite]:
    port = int(site.app.settings.widget_origins.rsplit(":", 1)[1])
    with other_site(site.url, port) as embedding:
        yield embedding


def a_context(chromium: Browser, size: dict[str, int] | None = None) -> BrowserContext:
    context = chromium.new_context(viewport=size or WIDE, locale="zh-CN")
    context.set_default_timeout(SLOW_MS)
    expect.set_options(timeout=SLOW_MS)
    return context


@pytest.fixture
def page(chromium: Browser, other: OtherSite) -> Iterator[Page]:
    context = a_context(chromium)
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on(
        "console",
        lambda line: problems.append(line.text) if "Content Security" in line.text else None,
    )
    opened.goto(other.url)
    yield opened
    context.close()
    assert problems == []


def unfold(page: Page) -> None:
    """Open the chat and wait for its scripts: before that nobody hears a click or a choice."""
    launcher(page).click()
    chat(page).locator("body[data-ready]").wait_for()


def say(page: Page, text: str) -> None:
    chat(page).locator("body[data-ready]").wait_for()  # nobody types before the scripts are there
    box = chat(page).get_by_label("要问小二的话")
    box.fill(text)
    box.press("Enter")


def bots(page: Page):  # noqa: ANN201 - a locator
    return chat(page).locator("#log .from-bot .bubble")


def test_nothing_but_the_script_is_loaded_before_the_button_is_pressed(
    chromium: Browser, other: OtherSite, site: Site
) -> None:
    context = a_context(chromium)
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(other.url)
    expect(launcher(page)).to_be_visible()
    before = [url for url in asked if not url.startswith(other.url)]
    launcher(page).click()
    expect(chat(page).get_by_role("button", name="开店办照")).to_be_visible()
    context.close()

    assert before == [f"{site.url}/widget.js"]
    assert {url.split("/", 3)[2] for url in asked} == {
        site.url.split("//")[1],
        other.url.split("//")[1],
    }


def test_a_conversation_goes_on_over_pages_and_reloads(page: Page) -> None:
    launcher(page).click()
    say(page, "俺想开个火锅店")
    expect(bots(page)).to_have_text(["听到：俺想开个火锅店"])
    page.get_by_role("link", name="另一页").click()

    expect(bots(page)).to_have_text(["听到：俺想开个火锅店"])
    page.reload()
    expect(bots(page)).to_have_text(["听到：俺想开个火锅店"])
    say(page, "第二句")
    expect(bots(page)).to_have_count(2)


def test_news_while_folded_are_counted_and_read_once(page: Page, rasa: FakeRasa) -> None:
    launcher(page).click()
    expect(chat(page).get_by_role("button", name="开店办照")).to_be_visible()
    rasa.delay_s = 1.5
    say(page, "慢慢想")
    chat(page).get_by_role("button", name="收起对话").click()

    expect(page.locator("#xiaoer-widget .badge")).to_have_text("1")
    expect(launcher(page)).to_have_attribute("aria-label", "问小二，打开对话，1 条新消息")
    page.reload()  # the secret of the conversation is in the frame, which is fetched again
    expect(page.locator("#xiaoer-widget .badge")).to_have_text("1")
    launcher(page).click()
    expect(page.locator("#xiaoer-widget .badge")).to_be_hidden()
    page.reload()
    expect(bots(page)).to_have_count(1)
    expect(page.locator("#xiaoer-widget .badge")).to_be_hidden()


def test_two_tabs_show_the_same(page: Page, other: OtherSite) -> None:
    second = page.context.new_page()
    second.goto(f"{other.url}/two")
    for tab in (page, second):
        launcher(tab).click()
        expect(chat(tab).get_by_role("button", name="开店办照")).to_be_visible()
    say(page, "左边")
    expect(bots(second)).to_have_text(["听到：左边"])
    say(second, "右边")

    for tab in (page, second):
        expect(bots(tab)).to_have_text(["听到：左边", "听到：右边"])


def test_offline_and_back_nothing_is_lost_or_doubled(
    page: Page, site: Site, rasa: FakeRasa
) -> None:
    launcher(page).click()
    say(page, "之前")
    expect(bots(page)).to_have_count(1)
    site.stop()
    say(page, "断线时说的")
    expect(chat(page).locator(".pending .meta")).to_have_text("还没发出去，正在重试…")
    site.start()

    expect(bots(page)).to_have_text(["听到：之前", "听到：断线时说的"])
    expect(chat(page).locator("#log .from-me")).to_have_count(2)
    assert rasa.texts == ["之前", "断线时说的"]


def test_only_keys_are_needed(page: Page) -> None:
    page.get_by_role("link", name="另一页").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    box = chat(page).get_by_label("要问小二的话")
    expect(box).to_be_focused()
    page.keyboard.type("hello")
    page.keyboard.press("Enter")
    expect(bots(page)).to_have_text(["听到：hello"])
    page.keyboard.press("Escape")

    expect(page.locator("#xiaoer-widget .panel")).to_be_hidden()
    expect(launcher(page)).to_be_focused()


def test_large_print_and_simple_mode_are_remembered(page: Page) -> None:
    unfold(page)
    chat(page).get_by_role("button", name="更多").click()
    chat(page).get_by_role("button", name="大字").click()
    chat(page).get_by_role("button", name="简洁模式").click()
    page.reload()

    assert chat(page).locator("html").evaluate("e => getComputedStyle(e).fontSize") == "24px"
    expect(chat(page).get_by_role("button", name="转人工")).to_be_visible()
    chat(page).get_by_role("button", name="更多").click()
    expect(chat(page).get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "true")


def test_colours_and_words_of_the_site_are_taken_and_bad_ones_are_not(
    chromium: Browser, other: OtherSite
) -> None:
    default = "rgb(168, 50, 31)"
    for attributes, color, title in (
        (
            'data-color="#1d5c63" data-title="办事小助手" data-side="left"',
            "rgb(29, 92, 99)",
            "办事小助手",
        ),
        (
            'data-color="#ffcc00" data-title="&lt;img src=x onerror=a()&gt;"',
            default,
            "<img src=x onerror=a",
        ),
        ('data-color="red;} * {display:none" data-title="三号"', default, "三号"),
    ):
        other.attributes = attributes
        context = a_context(chromium)
        page = context.new_page()
        page.goto(other.url)
        launcher(page).click()
        expect(chat(page).locator("h1")).to_have_text(title)
        expect(chat(page).locator("#send")).to_have_css("background-color", color)
        expect(launcher(page)).to_have_css("background-color", color)
        assert chat(page).locator("h1 img").count() == 0
        context.close()


def test_a_site_that_is_not_listed_sees_nothing(
    chromium: Browser, site: Site, other: OtherSite
) -> None:
    with other_site(site.url, free_port()) as stranger:
        context = a_context(chromium)
        page = context.new_page()
        blocked = []
        page.on("console", lambda line: blocked.append(line.text))
        page.goto(stranger.url)
        launcher(page).click()
        page.wait_for_function(
            "document.querySelector('#xiaoer-widget').shadowRoot.querySelector('iframe')"
        )
        frame = page.frames[-1]
        frame.wait_for_load_state()
        shown = frame.locator("#text").count()
        context.close()

    assert shown == 0
    assert any("frame-ancestors" in line for line in blocked)


def test_messages_of_others_are_not_heard(page: Page) -> None:
    launcher(page).click()
    expect(chat(page).get_by_role("button", name="开店办照")).to_be_visible()
    # a second frame of the hub, and the page itself, pretend to be the widget's frame
    page.evaluate("window.postMessage({xiaoer: 1, type: 'fold'}, '*')")
    page.evaluate("window.postMessage({xiaoer: 1, type: 'state', unread: 7, begun: true}, '*')")
    # the frame hears its own window pretend to be the site
    chat(page).locator("body").evaluate(
        "() => window.postMessage({xiaoer: 1, type: 'looks', title: '假的'}, '*')"
    )
    say(page, "还在")
    expect(bots(page)).to_have_count(1)

    expect(page.locator("#xiaoer-widget .panel")).to_be_visible()
    expect(chat(page).locator("h1")).to_have_text("小二")


def test_the_secret_never_reaches_the_embedding_site(page: Page) -> None:
    launcher(page).click()
    say(page, "你好")
    expect(bots(page)).to_have_count(1)
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    token = json.loads(chat(page).locator("body").evaluate("() => localStorage['xiaoer.session']"))

    assert token["token"] not in kept
    assert json.loads(kept) == [{"xiaoer.begun": "1"}, {"xiaoer.open": "1"}]


def test_where_nothing_may_be_stored_it_works_for_the_visit_and_says_so(
    whole_chromium: Browser, other: OtherSite
) -> None:
    context = a_context(whole_chromium)
    page = context.new_page()
    page.goto(other.far_url)
    launcher(page).click()

    expect(chat(page).locator("#forgetful")).to_contain_text("保存对话记录")
    say(page, "没有存储也行")
    expect(bots(page)).to_have_text(["听到：没有存储也行"])
    say(page, "第二句")
    expect(bots(page)).to_have_count(2)
    context.close()


def test_on_another_site_with_storage_of_its_own_the_conversation_is_kept(
    chromium: Browser, other: OtherSite, tmp_path: Path
) -> None:
    """A browser that allows it keeps what a frame stores apart for each site around it."""
    settings = tmp_path / "profile" / "Default" / "Preferences"
    settings.parent.mkdir(parents=True)
    allowed = {"cookie_controls_mode": 0, "block_third_party_cookies": False}
    settings.write_text(json.dumps({"profile": allowed}))
    context = chromium.browser_type.launch_persistent_context(
        str(tmp_path / "profile"), executable_path=WHOLE, args=["--no-sandbox"]
    )
    context.set_default_timeout(SLOW_MS)
    page = context.new_page()
    page.goto(other.far_url)
    launcher(page).click()
    say(page, "记得我")
    expect(bots(page)).to_have_text(["听到：记得我"])
    page.goto(f"{other.far_url}/two")

    expect(bots(page)).to_have_text(["听到：记得我"])
    expect(chat(page).locator("#forgetful")).to_be_hidden()
    context.close()


def test_when_the_talk_ends_the_rating_is_offered(page: Page, site: Site, rasa: FakeRasa) -> None:
    launcher(page).click()
    say(page, "谢谢")
    expect(bots(page)).to_have_count(1)
    with site.app.unit_of_work() as unit:
        [talk] = unit.conversations.list_by_owner(Owner.BOT)
        unit.conversations.change_owner(
            talk.id, seen=Owner.BOT, to=Owner.CLOSED, now=site.app.now()
        )
    rate = chat(page).get_by_role("button", name="评价服务")
    expect(rate).to_be_focused()
    rate.click()
    expect(bots(page)).to_have_count(2)

    assert rasa.texts == ["谢谢", "/rate_service"]


def test_the_demo_page_shows_the_widget(chromium: Browser, site: Site) -> None:
    context = a_context(chromium)
    page = context.new_page()
    page.goto(f"{site.url}/widget/demo")
    launcher(page).click()
    say(page, "演示")
    expect(bots(page)).to_have_text(["听到：演示"])
    context.close()


def test_a_file_is_handed_in_and_a_renamed_program_is_refused(page: Page) -> None:
    unfold(page)
    chooser = chat(page).locator("#file")
    chooser.set_input_files(
        {"name": "照片.jpg", "mimeType": "image/jpeg", "buffer": b"MZ\x90\x00" + b"\0" * 200}
    )
    expect(chat(page).get_by_role("alert")).to_contain_text("“照片.jpg”看内容不是照片")
    content = b"%PDF-1.7\n" + b"x" * 500
    chooser.set_input_files({"name": "执照.pdf", "mimeType": "application/pdf", "buffer": content})
    expect(bots(page)).to_have_count(0)
    expect(chat(page).locator("#log .from-system")).to_contain_text("收到您发来的“执照.pdf”")
    expect(chat(page).get_by_role("alert")).to_be_hidden()

    with page.expect_download() as saved:
        chat(page).get_by_role("button", name="执照.pdf").click()
    assert saved.value.suggested_filename == "执照.pdf"
    assert Path(saved.value.path()).read_bytes() == content


def test_the_transcript_is_saved_as_a_text(page: Page) -> None:
    launcher(page).click()
    say(page, "食品经营许可要什么材料")
    expect(bots(page)).to_have_count(1)
    chat(page).get_by_role("button", name="更多").click()
    with page.expect_download() as saved:
        chat(page).get_by_role("button", name="保存对话记录").click()
    text = Path(saved.value.path()).read_text(encoding="utf-8-sig")

    assert saved.value.suggested_filename.startswith("小二对话记录-")
    assert [line.rsplit(" ", 1)[-1] for line in text.splitlines() if line] == [
        "我",
        "食品经营许可要什么材料",
        "小二",
        "听到：食品经营许可要什么材料",
    ]


OFFERS_NOTHING = """
for (const name of ["speechSynthesis", "webkitSpeechRecognition", "SpeechRecognition"])
  Object.defineProperty(window, name, { value: undefined });
"""
OFFERS_ALL = """
window.read = [];
Object.defineProperty(window, "speechSynthesis", { value: {
  speak: (said) => window.read.push(said.text), cancel: () => window.read.push("stop") } });
class Recognition extends EventTarget {
  start() {
    const result = new Event("result");
    result.results = [[{ transcript: "开个饭馆" }]];
    setTimeout(() => { this.dispatchEvent(result); this.dispatchEvent(new Event("end")); });
  }
}
window.webkitSpeechRecognition = Recognition;
Object.defineProperty(window, "SpeechRecognition", { value: undefined });
"""


def test_speech_is_hidden_where_the_browser_has_none(page: Page) -> None:
    page.context.add_init_script(OFFERS_NOTHING)
    page.reload()
    unfold(page)
    chat(page).get_by_role("button", name="更多").click()

    expect(chat(page).get_by_role("button", name="大字")).to_be_visible()
    expect(chat(page).get_by_role("button", name="朗读回复")).to_be_hidden()
    expect(chat(page).locator("#speak")).to_be_hidden()


def test_answers_are_read_aloud_and_words_taken_by_voice_after_a_word_of_warning(
    page: Page,
) -> None:
    page.context.add_init_script(OFFERS_ALL)
    page.reload()
    launcher(page).click()
    say(page, "以前的")
    expect(bots(page)).to_have_count(1)
    chat(page).get_by_role("button", name="更多").click()
    chat(page).get_by_role("button", name="朗读回复").click()
    chat(page).get_by_role("button", name="说话输入").click()
    expect(chat(page).get_by_role("dialog")).to_contain_text("厂商")
    chat(page).get_by_role("button", name="可以，开始说").click()
    expect(chat(page).get_by_label("要问小二的话")).to_have_value("开个饭馆")
    chat(page).get_by_role("button", name="发送", exact=True).click()
    expect(bots(page)).to_have_count(2)

    assert chat(page).locator("body").evaluate("() => window.read") == ["听到：开个饭馆\n"]


@pytest.mark.parametrize(("name", "size"), [("wide", WIDE), ("phone", PHONE), ("zoomed", ZOOMED)])
def test_nothing_is_cut_off_and_axe_finds_nothing(
    chromium: Browser, other: OtherSite, name: str, size: dict[str, int]
) -> None:
    context = a_context(chromium, size)
    page = context.new_page()
    page.goto(other.url)
    keep_picture(page, f"widget-{name}-closed")
    launcher(page).click()
    say(page, "俺想在东昌府区开个火锅店，要准备些什么材料？")
    expect(bots(page)).to_have_count(1)
    keep_picture(page, f"widget-{name}")
    found = {"open": broken_rules(page)}
    chat(page).get_by_role("button", name="更多").click()
    keep_picture(page, f"widget-{name}-tools")
    found["tools"] = broken_rules(page)
    for mode in ("大字", "简洁模式"):
        chat(page).get_by_role("button", name=mode).click()
        found[mode] = broken_rules(page)
    chat(page).get_by_role("button", name="更多").click()
    keep_picture(page, f"widget-{name}-simple")
    html = chat(page).locator("html")
    overflow = html.evaluate("e => e.scrollWidth > e.clientWidth")
    box = chat(page).get_by_label("要问小二的话").bounding_box()
    log = chat(page).locator("#scroller").bounding_box()
    context.close()

    assert found == {"open": [], "tools": [], "大字": [], "简洁模式": []}
    assert not overflow
    assert box
    assert box["y"] + box["height"] <= size["height"]
    assert log
    assert log["height"] >= 60


def broken_rules(page: Page) -> list[str]:
    """Return the rules of axe that the page, frame included, breaks."""
    frame = next(one for one in page.frames if one.url.endswith("/widget/frame"))
    return [*violations(page), *violations(frame)]
