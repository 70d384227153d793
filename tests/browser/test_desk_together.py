"""Two agents and three applicants in one hub at once; the same second; lost network; restart."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bot.bootstrap import utc_now
from bot.domain.conversations import Author, Owner
from bot.domain.people import Role
from bot.services.accounts.accounts import add_agent
from tests.browser.site import Site
from tests.desk_cast import PASSWORD
from tests.fake_rasa import FakeRasa, Items

pytestmark = pytest.mark.browser

AGENTS = {"hanmeimei": "韩梅梅", "lilei": "李雷"}
OpenPage = Callable[[], Page]


def _answer(text: str) -> Items:
    if text == "转人工":
        return [{"text": "请稍候。"}, {"custom": {"type": "handoff", "reason": "asked"}}]
    return [{"text": "您想办哪种？"}]


@pytest.fixture
def desks(chromium: Browser, site: Site, rasa: FakeRasa) -> Iterator[list[Page]]:
    """Two browsers, an agent logged in at each."""
    rasa.answer = _answer
    expect.set_options(timeout=15_000)  # five pages share two cores
    pages, contexts = [], []
    for login, name in AGENTS.items():
        add_agent(
            site.app.unit_of_work,
            login=login,
            name=name,
            role=Role.AGENT,
            password=PASSWORD,
            now=utc_now(),
        )
        context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.goto(f"{site.url}/desk/")
        page.get_by_label("账号").fill(login)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        expect(page.locator("#mine-count")).to_have_text("0")
        pages.append(page)
        contexts.append(context)
    yield pages
    expect.set_options(timeout=5_000)
    for context in contexts:
        context.close()


@pytest.fixture
def applicant(chromium: Browser, site: Site) -> Iterator[OpenPage]:
    """Opens the chat page in a browser of its own."""
    contexts: list[BrowserContext] = []

    def open_one() -> Page:
        context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(site.url)
        return page

    yield open_one
    for context in contexts:
        context.close()


def _say(page: Page, text: str) -> None:
    page.get_by_label("要问小二的话").fill(text)
    page.keyboard.press("Enter")
    expect(page.locator("#log")).to_contain_text(text)


def _ask_for_a_person(page: Page, text: str) -> None:
    _say(page, text)
    expect(page.locator("#log")).to_contain_text("您想办哪种？")
    _say(page, "转人工")
    expect(page.locator("#log")).to_contain_text("您前面还有")


def _reply(desk: Page, text: str) -> None:
    desk.locator("#reply").fill(text)
    desk.locator("#reply").press("Enter")
    expect(desk.locator("#log .from-agent .bubble").last).to_have_text(text)


def _cookie(desk: Page) -> dict[str, str]:
    found = next(one for one in desk.context.cookies() if one["name"] == "xiaoer_desk")
    return {"xiaoer_desk": found["value"]}


def _at_once(site: Site, desks: list[Page], path: str, bodies: list[object]) -> list[int]:
    """Send a write with the sessions of both browsers in the same moment."""

    def send(desk: Page, body: object) -> int:
        headers = {"origin": site.url}
        url = f"{site.url}/desk/api/{path}"
        return httpx.post(url, json=body, cookies=cookies[desk], headers=headers).status_code

    cookies = {desk: _cookie(desk) for desk in desks}
    with ThreadPoolExecutor(len(desks)) as pool:
        return sorted(pool.map(send, desks, bodies))


def _by_composer(one: Page, other: Page) -> tuple[Page, Page]:
    """Return whose composer opens, then the other one, who is told that it was too late."""
    expect(one.locator("#composer:visible, #toast:visible").first).to_be_visible()
    return (one, other) if one.locator("#composer").is_visible() else (other, one)


def test_two_agents_and_three_applicants_do_not_get_in_each_others_way(
    desks: list[Page], applicant: OpenPage, site: Site
) -> None:
    people = [applicant() for _ in range(3)]
    for number, page in enumerate(people):
        _ask_for_a_person(page, f"第{number}位想开店")
    for desk in desks:
        expect(desk.locator("#waiting-count")).to_have_text("3")

    first, second = desks
    # both press at the first applicant's card in the same moment: one wins, one is told
    for desk in desks:
        desk.evaluate("document.querySelector('#lists [data-act=claim]').click()")
    expect(first.locator("#waiting-count")).to_have_text("2")
    winner, loser = _by_composer(first, second)
    expect(winner.locator("#composer")).to_be_visible()
    expect(loser.locator("#mine-count")).to_have_text("0")
    loser.locator("#lists .card [data-act=claim]").first.click()
    expect(loser.locator("#composer")).to_be_visible()
    expect(winner.locator("#waiting-count")).to_have_text("1")
    winner.locator("#lists .card [data-act=claim]").first.click()
    expect(winner.locator("#mine-count")).to_have_text("2")

    _reply(winner, "给第三位的话")
    _reply(loser, "给第二位的话")
    winner.locator("#lists .card.mine").filter(has_text="第0位").locator("a").click()
    expect(winner.locator("#log")).to_contain_text("第0位想开店")
    _reply(winner, "给第一位的话")
    said = ("给第一位的话", "给第二位的话", "给第三位的话")
    for place, page in enumerate(people):
        expect(page.locator("#log")).to_contain_text(said[place])
        for other in {*said} - {said[place]}:
            expect(page.locator("#log")).not_to_contain_text(other)

    people[1].get_by_label("要问小二的话").press_sequentially("正在")
    expect(loser.locator("#typing")).to_be_visible()
    expect(loser.locator(".from-agent .read-mark").last).to_be_visible()
    loser.locator("#reply").press_sequentially("我也")
    expect(people[1].locator("#typing")).to_be_visible()


def test_claiming_and_passing_on_in_the_same_second_has_one_winner(
    desks: list[Page], applicant: OpenPage, site: Site
) -> None:
    _ask_for_a_person(applicant(), "想开店")
    expect(desks[0].locator("#waiting-count")).to_have_text("1")
    with site.app.unit_of_work() as unit:
        waiting = unit.conversations.list_by_owner(Owner.WAITING)[0].id
        people = {one.login: one.id for one in unit.people.agents()}

    claims = _at_once(site, desks, f"conversations/{waiting}/claim", [{}, {}])
    with site.app.unit_of_work() as unit:
        holder = unit.conversations.get(waiting).agent_id
    holding = [desk for desk, who in zip(desks, people.values(), strict=True) if who == holder]
    other = next(one for one in people.values() if one != holder)
    body = {"reason": "归他管", "agent_id": other}
    passed = _at_once(site, holding * 2, f"conversations/{waiting}/transfer", [body, body])

    assert claims == [200, 409]
    assert passed == [200, 409]
    with site.app.unit_of_work() as unit:
        assert unit.conversations.get(waiting).agent_id == other
        steps = [one.step for one in unit.desk_lists.history(waiting)]
    assert sorted(steps) == ["claimed", "transferred"]
    reader = desks[list(people.values()).index(other)]
    expect(reader.locator("#mine-count")).to_have_text("1")


def test_a_lost_network_and_a_restarted_hub_lose_nothing(
    desks: list[Page], applicant: OpenPage, site: Site
) -> None:
    desk, person = desks[0], applicant()
    _ask_for_a_person(person, "想开店")
    desk.locator("#lists .card [data-act=claim]").first.click()
    expect(desk.locator("#composer")).to_be_visible()

    desk.context.set_offline(True)
    desk.locator("#reply").fill("断网时写的")
    desk.locator("#reply").press("Enter")
    expect(desk.locator("#offline")).to_be_visible()
    _say(person, "您还在吗")
    desk.context.set_offline(False)
    expect(desk.locator("#offline")).to_be_hidden(timeout=20_000)
    expect(desk.locator("#log")).to_contain_text("您还在吗")
    desk.locator("#reply").press("Enter")
    expect(person.locator("#log")).to_contain_text("断网时写的")

    site.stop()
    expect(desk.locator("#offline")).to_contain_text("正在重连")
    expect(person.locator("#status")).to_contain_text("正在重连")
    person.get_by_label("要问小二的话").fill("重启时写的")
    person.keyboard.press("Enter")
    site.start()
    expect(desk.locator("#offline")).to_be_hidden(timeout=20_000)
    expect(desk.locator("#log")).to_contain_text("重启时写的", timeout=20_000)
    _reply(desk, "收到")
    expect(person.locator("#log")).to_contain_text("收到", timeout=20_000)

    with site.app.unit_of_work() as unit:
        held = unit.conversations.list_by_owner(Owner.AGENT)[0].id
        lines = unit.conversations.messages(held)
    spoken = [one.text for one in lines if one.author in {Author.AGENT, Author.APPLICANT}]
    assert spoken == ["想开店", "转人工", "您还在吗", "断网时写的", "重启时写的", "收到"]
