"""The page of a whistle under its secret link: what is shown, what is taken, what is refused."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from bot.bootstrap import App
from bot.domain.ticket_acts import Act
from bot.domain.tickets import Ticket, TicketState
from bot.hub.clamd import Clamd
from bot.portal.whistle import ADD_PATH, LARGER_BODIES, routes
from bot.services.conversations.conversations import open_web_conversation
from bot.services.tickets.business import BusinessSide, blow_whistle
from bot.services.tickets.tickets import Whistle
from bot.settings import Settings
from bot.web_guard import BodyLimit
from tests.casework_factories import local
from tests.clamd_server import INFECTED, fake_clamd
from tests.web_app import open_app
from tests.whistle_factories import Desk

JPEG = b"\xff\xd8\xff\xe0" + bytes(100)
PROGRAM = b"MZ\x90\x00" + bytes(100)
NOW = local("2026-11-24 10:00")


@dataclass
class Page:
    """A whistle and its page."""

    app: App
    client: TestClient
    number: str
    token: str

    @property
    def path(self) -> str:
        return f"/whistles/{self.token}"

    def ticket(self) -> Ticket:
        with self.app.unit_of_work() as uow:
            found = uow.tickets.by_number(self.number)
        assert found is not None
        return found

    def send(
        self, text: str = "", file: tuple[str, bytes] | None = None, form_id: str = "1"
    ) -> httpx.Response:
        data = {"token": self.token, "form_id": form_id, "text": text}
        files = {"file": file} if file else None
        return self.client.post(ADD_PATH, data=data, files=files, follow_redirects=False)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """One page for the module; every test adds to it."""
    folder: Path = tmp_path_factory.mktemp("whistle")
    settings = Settings(database_url=f"sqlite:///{folder / 'w.db'}", state_dir=folder)
    with open_app(settings) as opened:
        app = replace(opened, now=lambda: NOW)
        side = BusinessSide(app.unit_of_work, app.calendar, app.whistle_rules, NOW)
        who = open_web_conversation(app.unit_of_work, now=NOW).conversation_id
        whistle = Whistle("o", who, "李雷机械厂", "13800138000", "371526", "新厂房通不上电")
        blown = blow_whistle(side, whistle, app.catalogue)
        limit = Middleware(BodyLimit, refuse=_refuse, larger=LARGER_BODIES)
        web = Starlette(routes=routes(app), middleware=[limit])
        yield Page(app, TestClient(web), blown.ticket.number, blown.token)


async def _refuse(*_: object) -> None:
    raise AssertionError


def test_the_page_shows_time_line_and_due_times_and_is_a_secret(page: Page) -> None:
    answer = page.client.get(page.path)

    assert answer.status_code == 200
    assert "新厂房通不上电" in answer.text
    assert "最晚 2026-12-01 周二 17:00" in answer.text
    assert "不是法定时限" in answer.text
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "private, no-store"
    assert page.client.get("/whistles/nothing").status_code == 404


def test_words_and_a_photo_are_added_once(page: Page) -> None:
    desk = Desk(page.app.unit_of_work, NOW)
    desk.until(page.number, Act.ASK_BUSINESS)
    assert "说明" in page.client.get(page.path).text  # what the department asks

    for _ in range(2):
        answer = page.send("变压器四百千伏安", ("现场.JPG", JPEG))
        assert answer.status_code == 303

    assert page.ticket().state is TicketState.IN_PROGRESS
    shown = page.client.get(page.path).text
    assert shown.count('<p class="said">变压器四百千伏安</p>') == 1
    assert shown.count("现场.jpg</a>") == 1
    assert page.client.get(f"{page.path}/files/1").content == JPEG
    assert page.client.get(f"{page.path}/files/9").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "note"),
    [
        ("现场.jpg", PROGRAM, "看内容不是照片"),
        ("现场.jpg", b"#!/bin/sh\nrm -rf /", "看内容不是照片"),
        ("现场.jpg", b"<svg onload='x'/>", "看内容不是照片"),
        ("空.pdf", b"", "是空的"),
        ("大.jpg", JPEG + bytes(20 * 1024 * 1024), "有 20.0 MB，超过 10 MB"),
    ],
    ids=["a program", "a script", "a drawing that runs", "an empty file", "a 20 MB photo"],
)
def test_a_file_that_is_not_taken_gets_a_clear_sentence_and_the_words_are_kept(
    page: Page, name: str, content: bytes, note: str
) -> None:
    words = f"配上这句话{name}{len(content)}"

    answer = page.send(words, (name, content), form_id=words)

    assert answer.status_code == 422
    assert note in answer.text
    assert page.ticket().events[-1].reason == words


def test_a_photo_that_the_scanner_knows_is_not_taken_and_the_words_are(page: Page) -> None:
    with fake_clamd() as daemon:
        watched = replace(page.app, scanner=Clamd(daemon.address))
        web = Starlette(routes=routes(watched))
        mine = Page(watched, TestClient(web), page.number, page.token)
        refused = mine.send("照片在后", ("现场.jpg", JPEG + INFECTED), form_id="scanned")
        daemon.is_busy = True
        unchecked = mine.send("", ("现场2.jpg", JPEG + b"2"), form_id="busy")

    assert (refused.status_code, unchecked.status_code) == (422, 422)
    assert "查出病毒" in refused.text
    assert "没法检查文件" in unchecked.text
    assert page.ticket().events[-1].reason == "照片在后"


def test_a_document_with_macros_is_not_taken(page: Page) -> None:
    def made(*names: str) -> bytes:
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            for name in ("[Content_Types].xml", "word/document.xml", *names):
                archive.writestr(name, "x")
        return content.getvalue()

    assert page.send(file=("表.docx", made("word/vbaProject.bin"))).status_code == 422
    assert page.send(file=("表.doc", made())).status_code == 303
    assert "表.docx</a>" in page.client.get(page.path).text


def test_nothing_at_all_is_said_so(page: Page) -> None:
    assert "请写几句要补充的话" in page.send().text
    wrong = page.client.post(ADD_PATH, data={"token": "x", "text": "y"})
    assert wrong.status_code == 404
