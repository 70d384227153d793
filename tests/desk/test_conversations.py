import asyncio

import httpx
import pytest

from bot.desk.errors import ANSWERS
from bot.desk.formats import href
from bot.domain.conversations import Attachment, Author, Button, Reply
from bot.domain.people import Agent
from bot.hub.wakeups import DESK, OUTBOX, WORK, conversation_topic
from tests.desk.conftest import Site

XSS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg/onload=alert(1)>",
    "javascript:alert(1)",
    "</textarea></title><iframe srcdoc='<script>1</script>'>",
    "{{ 7 * 7 }}{% if x %}",
    "' onfocus=alert(1) autofocus '",
    '<a href="data:text/html,<script>1</script>">x</a>',
]


def _address(conversation_id: str) -> str:
    return f"/desk/api/conversations/{conversation_id}"


async def _claim(browser: httpx.AsyncClient, conversation_id: str) -> httpx.Response:
    return await browser.post(f"{_address(conversation_id)}/claim")


async def test_the_queue_shows_wait_district_reason_and_first_line(
    site: Site, browser: httpx.AsyncClient
) -> None:
    site.cast.waiting("开火锅店", fields={"start_business_district": "371502"})
    site.clock.forward(minutes=7)

    found = (await browser.get("/desk/api/lists")).json()

    for words in ("已等 7 分钟", "东昌府区", "用户要求转人工", "开火锅店", "网页"):
        assert words in found["html"]
    assert (len(found["waiting"]), found["mine"]) == (1, 0)


async def test_an_empty_desk_says_so(browser: httpx.AsyncClient) -> None:
    html = (await browser.get("/desk/api/lists")).json()["html"]

    assert "现在没有人排队" in html
    assert "您还没有接待中的会话" in html


async def test_the_loser_of_a_claim_is_told_the_winners_name(
    site: Site, browser: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    conversation_id = site.cast.waiting()

    won = await _claim(other, conversation_id)
    lost = await _claim(browser, conversation_id)

    assert won.status_code == 200
    assert lost.status_code == 409
    assert lost.json()["error"] == {
        "code": "already_claimed",
        "message": "客服李雷已经接入了这位用户",
    }


async def test_the_whole_story_is_there_with_the_bots_part(
    site: Site, browser: httpx.AsyncClient
) -> None:
    conversation_id = site.cast.waiting("开火锅店")

    found = (await browser.get(_address(conversation_id))).json()

    for words in ("开火锅店", "您想办哪种企业", "有限公司", "转人工", "正在为您转接"):
        assert words in found["messages"]
    assert found["state"] == "waiting"


async def test_only_new_messages_come_after_the_last_one(
    site: Site, browser: httpx.AsyncClient
) -> None:
    conversation_id = site.cast.waiting("开火锅店")
    first = (await browser.get(_address(conversation_id))).json()
    site.cast.says(conversation_id, "还在吗")

    then = (await browser.get(_address(conversation_id), params={"after": first["last_id"]})).json()

    assert "还在吗" in then["messages"]
    assert "开火锅店" not in then["messages"]
    assert then["last_id"] > first["last_id"]


async def test_a_reply_with_a_persons_number_is_sent_when_the_agent_is_sure(
    site: Site, browser: httpx.AsyncClient
) -> None:
    conversation_id = site.cast.waiting()
    address = _address(conversation_id)
    await _claim(browser, conversation_id)
    reply = {"text": "请打 138-0013-8000 找小刘", "client_id": "0123456789"}

    warned = await browser.post(f"{address}/reply", json=reply)
    before = (await browser.get(address)).json()["messages"]
    sent = await browser.post(f"{address}/reply", json={**reply, "is_sure": True})
    after = (await browser.get(address)).json()["messages"]

    assert warned.status_code == 409
    assert warned.json()["error"]["code"] == "personal_numbers"
    assert "138-0013-8000" not in before
    assert sent.status_code == 200
    assert "138-0013-8000" in after


async def test_from_claim_to_hand_back(site: Site, browser: httpx.AsyncClient) -> None:
    conversation_id = site.cast.waiting()
    address = _address(conversation_id)

    assert (await _claim(browser, conversation_id)).status_code == 200
    reply = {"text": "您好", "client_id": "0123456789"}
    first = await browser.post(f"{address}/reply", json=reply)
    again = await browser.post(f"{address}/reply", json=reply)
    filled = {"slot": "start_business_enterprise_type", "value": "company"}
    assert (await browser.post(f"{address}/fields", json=filled)).status_code == 200
    mine = (await browser.get(address)).json()
    assert (await browser.post(f"{address}/hand-back")).status_code == 200
    after = (await browser.get(address)).json()

    assert first.json() == again.json()
    assert mine["state"] == "mine"
    assert mine["messages"].count("您好") == 1
    assert '<option value="company" selected>' in mine["fields"]
    assert after["state"] == "bot"
    assert "已交回小二继续为您服务" in after["messages"]


@pytest.mark.parametrize(("step", "state"), [("return", "waiting"), ("close", "closed")])
async def test_letting_go(site: Site, browser: httpx.AsyncClient, step: str, state: str) -> None:
    conversation_id = site.cast.waiting()
    await _claim(browser, conversation_id)

    assert (await browser.post(f"{_address(conversation_id)}/{step}")).status_code == 200

    assert (await browser.get(_address(conversation_id))).json()["state"] == state


@pytest.mark.parametrize("step", ["reply", "fields", "hand-back", "return", "close"])
async def test_what_somebody_else_holds_is_out_of_reach(
    site: Site, browser: httpx.AsyncClient, other: httpx.AsyncClient, step: str
) -> None:
    conversation_id = site.cast.waiting()
    await _claim(other, conversation_id)
    body = {"text": "x", "client_id": "0123456789", "slot": "whistle_company", "value": "甲"}

    written = await browser.post(f"{_address(conversation_id)}/{step}", json=body)
    read = await browser.get(_address(conversation_id))

    assert (written.status_code, written.json()["error"]["code"]) == (409, "not_yours")
    assert (read.status_code, read.json()["error"]["code"]) == (403, "not_allowed")


async def test_an_unknown_conversation_is_said_to_be_unknown(browser: httpx.AsyncClient) -> None:
    answer = await browser.get(_address("nothing"))

    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "unknown_conversation")


async def test_every_look_at_a_conversation_is_in_the_audit_trail(
    site: Site, browser: httpx.AsyncClient, meimei: Agent
) -> None:
    conversation_id = site.cast.waiting()

    await browser.get(_address(conversation_id))
    await browser.get(_address(conversation_id))

    with site.cast.open_unit() as unit:
        entries = unit.people.audit(subject=conversation_id)
    assert [(one.agent_id, one.action) for one in entries] == [(meimei.id, "conversation_read")] * 2


@pytest.mark.parametrize("text", XSS)
async def test_whatever_people_type_is_shown_as_text(
    site: Site, browser: httpx.AsyncClient, text: str
) -> None:
    conversation_id = site.cast.waiting(
        text, fields={"whistle_company": text, "start_business_district": text, text: text}
    )
    line = Reply(
        text=text,
        buttons=(Button(text, "/inform"),),
        attachments=(Attachment(text, text, "text/html"),),
        author=Author.BOT,
    )
    with site.cast.open_unit() as unit:
        unit.conversations.add_message(conversation_id, line, now=site.clock())
    await _claim(browser, conversation_id)

    found = (await browser.get(_address(conversation_id))).json()
    html = (await browser.get("/desk/api/lists")).json()["html"]
    html += found["head"] + found["messages"] + found["fields"]

    for opening in ("<script", "<img", "<svg", "<iframe", 'href="javascript', 'href="data'):
        assert opening not in html
    assert "7 * 7" in html or "7 * 7" not in text
    assert "' onfocus" not in html


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("/files/plan.pdf", "/files/plan.pdf"),
        ("https://example.org/a", "https://example.org/a"),
        ("javascript:alert(1)", "#"),
        ("JaVaScRiPt:alert(1)", "#"),
        ("data:text/html,x", "#"),
        ("//evil.example/x", "#"),
        (" javascript:alert(1)", "#"),
    ],
)
def test_links_lead_to_pages_only(url: str, link: str) -> None:
    assert href(url) == link


async def test_hidden_slots_stay_hidden_and_unknown_ones_are_named(
    site: Site, browser: httpx.AsyncClient
) -> None:
    conversation_id = site.cast.waiting(
        fields={"requested_slot": "secret1", "_x": "secret2", "brand_new_slot": "seen"}
    )

    fields = (await browser.get(_address(conversation_id))).json()["fields"]

    assert "brand_new_slot" in fields
    assert "secret" not in fields


async def test_away_is_remembered(site: Site, browser: httpx.AsyncClient) -> None:
    before = (await browser.get("/desk/api/lists")).json()["is_available"]
    await browser.post("/desk/api/presence", json={"is_available": False})
    await browser.post("/desk/api/heartbeat", json={"is_active": True})

    assert before is True
    assert (await browser.get("/desk/api/lists")).json()["is_available"] is False


async def test_a_write_wakes_desks_the_applicants_page_and_the_worker(
    site: Site, browser: httpx.AsyncClient
) -> None:
    conversation_id = site.cast.waiting()
    topics = (DESK, WORK, OUTBOX, conversation_topic(conversation_id))
    for topic in topics:
        with site.wakeups.listen(topic) as bell:
            await _claim(browser, conversation_id)
            assert await bell.wait(1.0), topic


async def test_the_stream_says_only_that_something_happened_and_ends_with_the_session(
    site: Site, browser: httpx.AsyncClient
) -> None:
    """Read through the ASGI interface: httpx's transport holds a stream back until it ends."""
    seen: list[str] = []
    changed = asyncio.Event()

    async def send(message: dict[str, object]) -> None:
        body = message.get("body", b"")
        assert isinstance(body, bytes)
        seen.extend(line for line in body.decode().splitlines() if line)
        changed.set()

    async def receive() -> dict[str, object]:
        await asyncio.Event().wait()
        raise AssertionError

    async def until(words: str) -> None:
        while words not in seen:
            await asyncio.wait_for(changed.wait(), 5)
            changed.clear()

    scope = {
        "type": "http",
        "method": "GET",
        "path": "/desk/events",
        "raw_path": b"/desk/events",
        "query_string": b"",
        "headers": [(b"cookie", f"xiaoer_desk={browser.cookies['xiaoer_desk']}".encode())],
        "http_version": "1.1",
    }
    stream = asyncio.ensure_future(site.asgi(scope, receive, send))  # type: ignore[arg-type]
    await until("event: beat")
    site.wakeups.ring(DESK)
    await until("event: wake")
    site.clock.forward(hours=1)
    await until("event: expired")
    await asyncio.wait_for(stream, 5)

    assert {line for line in seen if line.startswith("data")} <= {"data: ", "data:"}


def test_every_answer_has_a_code_of_its_own_and_chinese_words() -> None:
    codes = [code for _, code, _ in ANSWERS.values()]

    assert len(set(codes)) == len(codes)
    assert all(any("一" <= char <= "鿿" for char in text) for _, _, text in ANSWERS.values())
