"""Wishes that something be handed in, questions after the law, and what is to be said again."""

import pytest

from bot.services.words.request import asks_law, thing_wanted, wants_again, wants_handed_in


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("帮俺申请个卖农药的证", "卖农药的证"),
        ("给我们单位申报一下用地预审", "用地预审"),
        ("卖农药的证", "卖农药的证"),
    ],
)
def test_the_words_of_asking_are_left_out(text: str, thing: str) -> None:
    assert thing_wanted(text) == thing


@pytest.mark.parametrize("text", ["帮我约个人", "给我转人工", "帮我看看能享受哪些", "替我催催"])
def test_other_wishes_hand_nothing_in(text: str) -> None:
    assert not wants_handed_in(text)


@pytest.mark.parametrize("text", ["土地法哪条写的", "是哪个条例规定的", "有啥文件依据", "有规定没"])
def test_the_law_is_asked_for(text: str) -> None:
    assert asks_law(text)


@pytest.mark.parametrize("text", ["有什么法子", "开饭店要啥证", "有啥政策"])
def test_other_questions_ask_for_no_law(text: str) -> None:
    assert not asks_law(text)


def test_the_last_answer_is_wanted_again() -> None:
    assert wants_again("没看清，再说一遍")
    assert not wants_again("再说吧")
