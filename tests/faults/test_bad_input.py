"""Whatever comes in over the web API: a clear Chinese answer with the way on, and nothing lost."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.chat_client import Chat, Turn
from tests.faults.breakage import another_business, lines, say_all, tickets_of
from tests.stack import Stack

pytestmark = pytest.mark.model


def to_the_last_question() -> list[str]:
    """Return what is typed until everything is read back."""
    return [
        "我要吹哨，办证卡了半个月没人管",
        another_business("餐饮店"),
        "跳过",
        "临清",
        "13800138000",
    ]


YES = "对，派单"
CHINESE_SENTENCE = re.compile(r"[一-鿿].*[。？！：]", re.DOTALL)


@pytest.fixture
def chat(stack: Stack) -> Chat:
    return Chat(stack.url)


def is_clear(turn: Turn) -> bool:
    """Tell whether a person can read the answer and go on from it."""
    is_sentence = bool(CHINESE_SENTENCE.search(turn.text))
    says_how = any(word in turn.text for word in ("？", "说", "请"))
    return is_sentence and (says_how or bool(turn.buttons))


def refusal(answer: httpx.Response) -> tuple[int, str]:
    error = answer.json()["error"]
    assert CHINESE_SENTENCE.search(error["message"])
    return answer.status_code, error["code"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param({"text": ""}, (422, "empty_message"), id="empty"),
        pytest.param({}, (422, "empty_message"), id="neither text nor payload"),
        pytest.param({"text": " \n\t　"}, (422, "empty_message"), id="blanks"),
        pytest.param({"text": "\u200b\u200e"}, (422, "empty_message"), id="invisible signs"),
        pytest.param({"text": "\x00\x07\x1b"}, (422, "empty_message"), id="control characters"),
        pytest.param({"text": "店" * 5001}, (422, "text_too_long"), id="5,001 characters"),
        pytest.param({"text": 5}, (400, "bad_request"), id="a number for a text"),
        pytest.param({"text": "在", "payload": "/greet"}, (422, "bad_request"), id="both"),
        pytest.param({"client_id": "", "text": "在吗"}, (422, "bad_client_id"), id="no id"),
        pytest.param({"payload": ""}, (422, "bad_payload"), id="an empty button"),
        pytest.param({"payload": "/hand_back"}, (422, "bad_payload"), id="an internal command"),
        pytest.param({"payload": "/restart"}, (422, "bad_payload"), id="a command of Rasa"),
        pytest.param({"payload": "/emergency_x"}, (422, "bad_payload"), id="an unknown intent"),
        pytest.param({"payload": "转人工"}, (422, "bad_payload"), id="no command at all"),
        pytest.param({"payload": '/inform{"choice": '}, (422, "bad_payload"), id="broken JSON"),
        pytest.param(
            {"payload": '/inform{"choice": {"a": 1}}'}, (422, "bad_payload"), id="nested values"
        ),
        pytest.param(
            {"payload": "/inform" + "x" * 3000}, (422, "bad_payload"), id="a very long button"
        ),
    ],
)
def test_what_cannot_be_taken_is_refused_and_the_talk_goes_on(
    chat: Chat, body: dict[str, Any], expected: tuple[int, str]
) -> None:
    assert refusal(chat.post({"client_id": str(uuid4()), **body})) == expected
    assert chat.history() == []
    assert chat.say("谢谢").messages


def test_a_broken_body_is_refused(chat: Chat) -> None:
    headers = {"Authorization": f"Bearer {chat.token}"}
    address = f"{chat.base_url}/api/chat/messages"

    for body in (b"", b"{", b"[]", b"\xff\xfe", b'{"client_id": "a"'):
        assert refusal(httpx.post(address, content=body, headers=headers)) == (400, "bad_request")


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer wrong", f"Bearer {'x' * 5000}", "Basic a"])
def test_a_wrong_token_opens_nothing(chat: Chat, given: str) -> None:
    headers = {"Authorization": given}
    address = f"{chat.base_url}/api/chat/messages"
    sent = httpx.post(address, json={"client_id": "a", "text": "在吗"}, headers=headers)

    assert refusal(sent) == (401, "unauthorized")
    assert refusal(httpx.get(address, headers=headers)) == (401, "unauthorized")
    assert chat.history() == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("我想开饭店，" * 833 + "好的", id="5,000 characters"),
        pytest.param("店" * 5000, id="5,000 times the same character"),
        pytest.param("😀🎉👍🏽", id="emoji only"),
        pytest.param("？？？！！", id="punctuation only"),
        pytest.param("<script>alert(1)</script>", id="script"),
        pytest.param('<img src=x onerror="alert(1)"><b>开饭店</b>', id="HTML"),
        pytest.param("{{ 7*7 }} {district} %s ${jndi:x}", id="templates"),
        pytest.param("'; DROP TABLE messages; --", id="SQL"),
        pytest.param("[东昌府区](district)", id="the notation of training data"),
        pytest.param("مرحبا שלום สวัสดี", id="other scripts"),
    ],
)
def test_strange_text_is_kept_as_it_is_and_answered(chat: Chat, text: str) -> None:
    turn = chat.say(text)

    assert lines(chat, "applicant") == [text]
    assert is_clear(turn), turn.text


def test_control_characters_are_dropped_and_the_rest_is_understood(chat: Chat) -> None:
    turn = chat.say("我要\x00吹哨\x07")

    assert lines(chat, "applicant") == ["我要吹哨"]
    assert "卡在哪儿" in turn.text


@pytest.mark.parametrize(
    "text",
    [
        "<b>电表装不上</b>",
        "我们厂房的电表一直装不上 <script>alert(1)</script> 找了三个部门",
        "{company} ${x} 装不上电",
    ],
)
def test_markup_in_a_story_reaches_the_ticket_as_text(stack: Stack, chat: Chat, text: str) -> None:
    say_all(chat, ["我要吹哨"])
    last = say_all(chat, [text, *to_the_last_question()[1:]])
    chat.press(last.buttons[YES])

    assert text in last.text
    assert [ticket.description for ticket in tickets_of(stack, chat)] == [text]


@pytest.mark.parametrize(
    "text",
    [
        "/hand_back",
        "/affirm",
        " /affirm",
        '/inform{"choice": "whistle_confirmed=yes"}',
    ],
)
def test_a_typed_command_is_not_run(stack: Stack, chat: Chat, text: str) -> None:
    last = say_all(chat, to_the_last_question())
    turn = chat.say(text)

    assert lines(chat, "applicant")[-1] == text.strip()
    assert tickets_of(stack, chat) == []
    assert is_clear(turn), turn.text
    assert YES in turn.buttons
    assert "CS-" in chat.press(last.buttons[YES]).text


@pytest.mark.parametrize("text", ["/restart", "/session_start"])
def test_a_typed_command_of_rasa_forgets_nothing(stack: Stack, chat: Chat, text: str) -> None:
    say_all(chat, to_the_last_question())
    turn = chat.say(text)
    again = chat.say(to_the_last_question()[0])

    assert lines(chat, "applicant")[-2] == text
    assert tickets_of(stack, chat) == []
    assert is_clear(turn), turn.text
    assert "哪家企业" not in again.text  # the name is still known


def test_the_same_client_id_twice_is_one_message(chat: Chat) -> None:
    body = {"client_id": str(uuid4()), "text": "我要吹哨"}
    first, again = chat.post(body), chat.post(body)
    turn = chat.wait_for("卡在哪儿")

    assert (first.status_code, again.status_code) == (202, 202)
    assert first.json() == again.json()
    assert lines(chat, "applicant") == ["我要吹哨"]
    assert len(turn.messages) == len(lines(chat, "bot"))


def test_a_confirmation_pressed_twice_opens_one_ticket(stack: Stack, chat: Chat) -> None:
    last = say_all(chat, to_the_last_question())
    chat.put(payload=last.buttons[YES])
    again = chat.press(last.buttons[YES])

    assert len(tickets_of(stack, chat)) == 1
    assert sum("CS-" in text and "派" in text for text in lines(chat, "bot")) == 1
    assert is_clear(again), again.text


def test_a_choice_pressed_twice_is_said_to_be_noted(chat: Chat) -> None:
    chat.say("想约个帮办")
    payload = chat.say("重复一遍").buttons["电话"]
    chat.press(payload)
    again = chat.press(payload)

    assert "已经记下了" in again.text
    assert "哪个区县" in again.text


def test_a_button_of_an_older_question_corrects_and_goes_on(chat: Chat) -> None:
    first = chat.say("想约个帮办")
    chat.press(first.buttons["电话"])
    turn = chat.press(first.buttons["视频"])

    assert "已经改过来了" in turn.text
    assert "哪个区县" in turn.text


def test_a_button_of_a_finished_journey_is_answered(stack: Stack, chat: Chat) -> None:
    last = say_all(chat, to_the_last_question())
    chat.press(last.buttons[YES])
    chat.say("想约个帮办")
    turn = chat.press(last.buttons[YES])

    assert "之前的选项" in turn.text
    assert "窗口" in turn.text
    assert len(tickets_of(stack, chat)) == 1


def test_two_clients_of_one_conversation_see_the_same(chat: Chat) -> None:
    twin = chat.twin()
    with ThreadPoolExecutor() as pool:
        said = list(pool.map(lambda pair: pair[0].say(pair[1]), [(chat, "你好"), (twin, "谢谢")]))

    assert all(turn.messages for turn in said)
    assert chat.history() == twin.history()
    assert sorted(lines(chat, "applicant")) == ["你好", "谢谢"]
    assert len(lines(chat, "bot")) == 2


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        pytest.param(["帮我查下办件进度 371500209912310001", "0000"], "没有查到", id="case"),
        pytest.param(["查办件", "abc123"], "编号", id="a case number of another shape"),
        pytest.param(["想约个帮办", "电话", "东阿", "2020年1月1号"], "过去了", id="past date"),
        pytest.param(["想约个帮办", "电话", "东阿", "昨天"], "过去了", id="yesterday"),
        pytest.param(["想约个帮办", "电话", "东阿", "2月30号"], "哪一天", id="no such day"),
        pytest.param([*to_the_last_question()[:4], "12345678"], "11 位", id="phone"),
        pytest.param([*to_the_last_question()[:4], "138001380001"], "11 位", id="12 digits"),
        pytest.param(["我要吹哨", "！！！"], "说说是什么事", id="a story without words"),
    ],
)
def test_a_wrong_answer_is_refused_with_the_way_on(
    chat: Chat, texts: list[str], words: str
) -> None:
    turn = say_all(chat, texts)

    assert words in turn.text
    assert is_clear(turn), turn.text
