import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from bot.domain.channels import ChoiceWords
from bot.operations.chat import ChatClient, chat
from bot.operations.errors import OperationFailed

WORDS = ChoiceWords(choose="请回复数字选择：", link="{title}：{url}")


class ScriptedHub:
    """The web chat API with prepared answers; keeps what was sent."""

    def __init__(self, *pages: dict[str, Any]) -> None:
        self.pages = list(pages)
        self.sent: list[dict[str, Any]] = []
        self.tokens: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/api/chat/conversations":
            self.opened_as = json.loads(request.content)["channel"]
            return httpx.Response(201, json={"conversation_id": "c-1", "token": "t-1"})
        self.tokens.append(request.headers["Authorization"])
        if request.method == "POST":
            self.sent.append(json.loads(request.content))
            return httpx.Response(202, json={"message_id": len(self.sent)})
        return httpx.Response(200, json=self.pages.pop(0))


def says(number: int, text: str, **more: Any) -> dict[str, Any]:
    said = {"id": number, "author": "bot", "text": text, "created_at": "2026-11-26T01:00:00Z"}
    return {**said, "buttons": [], "attachments": [], **more}


def page(*messages: dict[str, Any], busy: bool = False) -> dict[str, Any]:
    return {"messages": list(messages), "owner": "bot", "busy": busy}


def client_of(hub: Callable[[httpx.Request], httpx.Response]) -> ChatClient:
    transport = httpx.MockTransport(hub)
    return ChatClient(httpx.Client(base_url="http://hub", transport=transport))


def talk(hub: ScriptedHub, *typed: str) -> list[str]:
    lines = iter(typed)
    written: list[str] = []

    def read() -> str:
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    chat(client_of(hub), read, written.append, WORDS)
    return written


def test_a_question_is_sent_and_all_answers_are_shown() -> None:
    hub = ScriptedHub(
        page(says(2, "您好"), busy=True),
        page(says(3, "请问在哪个区?")),
    )
    written = talk(hub, "俺想开个火锅店")
    assert hub.sent[0]["text"] == "俺想开个火锅店"
    assert "小二: 您好" in written
    assert "小二: 请问在哪个区?" in written
    assert set(hub.tokens) == {"Bearer t-1"}
    assert hub.opened_as == "terminal"


def test_buttons_are_numbers_and_the_hub_is_told_the_number() -> None:
    buttons = [
        {"title": "个体户", "payload": "/choose{}"},
        {"title": "公司", "payload": '/choose{"form": "company"}'},
    ]
    hub = ScriptedHub(page(says(2, "选哪种?", buttons=buttons)), page(says(4, "好的")))
    written = talk(hub, "开店", "2")
    assert "小二: 选哪种?\n请回复数字选择：\n1. 个体户\n2. 公司" in written
    assert hub.sent[1]["text"] == "2"


def test_files_are_links() -> None:
    paper = {"title": "清单", "url": "/papers/1", "media_type": "application/pdf"}
    hub = ScriptedHub(page(says(2, "给您", attachments=[paper])))
    assert "小二: 给您\n清单：/papers/1" in talk(hub, "材料")


def test_one_own_message_does_not_count_as_an_answer() -> None:
    own = {"id": 1, "author": "applicant", "text": "开店"}
    hub = ScriptedHub(page(own), page(says(2, "好的")))
    assert "小二: 好的" in talk(hub, "开店")


def test_every_message_has_an_id_of_its_own() -> None:
    hub = ScriptedHub(page(says(2, "一")), page(says(4, "二")))
    talk(hub, "甲", "乙")
    assert hub.sent[0]["client_id"] != hub.sent[1]["client_id"]


def test_empty_lines_are_not_sent_and_quit_ends() -> None:
    hub = ScriptedHub()
    talk(hub, "", "  ", "/quit", "never read")
    assert hub.sent == []


def test_a_hub_that_is_not_running_is_one_clear_line() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    with pytest.raises(OperationFailed, match="make run"):
        client_of(refuse).begin()


def test_an_error_of_the_hub_is_shown_in_its_own_words() -> None:
    def refuse(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(413, json={"error": {"code": "too_long", "message": "太长了"}})

    with pytest.raises(OperationFailed, match="太长了"):
        client_of(refuse).begin()


def test_an_error_without_words_is_shown_as_its_status() -> None:
    with pytest.raises(OperationFailed, match="HTTP 502"):
        client_of(lambda _request: httpx.Response(502, text="<html>")).begin()
