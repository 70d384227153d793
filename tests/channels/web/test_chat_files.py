"""Files sent in the chat page: they reach the whistle, or the chat says why not."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.bootstrap import App
from bot.channels.web.attachments import PATH
from bot.domain.attachments import MAX_FILES
from bot.domain.tickets import TicketEventKind
from bot.services.conversations.conversations import authenticate
from bot.services.tickets.business import BusinessSide, blow_whistle
from bot.services.tickets.files import add_file_of
from bot.services.tickets.tickets import Whistle
from bot.store.chat_file_texts import BadChatFileWords, load_chat_file_words

JPEG = b"\xff\xd8\xff\xe0" + bytes(100)
PROGRAM = b"MZ\x90\x00" + bytes(100)


async def open_chat(client: httpx.AsyncClient) -> dict[str, str]:
    token = (await client.post("/api/chat/conversations")).json()["token"]
    client.cookies.clear()
    return {"Authorization": f"Bearer {token}"}


async def lines(client: httpx.AsyncClient, headers: dict[str, str]) -> list[dict[str, Any]]:
    page = (await client.get("/api/chat/messages", headers=headers)).json()
    found: list[dict[str, Any]] = page["messages"]
    return found


async def send(
    client: httpx.AsyncClient,
    headers: dict[str, str],
    name: str,
    content: bytes,
    client_id: str = "f-1",
) -> httpx.Response:
    return await client.post(
        PATH, headers=headers, data={"client_id": client_id}, files={"file": (name, content)}
    )


def blow(app: App, headers: dict[str, str]) -> str:
    token = headers["Authorization"].removeprefix("Bearer ")
    who = authenticate(app.unit_of_work, token=token).id
    side = BusinessSide(app.unit_of_work, app.calendar, app.whistle_rules, app.now())
    said = Whistle("o", who, "李雷机械厂", "13800138000", "371526", "新厂房通不上电")
    return blow_whistle(side, said, app.catalogue).ticket.number


def files(app: App, number: str) -> list[str]:
    with app.unit_of_work() as uow:
        ticket = uow.tickets.by_number(number)
        assert ticket is not None
        events = [one for one in ticket.events if one.kind is TicketEventKind.FILE_ADDED]
        kept = uow.ticket_files.of_ticket(ticket.id)
    assert len(events) == len(kept)
    return [one.name for one in kept]


async def test_a_photograph_goes_to_the_open_whistle_and_the_chat_says_so(
    client: httpx.AsyncClient, app: App
) -> None:
    headers = await open_chat(client)
    number = blow(app, headers)

    sent = await send(client, headers, "现场.jpg", JPEG)
    again = await send(client, headers, "现场.jpg", JPEG)  # a page that heard no answer

    assert (sent.status_code, again.status_code) == (202, 202)
    assert files(app, number) == ["现场.jpg"]
    told = [(one["author"], one["text"]) for one in await lines(client, headers)]
    assert told == [
        ("applicant", ""),
        ("bot", f"收到“现场.jpg”，已放进吹哨单 {number}，部门能看到。"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("照片.jpg", PROGRAM, "改了名字的程序"),
        ("大照片.jpg", JPEG + bytes(20 * 1024 * 1024), "有 20.0 MB，超过 10 MB"),
        ("空.jpg", b"", "是空的"),
    ],
    ids=["renamed program", "too large", "empty"],
)
async def test_what_is_not_taken_is_refused_in_clear_words_and_in_no_whistle(
    client: httpx.AsyncClient, app: App, name: str, content: bytes, words: str
) -> None:
    headers = await open_chat(client)
    number = blow(app, headers)

    refused = await send(client, headers, name, content)

    assert refused.status_code == 422
    assert words in refused.json()["error"]["message"]
    assert files(app, number) == []
    assert await lines(client, headers) == []


async def test_a_full_whistle_leaves_the_file_in_the_conversation(
    client: httpx.AsyncClient, app: App
) -> None:
    headers = await open_chat(client)
    number = blow(app, headers)
    with app.unit_of_work() as uow:
        ticket = uow.tickets.by_number(number)
        assert ticket is not None
    side = BusinessSide(app.unit_of_work, app.calendar, app.whistle_rules, app.now())
    who = ticket.conversation_id
    for at in range(MAX_FILES):
        add_file_of(side, conversation_id=who, name=f"{at}.jpg", content=JPEG + bytes([at]))

    assert (await send(client, headers, "再一张.jpg", JPEG)).status_code == 202

    assert len(files(app, number)) == MAX_FILES
    assert "已经满了" in (await lines(client, headers))[-1]["text"]


async def test_without_a_whistle_the_file_stays_in_the_conversation(
    client: httpx.AsyncClient,
) -> None:
    headers = await open_chat(client)

    assert (await send(client, headers, "现场.jpg", JPEG)).status_code == 202

    mine, told = await lines(client, headers)
    assert [one["title"] for one in mine["attachments"]] == ["现场.jpg"]
    assert "替您留在对话里" in told["text"]


async def test_a_form_without_file_or_with_a_strange_id_is_refused(
    client: httpx.AsyncClient,
) -> None:
    headers = await open_chat(client)

    missing = await client.post(PATH, headers=headers, data={"client_id": "a"})
    strange = await send(client, headers, "a.jpg", JPEG, client_id="../x")
    stranger = await send(client, {}, "a.jpg", JPEG)

    assert [one.status_code for one in (missing, strange, stranger)] == [422, 422, 401]


def test_words_that_lack_a_line_stop_the_start(tmp_path: Path) -> None:
    file = tmp_path / "chat_files.yml"
    file.write_text("kept: x\n", encoding="utf-8")
    with pytest.raises(BadChatFileWords):
        load_chat_file_words(file)
