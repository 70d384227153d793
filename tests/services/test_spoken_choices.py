"""A typed title presses its button, and a yes under a notice agrees."""

import pytest

from bot.domain.conversations import Button
from bot.services.reading.spoken_choices import pressed_by_words

PLAN = Button("排一份", '/inform{"life_event_offer": "close"}')
NOTICE = (Button("同意，接着办", "/agree_to_notice"), Button("不同意", "/refuse_notice"))


@pytest.mark.parametrize("typed", ["排一份", " 排一份吧。", "排一份！"])
def test_title_that_is_typed_out_presses_its_button(typed: str) -> None:
    assert pressed_by_words(typed, (PLAN, *NOTICE)) == PLAN


@pytest.mark.parametrize(
    "typed", ["同意", "好的", "行吧", "可以", "同意，接着办", "嗯，行", "没意见", "可以的"]
)
def test_yes_under_a_notice_agrees(typed: str) -> None:
    assert pressed_by_words(typed, NOTICE) == NOTICE[0]


@pytest.mark.parametrize(
    "typed",
    ["不同意", "不行", "不用", "算了", "算了吧", "拉倒吧", "不留了", "别", "再说吧"],
)
def test_no_under_a_notice_refuses(typed: str) -> None:
    assert pressed_by_words(typed, NOTICE) == NOTICE[1]


@pytest.mark.parametrize(
    "typed",
    ["张三", "13812345678", "同意什么", "为什么要这些", "算", "有", "卖", "算了吧还是投诉他"],
)
def test_anything_else_under_a_notice_presses_nothing(typed: str) -> None:
    assert pressed_by_words(typed, NOTICE) is None


def test_short_answers_and_plain_yes_are_left_to_the_model() -> None:
    buttons = (Button("是", "/affirm"), Button("公司", "/x"), Button("不清楚", "/skip"))
    assert [pressed_by_words(said, buttons) for said in ("是", "公司", "好的")] == [None] * 3


def test_title_that_stands_twice_presses_nothing() -> None:
    assert pressed_by_words("排一份", (PLAN, PLAN)) is None
