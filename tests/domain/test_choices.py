"""Which of the numbered choices a person means."""

import pytest

from bot.domain.choices import chosen
from bot.domain.conversations import Button

TITLES = ("个体户", "公司", "合伙企业", "都行", "不知道")
BUTTONS = tuple(Button(title, f"/{number}") for number, title in enumerate(TITLES))
MANY = tuple(Button(f"第{number}家", f"/{number}") for number in range(1, 24))


def title_of(text: str, buttons: tuple[Button, ...] = BUTTONS) -> str | None:
    found = chosen(text, buttons)
    return found.title if found else None


@pytest.mark.parametrize(
    "text",
    [
        "2", "２", "②", "2.", "2、", "（2）", "2。", "回复2", "回复 2", "选2", "我选 2", "选择2",
        "按2", "第2个", "第二个", "第二", "二号", "2号", "第二项吧", "我要第二个", "公司", " 公司 ",
        "选第二个", "2号吧",
    ],
)  # fmt: skip
def test_many_ways_to_say_the_second(text: str) -> None:
    assert title_of(text) == "公司"


@pytest.mark.parametrize("text", ["最后一个", "最后那个", "我选最后一个吧"])
def test_the_last_one(text: str) -> None:
    assert title_of(text) == "不知道"


@pytest.mark.parametrize(
    "text",
    ["0", "6", "99", "-1", "1.5", "二", "2个", "2个人", "第六个", "我们公司", "2026", "13800138000",
     "第二个问题呢", "", "选", "第"],
)  # fmt: skip
def test_other_answers_are_not_taken_for_a_choice(text: str) -> None:
    assert title_of(text) is None


@pytest.mark.parametrize(
    ("text", "number"), [("12", 12), ("第十二个", 12), ("第二十", 20), ("第十个", 10), ("㉑", 21)]
)
def test_numbers_of_two_digits(text: str, number: int) -> None:
    assert title_of(text, MANY) == f"第{number}家"


def test_a_title_that_stands_there_twice_decides_nothing() -> None:
    assert title_of("是", (Button("是", "/a"), Button("是", "/b"))) is None


def test_without_choices_nothing_is_chosen() -> None:
    assert title_of("1", ()) is None
