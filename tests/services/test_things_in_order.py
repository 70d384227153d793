"""Two things of which it is asked what comes first, and what a text says beside names."""

import pytest

from bot.services.reading.wording import without_names
from bot.services.words.follow_up import asks_before, asks_order, things_in_order
from bot.services.words.form_remarks import leaves
from bot.services.words.matter_remarks import asks


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("执照跟食品证先办哪个", ("执照", "食品证")),
        ("施工许可还没拿到，先把预售证办了行不", ("施工许可", "预售证")),
        ("健康证还没下来，能先受理吗", ()),
    ],
)
def test_two_things_are_told_apart(text: str, things: tuple[str, ...]) -> None:
    assert things_in_order(text) == things


def test_a_longer_question_names_its_matter() -> None:
    text = "特种行业许可之前必须先有哪个消防的手续"

    assert asks_before(text, 30)
    assert not asks_before(text)
    assert asks_order("施工许可还没拿到，先把预售证办了行不", 30)
    assert not asks_order("执照还没下来先开业会罚吗", 30)


def test_what_is_said_beside_a_name() -> None:
    names = ("一次性创业补贴（山东）", "创业补贴")

    assert without_names("一次性创业补贴给多少", names, 4) == "给多少"
    assert without_names("补贴给多少", names, 4) == "补贴给多少"


@pytest.mark.parametrize("text", ["那先不催了", "那就不用回电话了", "算了不匹配了"])
def test_a_wish_that_is_taken_back_leaves(text: str) -> None:
    assert leaves(text)


@pytest.mark.parametrize("text", ["他不回电话了", "不用了"])
def test_what_others_do_not_do_leaves_nothing(text: str) -> None:
    assert not leaves(text)


def test_a_word_and_its_contrary_ask() -> None:
    assert asks("手续一样不一样")
    assert asks("个体户执照收费不收")
    assert not asks("我是不想办了")
