"""Words of the street that tell a wish, a lack, a denial or a question from what is near them."""

import pytest

from bot.services.reading.answers import is_denied_behind
from bot.services.words.asked import asking_parts
from bot.services.words.closing import Closing, closing
from bot.services.words.form_remarks import orders_help
from bot.services.words.matter_remarks import asks_if_ours
from bot.services.words.remarks import compares_forms
from bot.services.words.story import lacks_licence, passes_on
from bot.services.words.ticket import asks_time_to_answer, asks_who_sees_to_it


@pytest.mark.parametrize("text", ["大概多会儿有人联系我", "几个工作日有人上门"])
def test_it_is_asked_when_somebody_comes_of_a_ticket(text: str) -> None:
    assert asks_who_sees_to_it(text)


def test_one_list_of_words_asks_when_for_ways_and_answers() -> None:
    assert asks_time_to_answer("多会儿给答复")
    assert not asks_time_to_answer("多会儿能办下来")


def test_who_wants_something_passed_on_does_not_only_give_thanks() -> None:
    assert closing("就这些 麻烦转告她") is None
    assert closing("就这些 麻烦你了") is Closing.THANKS


@pytest.mark.parametrize("text", ["替我爷爷约个帮办他想办执照", "给我预约一下窗口"])
def test_help_is_to_be_booked(text: str) -> None:
    assert orders_help(text)


@pytest.mark.parametrize("text", ["约个帮办要钱吗", "帮办都干啥", "窗口几点下班", "节约的窗帘店"])
def test_what_only_speaks_of_help_books_nothing(text: str) -> None:
    assert not orders_help(text)


@pytest.mark.parametrize("text", ["我这小厂没办排污证", "还没有食品许可", "一直无证经营"])
def test_somebody_lacks_a_licence(text: str) -> None:
    assert lacks_licence(text)


@pytest.mark.parametrize("text", ["排污证办不下来", "规划和消防互相推", "证没问题"])
def test_what_is_held_up_is_no_lack(text: str) -> None:
    assert not lacks_licence(text)


@pytest.mark.parametrize("before", ["俺不是", "别", "店里还没", "我不想去", "没在", "甭"])
def test_a_name_behind_these_does_not_hold(before: str) -> None:
    assert is_denied_behind(before)


@pytest.mark.parametrize("before", ["我是", "就在", "改成", "能不能上", "还是"])
def test_a_name_behind_others_does(before: str) -> None:
    assert not is_denied_behind(before)


def test_forms_are_weighed_in_the_last_words() -> None:
    assert compares_forms("先问一句，三个人合伙，注册公司好还是合伙企业好？")
    assert not compares_forms("三个人合伙，注册公司还是挺好")


def test_a_tag_belongs_to_what_it_asks_about() -> None:
    assert asking_parts("想开培训班，听说要先拿许可，是这样吗？") == [
        "想开培训班",
        "听说要先拿许可，是这样吗",
    ]
    assert asking_parts("是这样吗") == ["是这样吗"]


@pytest.mark.parametrize("text", ["给领导提提，划两个大车位", "跟上头反映反映", "提个意见"])
def test_something_is_passed_on(text: str) -> None:
    assert passes_on(text)


@pytest.mark.parametrize("text", ["领导不给批", "给我提个醒", "提意见没人理，供电推给规划"])
def test_who_tells_of_those_in_charge_passes_nothing_on(text: str) -> None:
    assert not passes_on(text)


@pytest.mark.parametrize("text", ["海关备案在你们这儿办不", "这个归你们管吗", "是你们大厅办的不"])
def test_it_is_asked_if_something_is_ours(text: str) -> None:
    assert asks_if_ours(text)


@pytest.mark.parametrize("text", ["在哪办", "你们办得真快", "归谁管", "这事归住建管"])
def test_other_questions_of_offices_are_not(text: str) -> None:
    assert not asks_if_ours(text)
