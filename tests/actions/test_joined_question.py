"""A short question is read behind what was typed before it, and only then."""

from typing import Any

import pytest

from actions.questions.joined_question import joined_question
from actions.turns.turn import read_turn
from tests.actions.trackers import message, pressed, tracker

pytestmark = pytest.mark.usefixtures("application")


def _joined(
    before: dict[str, Any], text: str, intent: str = "ask_eligibility", **state: Any
) -> str | None:
    known = tracker(message(text, intent, 0.7), **state)
    known.events.insert(0, {"event": "user", **before})
    found = joined_question(read_turn(known))
    return None if found is None else found.faq.question


def _told(text: str) -> dict[str, Any]:
    return message(text, "inform", 0.7)


@pytest.mark.parametrize(
    ("before", "text", "question"),
    [
        ("准备开个只做美甲的小店", "要卫生许可证不", "美甲店、健身房、采耳要办吗？"),
        ("用了个假地址注册的公司", "被查到会咋样", "虚假承诺地址会怎样？"),
        ("公司刚注册，一分钱没进账", "这样还用报税吗", "没有收入还要报税吗？"),
        ("新修的马路想挖开接水管", "几年之内不让挖", "新修的路能挖吗？"),
    ],
)
def test_the_sentence_before_tells_what_is_asked(before: str, text: str, question: str) -> None:
    assert _joined(_told(before), text) == question


def test_without_it_nothing_is_asked() -> None:
    assert _joined(_told("你好"), "被查到会咋样") is None


def test_the_same_of_something_else_is_not_joined() -> None:
    assert _joined(_told("新招了俩工人，几天之内得给人家上社保"), "公积金呢") is None


def test_behind_a_button_nothing_is_joined() -> None:
    assert _joined(pressed("trade=bundle:ot-beauty"), "被查到会咋样") is None


def test_a_topic_of_the_matter_is_none_of_the_sentence_before() -> None:
    assert _joined(_told("食品许可证快到期了"), "几天能换完", "ask_time_limit") is None


def test_after_a_complaint_was_filed_nothing_is_joined() -> None:
    filed = {"focus": "ticket"}
    assert _joined(_told("窗口没人 等了俩钟头"), "咋知道结果", "ask_why", slots=filed) is None
