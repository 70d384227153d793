"""Remarks that steer a conversation."""

import pytest

from bot.services.remarks import asks_meaning, clauses, is_correction, skips_the_rest


@pytest.mark.parametrize("text", ["有啥区别", "这几种有什么不同", "啥意思", "标准地是啥"])
def test_a_question_for_the_meaning_is_recognised(text: str) -> None:
    assert asks_meaning(text)


@pytest.mark.parametrize(
    "text", ["个体户", "不清楚", "厂房通不上电好几天了，窗口也说不懂怎么处理这件事"]
)
def test_answers_and_stories_do_not_ask_for_the_meaning(text: str) -> None:
    assert not asks_meaning(text)


@pytest.mark.parametrize("text", ["不对是临清", "刚才面积说错了", "地区改成高唐", "应该是公司"])
def test_a_correction_is_recognised(text: str) -> None:
    assert is_correction(text)


@pytest.mark.parametrize("text", ["对", "临清", "80平"])
def test_plain_answers_are_no_correction(text: str) -> None:
    assert not is_correction(text)


@pytest.mark.parametrize("text", ["剩下的都不清楚", "都按常见的来吧", "你看着办", "别问了"])
def test_no_more_questions_is_recognised(text: str) -> None:
    assert skips_the_rest(text)


def test_one_unknown_answer_does_not_skip_the_rest() -> None:
    assert not skips_the_rest("不知道")


def test_a_sentence_falls_into_its_clauses() -> None:
    assert clauses("120平，一共要多少钱？") == ["120平", "一共要多少钱"]
