"""The calls of the desk beyond answering, through the routes, as the page makes them."""

from dataclasses import replace

import httpx
import pytest
from sqlalchemy.engine import Engine
from starlette.applications import Starlette

from bot.desk.conversation_tools import ConversationTool
from bot.desk.routes import routes
from bot.domain.desk_files import MAX_FILE_BYTES
from bot.domain.people import Agent, Role
from bot.hub.clamd import Clamd
from tests.clamd_server import INFECTED, fake_clamd
from tests.desk.conftest import Site, login
from tests.desk_server import build_app

PDF = b"%PDF-1.7\n1 0 obj\n"


@pytest.fixture
async def held(site: Site, browser: httpx.AsyncClient) -> str:
    """A conversation that 韩梅梅 holds."""
    fields: dict[str, object] = {
        "start_business_district": "371502",
        "matter_id": "lic-food-operate",
    }
    conversation_id = site.cast.waiting("俺想在东昌府区开个火锅店", fields=fields)
    assert (await browser.post(_at(conversation_id, "claim"))).status_code == 200
    return conversation_id


def _at(conversation_id: str, name: str = "") -> str:
    return f"/desk/api/conversations/{conversation_id}/{name}".rstrip("/")


def _code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


async def test_the_brief_says_what_an_agent_must_know(
    browser: httpx.AsyncClient, held: str
) -> None:
    found = (await browser.get(_at(held, "brief"))).json()

    for words in ("食品经营许可", "东昌府区", "您想办哪种企业？", "用户要求转人工", "韩梅梅 接入"):
        assert words in found["html"]
    assert not found["has_plan"]


async def test_each_answer_says_how_sure_it_is(browser: httpx.AsyncClient, held: str) -> None:
    filled = {"slot": "start_business_enterprise_type", "value": "company"}
    await browser.post(_at(held, "fields"), json=filled)

    html = (await browser.get(_at(held))).json()["fields"]

    assert "用户原话" in html  # 东昌府区 was typed
    assert "客服填写" in html


async def test_a_note_is_shown_to_colleagues_and_no_channel_ever_says_it(
    site: Site, browser: httpx.AsyncClient, held: str
) -> None:
    answer = await browser.post(_at(held, "note"), json={"text": "房东有纠纷"})
    found = (await browser.get(_at(held))).json()

    assert answer.json() == {"mentioned": 0}
    assert "房东有纠纷" in found["notes"]
    assert "房东有纠纷" not in found["messages"]
    with site.cast.open_unit() as unit:
        assert not any("房东" in one.text for one in unit.conversations.messages(held))


async def test_a_file_is_checked_sent_and_given_out_under_its_secret(
    site: Site, browser: httpx.AsyncClient, held: str
) -> None:
    sent = await browser.post(
        "/desk/api/files", data={"conversation": held}, files={"file": ("清单.exe", PDF)}
    )
    with site.cast.open_unit() as unit:
        url = unit.conversations.messages(held)[-1].attachments[0].url
    async with site.browser() as applicant:
        given = await applicant.get(url)
        missing = await applicant.get("/files/wrong")

    assert sent.json()["name"] == "清单.pdf"
    assert (given.content, given.headers["content-type"]) == (PDF, "application/pdf")
    assert given.headers["content-disposition"].startswith("attachment")
    assert missing.status_code == 404


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<html>", (422, "bad_file")),
        (b"", (413, "file_too_large")),
        (PDF + b"0" * MAX_FILE_BYTES, (413, "file_too_large")),
    ],
)
async def test_a_bad_file_is_refused_with_a_reason(
    browser: httpx.AsyncClient, held: str, content: bytes, code: tuple[int, str]
) -> None:
    answer = await browser.post(
        "/desk/api/files", data={"conversation": held}, files={"file": ("a.pdf", content)}
    )
    assert _code(answer) == code


async def test_a_file_that_the_scanner_knows_is_not_sent(
    site: Site, sqlite_engine: Engine, meimei: Agent, held: str
) -> None:
    with fake_clamd() as daemon:
        watched = replace(build_app(sqlite_engine, site.clock), scanner=Clamd(daemon.address))
        site.asgi = Starlette(routes=routes(watched, site.wakeups))
        async with site.browser() as browser:
            await login(browser, meimei.login)
            answer = await browser.post(
                "/desk/api/files",
                data={"conversation": held},
                files={"file": ("a.pdf", PDF + INFECTED)},
            )

    assert _code(answer) == (422, "file_infected")


async def test_nobody_sends_a_file_into_what_somebody_else_holds(
    other: httpx.AsyncClient, held: str
) -> None:
    answer = await other.post(
        "/desk/api/files", data={"conversation": held}, files={"file": ("a.pdf", PDF)}
    )
    assert _code(answer) == (409, "not_yours")


async def test_facts_come_with_their_source(browser: httpx.AsyncClient) -> None:
    query = {"q": "食品经营许可", "topic": "time_limit"}
    found = (await browser.get("/desk/api/facts", params=query)).json()["facts"]

    assert found
    assert all("依据：" in one["text"] for one in found)


async def test_a_search_finds_only_what_the_agent_may_read(
    site: Site, browser: httpx.AsyncClient, other: httpx.AsyncClient, held: str
) -> None:
    own = (await browser.get("/desk/api/lists", params={"q": "火鍋店"})).json()
    foreign = (await other.get("/desk/api/lists", params={"q": "火锅店"})).json()

    assert held in own["html"]
    assert held not in foreign["html"]
    assert "没有找到" in foreign["html"]


async def test_the_department_list_names_the_holder_and_keeps_the_words(
    other: httpx.AsyncClient, held: str
) -> None:
    html = (await other.get("/desk/api/lists", params={"kind": "department"})).json()["html"]

    assert "韩梅梅" in html
    assert "火锅店" not in html


async def test_a_filter_is_kept_and_forgotten(browser: httpx.AsyncClient) -> None:
    kept = {"name": "投诉", "query": {"reason": "complaint", "q": ""}}
    await browser.post("/desk/api/filters", json=kept)
    found = (await browser.get("/desk/api/filters")).json()["filters"]
    await browser.post("/desk/api/filters", json={"name": "投诉", "query": None})
    then = (await browser.get("/desk/api/filters")).json()["filters"]
    empty = await browser.post("/desk/api/filters", json={"name": "空", "query": {"q": " "}})

    assert (found, then) == ([{"name": "投诉", "query": {"reason": "complaint"}}], [])
    assert _code(empty) == (422, "bad_filter")


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("transfer", {"reason": "x", "agent_id": 999}, (404, "unknown_colleague")),
        ("transfer", {"reason": "x", "department_id": "nowhere"}, (404, "unknown_colleague")),
        ("transfer", {"reason": "", "department_id": ""}, (422, "bad_reason")),
        ("snooze", {"until": 1}, (422, "bad_snooze")),
        ("snooze", {"until": 10**18}, (400, "bad_request")),
        ("supervisor", {"reason": " "}, (422, "bad_reason")),
        ("note", {"text": " "}, (422, "bad_note")),
        ("plan", {}, (409, "no_plan")),
        ("identify", {"number": "371500202611240001", "credential": "0000"}, (422, "not_verified")),
        ("step-in", {}, (403, "not_allowed")),
    ],
)
async def test_what_cannot_be_done_says_why(
    browser: httpx.AsyncClient, held: str, name: str, body: dict[str, object], code: tuple[int, str]
) -> None:
    assert _code(await browser.post(_at(held, name), json=body)) == code


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("transfer", {"reason": "x", "department_id": ""}),
        ("snooze", {"until": 1795600000}),
        ("supervisor", {"reason": "x"}),
        ("plan", {}),
        ("ask-identity", {}),
        ("identify", {"number": "1", "credential": "1"}),
        ("wake-up", {}),
    ],
)
async def test_only_the_holder_moves_a_conversation(
    other: httpx.AsyncClient, held: str, name: str, body: dict[str, object]
) -> None:
    assert _code(await other.post(_at(held, name), json=body)) == (409, "not_yours")


async def test_canned_replies_are_kept_by_those_who_oversee(
    site: Site, browser: httpx.AsyncClient
) -> None:
    site.cast.agent("wangfang", "王芳", Role.SUPERVISOR)
    reply = {"id": "0", "shortcut": "/nh", "title": "问好", "text": "您好", "department": ""}
    refused = await browser.post("/desk/canned/save", data=reply)
    async with site.browser() as chief:
        await login(chief, "wangfang")
        saved = await chief.post("/desk/canned/save", data=reply)
        twice = await chief.post("/desk/canned/save", data={**reply, "text": "您好啊"})
    usable = (await browser.get("/desk/api/canned")).json()["canned"]

    assert (refused.status_code, "没有权限" in refused.text) == (422, True)
    assert saved.status_code == 303
    assert "这个快捷码已经有了" in twice.text
    assert "您好啊" in twice.text  # what was typed stays
    assert usable == [{"shortcut": "nh", "title": "问好", "text": "您好"}]


async def test_the_team_page_is_for_those_who_oversee(
    site: Site, browser: httpx.AsyncClient, meimei: Agent
) -> None:
    site.cast.agent("wangfang", "王芳", Role.SUPERVISOR)
    refused = await browser.get("/desk/team")
    async with site.browser() as chief:
        await login(chief, "wangfang")
        given = {"agent": str(meimei.id), "capacity": "3", "skills": "用户不满意、东昌府区"}
        await chief.post("/desk/team/profile", data=given)
        rules = {"department": "", "assignment": "least_busy", "answer_within_s": "45"}
        await chief.post("/desk/team/queue", data=rules)
        bad = await chief.post("/desk/team/profile", data={**given, "capacity": "0"})
        page = (await chief.get("/desk/team")).text

    assert refused.status_code == 403
    assert "用户不满意、东昌府区" in page
    assert 'value="45"' in page
    assert "同时接待 1 到 50 个" in bad.text
    with site.cast.open_unit() as unit:
        assert unit.desk_work.profile(meimei.id).skills == ("complaint", "371502")


async def test_presence_has_three_states(browser: httpx.AsyncClient, meimei: Agent) -> None:
    seen = []
    for state in ("busy", "away", "available"):
        await browser.post("/desk/api/state", json={"state": state})
        seen.append((await browser.get("/desk/api/lists")).json()["state"])
    unknown = await browser.post("/desk/api/state", json={"state": "asleep"})

    assert seen == ["busy", "away", "available"]
    assert unknown.status_code == 400


async def test_a_tool_of_another_area_is_a_button_of_the_conversation(
    site: Site, browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = ConversationTool("book", "预约时段", "/desk/bookings/new?c={conversation_id}")
    monkeypatch.setattr("bot.desk.pages.CONVERSATION_TOOLS", (tool,))

    html = (await browser.get("/desk/")).text

    assert 'data-tool="/desk/bookings/new?c={conversation_id}"' in html
    assert "预约时段" in html
