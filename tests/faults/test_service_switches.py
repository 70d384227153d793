"""Single services go out of use while people talk: through the desk, Rasa and the actions."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import httpx
import pytest

from bot.domain.switches import SKILL, SKILLS
from tests.chat_client import Chat
from tests.stack import Stack

pytestmark = pytest.mark.model

REASON = "窗口系统正在切换"
BEGINNINGS = {
    "apply": "食品经营许可帮我填表，交到窗口",
    "booking": "想约个电话帮办",
    "feedback": "我要投诉窗口",
    "plan_project": "拿地建厂房要办什么手续",
    "policy": "看看我们公司能享受哪些优惠",
    "review": "我要评价",
    "start_business": "开个火锅店要办哪些证",
    "whistle": "我要吹哨",
}


class Switchboard:
    """The page of the switches, as a supervisor uses it."""

    def __init__(self, stack: Stack) -> None:
        self._http = httpx.Client(base_url=stack.url, headers={"origin": stack.url}, timeout=60)
        login = {"login": stack.login.username, "password": stack.login.password}
        assert self._http.post("/desk/login", data=login).status_code == 303

    @contextmanager
    def off(self, skill: str) -> Iterator[None]:
        """Keep a service out of use; it is back at the end whatever happens."""
        self._turn(skill, "off", REASON)
        try:
            yield
        finally:
            self._turn(skill, "on", "")

    def page(self) -> str:
        """Return the page with its history."""
        return self._http.get("/desk/switches").text

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def _turn(self, skill: str, to: str, reason: str) -> None:
        wish = {"name": f"{SKILL}{skill}", "to": to, "reason": reason}
        assert self._http.post("/desk/switches", data=wish).status_code == 303


@pytest.fixture
def board(stack: Stack) -> Iterator[Switchboard]:
    opened = Switchboard(stack)
    yield opened
    opened.close()


def test_every_service_that_is_off_says_so_and_what_else_is_asked_is_answered(
    stack: Stack, board: Switchboard
) -> None:
    assert set(BEGINNINGS) == set(SKILLS)
    with ExitStack() as out_of_use:
        for skill in SKILLS:
            out_of_use.enter_context(board.off(skill))
        for skill, sentence in BEGINNINGS.items():
            with Chat(stack.url) as chat:
                said = chat.say(sentence)
                assert f"停用：{REASON}" in said.text, (skill, said.text)
                assert "12345" in said.text
                assert "转人工" in said.buttons
                assert "营业执照" in chat.say("食品经营许可证要什么材料").text, skill
    assert board.page().count(REASON) >= len(SKILLS), "who, when and why stand in the history"


def test_a_booking_whose_service_goes_off_is_not_made_and_can_be_made_when_it_is_back(
    stack: Stack, board: Switchboard
) -> None:
    with Chat(stack.url) as chat:
        chat.say("想约个电话帮办，茌平的，越快越好")
        chat.say("李雷")
        read_back = chat.say("13900139071")
        with board.off("booking"):
            refused = chat.press(read_back.buttons["对，约上"])
            assert f"停用：{REASON}" in refused.text
            assert "没有替您提交" in refused.text
            assert "YY-" not in refused.text
            assert REASON in chat.say("我想预约").text
        again = chat.say("想约个电话帮办，茌平的，越快越好")
        assert REASON not in again.text
        made = chat.press(again.buttons["对，约上"])
        assert "YY-" in made.text


def test_a_whistle_goes_on_while_the_service_that_was_interrupted_by_it_is_off(
    stack: Stack, board: Switchboard
) -> None:
    with Chat(stack.url) as chat:
        assert "什么" in chat.say("开个面馆要办哪些证").text
        with board.off("start_business"):
            assert REASON not in chat.say("我要吹哨").text
            assert REASON in chat.say("先不吹哨了，开个火锅店要办哪些证").text
