"""Files of the web chat: told by their content, kept once, given to nobody else."""

from dataclasses import replace

import httpx
import pytest

from bot.bootstrap import App
from bot.channels.web.attachments import WebFiles
from bot.domain.attachments import MAX_FILE_BYTES
from bot.hub.clamd import Clamd
from bot.hub.files import FileAway
from bot.services.conversations.conversations import MAX_MESSAGES_PER_WINDOW
from bot.services.conversations.files import MOST_FILES
from tests.channels.conftest import client_of
from tests.channels.web.test_chat_api import code_of, open_chat, read
from tests.clamd_server import INFECTED, fake_clamd

PDF = b"%PDF-1.7\n" + b"x" * 100


async def hand_in(
    client: httpx.AsyncClient, headers: dict[str, str], content: bytes = PDF, **more: str
) -> httpx.Response:
    return await client.post(
        "/api/chat/attachments",
        headers=headers,
        data={"client_id": more.get("client_id", "f1")},
        files={"file": (more.get("name", "执照.pdf"), content)},
    )


async def test_a_file_is_kept_shown_and_given_back(client: httpx.AsyncClient) -> None:
    headers = await open_chat(client)
    answer = await hand_in(client, headers)
    lines = (await read(client, headers))["messages"]
    [attachment] = lines[0]["attachments"]
    found = await client.get(attachment["url"], headers=headers)

    assert answer.status_code == 202
    assert answer.json() == {"message_id": lines[0]["id"]}
    assert (attachment["title"], attachment["media_type"]) == ("执照.pdf", "application/pdf")
    assert "收到您发来的“执照.pdf”" in lines[1]["text"]
    assert found.content == PDF
    assert found.headers["content-disposition"].startswith("attachment;")


async def test_a_file_sent_twice_is_kept_once(client: httpx.AsyncClient) -> None:
    headers = await open_chat(client)
    first, again = await hand_in(client, headers), await hand_in(client, headers)

    assert first.json() == again.json()
    assert len((await read(client, headers))["messages"]) == 2


async def test_nobody_else_gets_the_file(client: httpx.AsyncClient) -> None:
    mine, other = await open_chat(client), await open_chat(client)
    await hand_in(client, mine)
    url = (await read(client, mine))["messages"][0]["attachments"][0]["url"]

    assert (await client.get(url, headers=other)).status_code == 404
    assert (await client.get(url)).status_code == 401


@pytest.mark.parametrize(
    "number",
    ["9" * 18, "11679872249311821909412806656", "9" * 5000],
    ids=["an id", "more than 64 bits", "more than Python reads"],
)
async def test_a_number_longer_than_any_of_ours_is_not_found(
    client: httpx.AsyncClient, number: str
) -> None:
    headers = await open_chat(client)

    assert (await client.get(f"/api/chat/attachments/{number}", headers=headers)).status_code == 404
    assert (await client.get(f"/open/talks/{number}")).status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "code", "words"),
    [
        (b"MZ\x90\x00" + b"\0" * 99, "照片.jpg", "file_not_taken", "“照片.jpg”看内容不是照片"),
        (b"<html><script>", "a.pdf", "file_not_taken", "PDF"),
        (b"", "空.png", "file_empty", "是空的"),
        (b"%PDF-" + b"x" * MAX_FILE_BYTES, "大.pdf", "file_too_large", "10.0 MB，超过 10 MB"),
    ],
    ids=["program", "page", "empty", "large"],
)
async def test_what_cannot_be_taken_is_said_in_plain_words_and_kept_nowhere(
    client: httpx.AsyncClient, content: bytes, name: str, code: str, words: str
) -> None:
    headers = await open_chat(client)
    answer = await hand_in(client, headers, content, name=name)

    assert answer.status_code == 422
    assert code_of(answer) == code
    assert words in answer.json()["error"]["message"]
    assert (await read(client, headers))["messages"] == []


async def test_what_the_scanner_knows_or_cannot_look_through_is_kept_nowhere(app: App) -> None:
    with fake_clamd() as daemon:
        watched = replace(app, scanner=Clamd(daemon.address))
        async with client_of(watched) as client:
            headers = await open_chat(client)
            clean = await hand_in(client, headers)
            infected = await hand_in(client, headers, PDF + INFECTED, client_id="f2")
            daemon.is_busy = True
            unchecked = await hand_in(client, headers, PDF + b"2", client_id="f3")
            kept = [one for one in (await read(client, headers))["messages"] if one["attachments"]]

    assert (clean.status_code, infected.status_code, unchecked.status_code) == (202, 422, 503)
    assert (code_of(infected), code_of(unchecked)) == ("file_infected", "file_unchecked")
    assert "执照.pdf" in infected.json()["error"]["message"]
    assert len(kept) == 1


async def test_a_form_without_file_or_with_a_bad_id_is_refused(client: httpx.AsyncClient) -> None:
    headers = await open_chat(client)
    without = await client.post("/api/chat/attachments", headers=headers, data={"client_id": "1"})
    bad = await hand_in(client, headers, client_id="../x")

    assert (code_of(without), code_of(bad)) == ("bad_request", "bad_client_id")


async def test_there_is_an_end_to_files_and_to_haste(client: httpx.AsyncClient) -> None:
    headers = await open_chat(client)
    codes = [
        (await hand_in(client, headers, client_id=str(number))).status_code
        for number in range(MAX_MESSAGES_PER_WINDOW)
    ]

    assert set(codes) == {202}
    assert code_of(await hand_in(client, headers, client_id="one-more")) == "too_many_messages"
    assert MOST_FILES == MAX_MESSAGES_PER_WINDOW


async def test_the_desk_reads_it_by_its_number(client: httpx.AsyncClient, app: App) -> None:
    headers = await open_chat(client)
    await hand_in(client, headers)
    files = WebFiles(app)

    assert await files.read("1") == PDF
    for missing in ("2", "x", "9" * 30, "-1"):
        with pytest.raises(FileAway):
            await files.read(missing)
