"""Wishes and questions beside a service, told by their words."""

import pytest

from bot.domain.ratings import asks_how_to_rate
from bot.services.words.doubt import speaks_of_another_talk
from bot.services.words.licence_law import (
    asks_if_lawful,
    asks_late,
    asks_to_sue,
    tells_piecemeal,
)
from bot.services.words.request import orders_change
from bot.services.words.ticket import speaks_of_adding, stays_unnamed
from bot.services.words.unwished import is_impersonated, looks_for_half_filled


@pytest.mark.parametrize(
    "text",
    ["法律规定几天必须给结果", "按规定多少天内得批下来", "最多能拖几天"],
)
def test_how_long_an_office_may_take_by_law_is_asked(text: str) -> None:
    assert asks_late(text)


@pytest.mark.parametrize("text", ["几天能下来", "多久给结果", "规定要交啥材料", "拖了好几天了"])
def test_how_long_it_takes_is_no_question_of_law(text: str) -> None:
    assert not asks_late(text)


@pytest.mark.parametrize("text", ["超了能告他不", "超期了 可以复议吗", "拖着不批能打官司不"])
def test_whether_an_office_that_is_late_can_be_sued_is_asked(text: str) -> None:
    assert asks_to_sue(text)


@pytest.mark.parametrize(
    "text", ["广告牌超了尺寸能告他不", "证超期了咋办", "超期了告诉我一声", "逾期要罚款吗"]
)
def test_what_else_is_too_much_or_too_late_is_not(text: str) -> None:
    assert not asks_to_sue(text)


def test_what_was_not_said_at_once_is_told() -> None:
    assert tells_piecemeal("跑了四趟 每趟都说差一样")
    assert asks_if_lawful("他们这样合规不")
    assert not tells_piecemeal("窗口的人骂我")


@pytest.mark.parametrize("text", ["好评咋打", "怎么评价", "在哪里打分", "好评怎么才能打啊"])
def test_how_a_review_is_given_is_asked(text: str) -> None:
    assert asks_how_to_rate(text)


@pytest.mark.parametrize("text", ["给个好评", "怎么打了差评也没人管", "五星好评"])
def test_a_review_that_is_given_asks_nothing(text: str) -> None:
    assert not asks_how_to_rate(text)


@pytest.mark.parametrize("text", ["登记的时候别写我名字", "我的名字不要公开", "别让人说出我的身份"])
def test_a_name_is_to_be_kept_out(text: str) -> None:
    assert stays_unnamed(text)


@pytest.mark.parametrize("text", ["名字别写错了", "别忘了写我电话", "不想留电话"])
def test_other_wishes_about_names_and_numbers_are_none(text: str) -> None:
    assert not stays_unnamed(text)


def test_what_was_filed_is_added_to() -> None:
    assert speaks_of_adding("不是预约 我是补充投诉那个事")
    assert speaks_of_adding("你把投诉那个给我补上")
    assert not speaks_of_adding("材料不齐让我补 我要投诉")


@pytest.mark.parametrize("text", ["公司被人冒名了", "有人冒用我身份证注册公司", "莫名其妙成了法人"])
def test_who_was_registered_against_their_will_is_heard(text: str) -> None:
    assert is_impersonated(text)


@pytest.mark.parametrize("text", ["换法人要啥材料", "公司名字被人占了", "有人冒充工作人员"])
def test_who_was_not_is_not(text: str) -> None:
    assert not is_impersonated(text)


def test_what_was_filled_in_half_is_looked_for() -> None:
    assert looks_for_half_filled("那个表我填了一半 手机没电了 接着弄")
    assert not looks_for_half_filled("我材料填了一半了 食品证要几天")


def test_an_earlier_talk_is_doubted_only_where_it_turned_out_otherwise() -> None:
    assert speaks_of_another_talk("你上回告诉我说不用环评 结果人家说要")
    assert not speaks_of_another_talk("你上回告诉我要带啥材料来着")


def test_a_change_is_ordered() -> None:
    assert orders_change("那帮我把执照经营范围加个二手车销售")
    assert not orders_change("帮我看看办照要多久")
