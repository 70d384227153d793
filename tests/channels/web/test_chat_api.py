"""The web chat's interface as `docs/api.md` and design §6 promise it."""

import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from bot.bootstrap import App
from bot.channels.web.routes import COOKIE
from bot.services.privacy.erasure import erase_in
from bot.store.tables.conversations import CONVERSATIONS
from tests.fake_rasa import FakeRasa


async def open_chat(client: httpx.AsyncClient) -> dict[str, str]:
    """Open a conversation; returns the headers that speak for it."""
    response = await client.post("/api/chat/conversations")
    assert response.status_code == 201
    client.cookies.clear()
    return {"Authorization": f"Bearer {response.json()['token']}"}


async def send(
    client: httpx.AsyncClient, headers: dict[str, str], **body: object
) -> httpx.Response:
    return await client.post("/api/chat/messages", headers=headers, json=body)


async def read(
    client: httpx.AsyncClient, headers: dict[str, str], after: int = 0, wait: float = 0
) -> dict[str, Any]:
    response = await client.get(
        "/api/chat/messages", headers=headers, params={"after": after, "wait": wait}
    )
    assert response.status_code == 200
    page: dict[str, Any] = response.json()
    return page


async def read_answer(
    client: httpx.AsyncClient, headers: dict[str, str], after: int
) -> dict[str, Any]:
    """Poll as a client does until a line after `after` is there and nothing is due."""
    page = await read(client, headers, after, wait=10)
    while page["busy"]:
        page = await read(client, headers, after, wait=10)
    return page


def code_of(response: httpx.Response) -> str:
    error = response.json()["error"]
    assert set(error) == {"code", "message"}
    assert any("\u4e00" <= character <= "\u9fff" for character in error["message"])
    return str(error["code"])


async def test_a_conversation_from_opening_to_answer(
    client: httpx.AsyncClient, rasa: FakeRasa
) -> None:
    rasa.answer = lambda _text: [
        {"text": "哪个区？", "buttons": [{"title": "高新区", "payload": '/inform{"district":"g"}'}]}
    ]
    headers = await open_chat(client)
    sent = await send(client, headers, client_id="a-1", text="开店")
    assert sent.status_code == 202
    message_id = sent.json()["message_id"]
    page = await read_answer(client, headers, after=message_id)

    assert page["owner"] == "bot"
    assert page["busy"] is False
    (answer,) = page["messages"]
    assert answer["author"] == "bot"
    assert answer["text"] == "哪个区？"
    assert answer["buttons"] == [{"title": "高新区", "payload": '/inform{"district":"g"}'}]
    assert answer["attachments"] == []
    assert answer["created_at"].endswith("Z")


async def test_the_same_client_id_gives_the_same_answer_and_stores_nothing(
    client: httpx.AsyncClient,
) -> None:
    headers = await open_chat(client)
    answers = await asyncio.gather(
        *(send(client, headers, client_id="same", text="在吗") for _number in range(5))
    )

    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["message_id"] for answer in answers}) == 1
    page = await read(client, headers)
    assert [line["text"] for line in page["messages"] if line["author"] == "applicant"] == ["在吗"]


async def test_a_long_poll_returns_as_soon_as_there_is_something(
    client: httpx.AsyncClient,
) -> None:
    headers = await open_chat(client)
    waiting = asyncio.create_task(read(client, headers, wait=20))
    await send(client, headers, client_id="1", text="在吗")
    page = await asyncio.wait_for(waiting, 5)

    assert page["messages"][0]["text"] == "在吗"


async def test_a_long_poll_without_news_ends_in_time(client: httpx.AsyncClient) -> None:
    headers = await open_chat(client)
    page = await asyncio.wait_for(read(client, headers, wait=0.1), 5)

    assert page.pop("conversation_id")
    assert page == {"messages": [], "owner": "bot", "busy": False}


@pytest.mark.parametrize("header", [None, "Bearer wrong", "Bearer ", "Basic abc"])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/chat/messages"),
        ("GET", "/api/chat/messages"),
        ("GET", "/api/chat/events"),
    ],
)
async def test_without_the_right_token_nothing_is_given(
    client: httpx.AsyncClient, method: str, path: str, header: str | None
) -> None:
    await open_chat(client)
    headers = {"Authorization": header} if header else {}
    response = await client.request(method, path, headers=headers)

    assert response.status_code == 401
    assert code_of(response) == "unauthorized"
    assert response.headers["www-authenticate"] == "Bearer"


async def test_a_secret_that_was_used_before_opens_what_it_opens_now(
    client: httpx.AsyncClient, app: App
) -> None:
    headers = await open_chat(client)
    await send(client, headers, text="在吗", client_id="1")
    first = (await read(client, headers))["conversation_id"]
    with app.unit_of_work() as unit:
        _, fresh = erase_in(unit, first, app.now())

    assert (await send(client, headers, text="又来了", client_id="2")).status_code == 202
    page = await read(client, headers)
    assert page["conversation_id"] == fresh != first
    assert page["messages"][0]["text"] == "又来了"


async def test_one_conversation_cannot_read_another(client: httpx.AsyncClient) -> None:
    mine, other = await open_chat(client), await open_chat(client)
    await send(client, mine, client_id="1", text="秘密")

    assert (await read(client, other))["messages"] == []


async def test_what_one_knows_of_a_conversation_opens_it_for_nobody(
    client: httpx.AsyncClient, app: App
) -> None:
    """Its id, pieces of its token, and what a thief of the database has: all but the token."""
    mine, theirs = await open_chat(client), await open_chat(client)
    await send(client, theirs, client_id="1", text="秘密")
    known = (await read(client, theirs))["conversation_id"]
    token = theirs["Authorization"].removeprefix("Bearer ")
    with app.engine.connect() as connection:
        row = connection.execute(select(CONVERSATIONS).where(CONVERSATIONS.c.id == known))
        stored = [str(value) for value in row.one() if value]
    forged = [known, token[:-1], f"{token}x", token.swapcase(), token[::-1], *stored]

    for one in forged:
        for method, path in (("GET", "messages"), ("GET", "events"), ("POST", "attachments")):
            tried = await client.request(
                method, f"/api/chat/{path}", headers={"Authorization": f"Bearer {one}"}
            )
            assert (tried.status_code, code_of(tried)) == (401, "unauthorized"), (one, path)
        by_cookie = await client.get("/api/chat/events", headers={"Cookie": f"{COOKIE}={one}"})
        assert by_cookie.status_code == 401
    aimed = {"conversation_id": known, "conversation": known, "after": 0, "wait": 0}
    page = await client.get("/api/chat/messages", headers=mine, params=aimed)
    await send(client, mine, client_id="2", text="混进去", conversation_id=known)

    assert page.json()["messages"] == []
    lines = [line["text"] for line in (await read(client, theirs))["messages"]]
    assert "混进去" not in lines
    assert lines[0] == "秘密"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"client_id": "1", "text": ""}, 422, "empty_message"),
        ({"client_id": "1", "text": " \n\u200b\x00 "}, 422, "empty_message"),
        ({"client_id": "1"}, 422, "empty_message"),
        ({"client_id": "1", "text": "长" * 5001}, 422, "text_too_long"),
        ({"client_id": "1", "payload": "/hand_back"}, 422, "bad_payload"),
        ({"client_id": "1", "payload": "/restart"}, 422, "bad_payload"),
        ({"client_id": "1", "payload": "/inform{bad}"}, 422, "bad_payload"),
        ({"client_id": "1", "payload": "greet"}, 422, "bad_payload"),
        ({"client_id": "1", "payload": "/greet", "text": "x"}, 422, "bad_request"),
        ({"client_id": "", "text": "x"}, 422, "bad_client_id"),
        ({"client_id": "x" * 65, "text": "x"}, 422, "bad_client_id"),
        ({"text": "x"}, 400, "bad_request"),
        ({"client_id": "1", "text": 7}, 400, "bad_request"),
        (["list"], 400, "bad_request"),
    ],
)
async def test_bad_input_is_refused_in_plain_chinese_and_stores_nothing(
    client: httpx.AsyncClient, body: object, status: int, code: str
) -> None:
    headers = await open_chat(client)
    response = await client.post("/api/chat/messages", headers=headers, json=body)

    assert response.status_code == status
    assert code_of(response) == code
    assert (await read(client, headers))["messages"] == []


async def test_too_long_a_text_is_told_how_long_it_is(client: httpx.AsyncClient) -> None:
    headers = await open_chat(client)
    response = await send(client, headers, client_id="1", text="长" * 5001)

    assert "5001" in response.json()["error"]["message"]
    assert "5000" in response.json()["error"]["message"]


async def test_5000_characters_and_emoji_alone_are_taken(client: httpx.AsyncClient) -> None:
    headers = await open_chat(client)
    for number, text in enumerate(["长" * 5000, "👍🏻", "👨\u200d👩\u200d👧"]):
        response = await send(client, headers, client_id=str(number), text=text)
        assert response.status_code == 202


async def test_control_characters_are_dropped_and_line_breaks_kept(
    client: httpx.AsyncClient,
) -> None:
    headers = await open_chat(client)
    await send(client, headers, client_id="1", text="一\x00\x1b[31m\r\n二")

    assert (await read(client, headers))["messages"][0]["text"] == "一[31m\n二"


async def test_a_body_that_is_no_json_or_too_large_is_refused(client: httpx.AsyncClient) -> None:
    headers = await open_chat(client)
    broken = await client.post("/api/chat/messages", headers=headers, content=b"\xff{")
    large = await client.post("/api/chat/messages", headers=headers, content=b"x" * 300_000)

    assert (broken.status_code, code_of(broken)) == (400, "bad_request")
    assert (large.status_code, code_of(large)) == (413, "body_too_large")


async def test_a_person_who_sends_too_much_from_a_page_reads_a_page(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.post(
        "/reviews", headers={"Accept": "text/html,*/*"}, content=b"x" * 300_000
    )

    assert answer.status_code == 413
    assert answer.headers["content-type"].startswith("text/html")
    assert "内容太大" in answer.text


async def test_a_large_body_of_undeclared_length_is_refused(client: httpx.AsyncClient) -> None:
    headers = await open_chat(client)

    async def chunks():  # noqa: ANN202 - an async generator
        for _number in range(40):
            yield b"x" * 10_000

    response = await client.post("/api/chat/messages", headers=headers, content=chunks())

    assert (response.status_code, code_of(response)) == (413, "body_too_large")


async def test_a_flood_is_slowed_down(client: httpx.AsyncClient) -> None:
    headers = await open_chat(client)
    answers = [await send(client, headers, client_id=str(n), text="快") for n in range(25)]
    statuses = [answer.status_code for answer in answers]

    assert statuses[:20] == [202] * 20
    assert set(statuses[20:]) == {429}
    assert code_of(answers[-1]) == "too_many_messages"
    assert answers[-1].headers["retry-after"] == "5"
    again = await send(client, headers, client_id="0", text="快")
    assert again.status_code == 202, "a repeated message is never refused"


@pytest.mark.parametrize("query", ["after=x", "after=-1", "wait=nan", "after=99999999999"])
async def test_a_bad_query_is_refused(client: httpx.AsyncClient, query: str) -> None:
    headers = await open_chat(client)
    response = await client.get(f"/api/chat/messages?{query}", headers=headers)

    assert (response.status_code, code_of(response)) == (422, "bad_request")


async def test_unknown_pages_and_methods_have_the_same_error_shape(
    client: httpx.AsyncClient,
) -> None:
    missing = await client.get("/nowhere")
    missing_file = await client.get("/static/portal/nothing.js")
    wrong = await client.delete("/api/chat/messages")

    assert (missing.status_code, code_of(missing)) == (404, "not_found")
    assert (missing_file.status_code, code_of(missing_file)) == (404, "not_found")
    assert (wrong.status_code, code_of(wrong)) == (405, "method_not_allowed")


async def test_whoever_opens_an_address_that_is_no_page_reads_so_and_finds_a_way_on(
    client: httpx.AsyncClient,
) -> None:
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    public = await client.get("/nowhere", headers=browser)
    desk = await client.get("/desk/nowhere", headers=browser)
    program = await client.get("/api/chat/nowhere", headers=browser)

    assert public.status_code == 404
    assert public.headers["content-type"].startswith("text/html")
    assert "没有这个页面" in public.text
    assert '<a href="/">问小二</a>' in public.text
    assert '<a href="/desk/">回工作台</a>' in desk.text
    assert (program.status_code, code_of(program)) == (404, "not_found")


async def test_a_failure_of_ours_has_the_same_error_shape(
    client: httpx.AsyncClient, app: App
) -> None:
    app.engine.dispose()
    with app.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE deliveries")
        connection.exec_driver_sql("DROP TABLE messages")
        connection.exec_driver_sql("DROP TABLE conversations")
    response = await client.post("/api/chat/conversations")

    assert (response.status_code, code_of(response)) == (500, "internal_error")
    assert response.headers["x-content-type-options"] == "nosniff"


async def test_a_failure_is_a_page_to_who_opened_one_and_blames_no_address(
    client: httpx.AsyncClient, app: App
) -> None:
    with app.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE plan_links")
    failed = await client.get("/plans/" + "a" * 32, headers={"Accept": "text/html"})

    assert failed.status_code == 500
    assert "系统出了点问题" in failed.text
    assert "地址可能没有复制完整" not in failed.text
    assert '<a href="/">问小二</a>' in failed.text


async def test_every_page_forbids_inline_scripts(client: httpx.AsyncClient) -> None:
    for path in ("/", "/static/portal/chat.js", "/api/chat/messages", "/healthz"):
        policy = (await client.get(path)).headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy


async def test_the_cookie_is_for_the_event_stream_only(client: httpx.AsyncClient) -> None:
    response = await client.post("/api/chat/conversations")
    cookie = response.headers["set-cookie"]

    assert cookie.startswith(f"{COOKIE}={response.json()['token']};")
    for attribute in ("HttpOnly", "Path=/api/chat/events", "SameSite=strict"):
        assert attribute in cookie


async def test_healthz_answers_and_readyz_names_each_part(
    client: httpx.AsyncClient, rasa: FakeRasa
) -> None:
    assert (await client.get("/healthz")).json() == {"alive": True}
    ready = await client.get("/readyz")
    rasa.actions_are_up = False
    not_ready = await client.get("/readyz")

    assert ready.status_code == 200
    assert ready.json()["parts"]["model"] == {"ok": True, "detail": "20261123.tar.gz"}
    assert not_ready.status_code == 503
    assert not_ready.json()["ready"] is False
    assert [name for name, part in not_ready.json()["parts"].items() if not part["ok"]] == [
        "actions"
    ]


async def test_readyz_says_so_when_rasa_is_away(client: httpx.AsyncClient, rasa: FakeRasa) -> None:
    rasa.server.stop()
    response = await client.get("/readyz")

    assert response.status_code == 503
    assert not response.json()["parts"]["rasa"]["ok"]
    assert response.json()["parts"]["database"]["ok"]
