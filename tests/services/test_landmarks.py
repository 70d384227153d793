"""What only says where a place is."""

import pytest

from bot.services.words.landmarks import landmarks, without_landmarks


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("幼儿园边上能办不", "学校边上能办不"),
        ("我店对面就是幼儿园", "我店对面就是学校"),
        ("在医院附近开个药店", "在那里附近开个药店"),
        ("隔壁是个诊所能开药店吗", "隔壁是个那里能开药店吗"),
        ("离幼儿园多远能开网吧", "离学校多远能开网吧"),
        ("五十米外有个加油站", "五十米外有个那里"),
        # the subject of the sentence is no landmark
        ("网吧附近有学校能办吗", "网吧附近有学校能办吗"),
        ("开幼儿园要啥手续", "开幼儿园要啥手续"),
        ("幼儿园办学许可", "幼儿园办学许可"),
    ],
)
def test_a_landmark_is_told_by_what_it_is(text: str, read: str) -> None:
    assert without_landmarks(text) == read


def test_where_landmarks_stand() -> None:
    assert landmarks("想在幼儿园旁边开个药店") == [(2, 5)]
    assert landmarks("开幼儿园") == []
    assert landmarks("在小学旁边开个KTV") == []  # what is opened there is meant
    assert landmarks("我店旁边开着个KTV") != []


def test_a_long_text_is_left_as_it_is() -> None:
    long = "幼儿园边上" * 20
    assert without_landmarks(long) == long
