"""A word that is typed over and over ends in an answer, and holds up no worker.

A pattern that can read such a text in many ways takes twice as long for each word more: forty of
them are more than anybody waits for, so that a mistake here is seen as a run that does not end.
"""

from collections.abc import Callable

import pytest

from bot.domain.conversations import Button
from bot.services.reading.answers import read_yes_no
from bot.services.reading.spoken_choices import pressed_by_words
from bot.services.words.form_remarks import confirms, leaves_to_us
from bot.services.words.remarks import is_here_again, resumes
from bot.services.words.unwished import beside_denial, denies_story

TIMES = 200
NOTICE = (Button("同意，接着办", "/agree_to_notice"), Button("不同意", "/refuse_notice"))


@pytest.mark.parametrize("word", ["嗯", "可不是", "没", "没木", "没有"])
def test_a_yes_or_no_over_and_over_with_a_letter_behind_is_neither(word: str) -> None:
    assert read_yes_no(word * TIMES + "x") is None


@pytest.mark.parametrize("word", ["嗯", "好的", "同意"])
def test_a_consent_over_and_over_is_one_and_with_a_letter_behind_none(word: str) -> None:
    assert pressed_by_words(word * TIMES, NOTICE) == NOTICE[0]
    assert pressed_by_words(word * TIMES + "x", NOTICE) is None


@pytest.mark.parametrize(
    ("tells", "word"),
    [
        (confirms, "派吧"),
        (leaves_to_us, "怎么都行"),
        (denies_story, "不是要"),
        (denies_story, "没要"),
        (is_here_again, "嗯"),
        (resumes, "嗯"),
    ],
)
def test_a_remark_over_and_over_with_a_letter_behind_is_none(
    tells: Callable[[str], bool], word: str
) -> None:
    assert not tells(word * TIMES + "x")


def test_what_says_nothing_over_and_over_is_nothing_beside_a_denial() -> None:
    assert beside_denial("我没要投诉，" + "哎呀" * TIMES) == []
    assert beside_denial("我没要投诉，" + "哎呀" * TIMES + "x") == ["哎呀" * TIMES + "x"]
