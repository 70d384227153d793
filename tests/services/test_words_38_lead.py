"""Words that are heard since the thirty-eighth session, each with near misses."""

import pytest

from bot.services.words.asked import asks_for_list
from bot.services.words.business import works_alone
from bot.services.words.form_chosen import asks_if_partners_may
from bot.services.words.policy_remarks import wants_sum
from bot.services.words.remarks import tells_manner
from bot.services.words.steering import story_behind_stop
from bot.services.words.trade_apart import asks_to_build_first
from bot.services.words.unwished import misses_promise, wants_heard
from bot.services.words.whole import asks_what_is_left_out


@pytest.mark.parametrize(
    ("text", "is_meant"),
    [
        ("我也不想投诉，就是想反映一下", True),
        ("不是要投诉他们 有没有渠道反映", True),
        ("我不想投诉了", False),
        ("我要投诉，反映一下这个窗口", False),
    ],
)
def test_who_wants_no_complaint_but_to_be_heard(text: str, is_meant: bool) -> None:
    assert wants_heard(text) is is_meant


@pytest.mark.parametrize(
    ("text", "is_meant"),
    [("就俺自己干", True), ("等他回来自己弄", False), ("她自己开 我就帮忙", False)],
)
def test_who_works_alone(text: str, is_meant: bool) -> None:
    assert works_alone(text) is is_meant


@pytest.mark.parametrize(
    ("text", "is_meant"),
    [
        ("超过承诺时间还没办下来咋整", True),
        ("超过了承诺的天数还没有结果", True),
        ("超了时限不给批", True),
        ("承诺几天办好", False),
        ("面积超过规定没有", False),
    ],
)
def test_a_case_that_takes_longer_than_was_promised(text: str, is_meant: bool) -> None:
    assert misses_promise(text) is is_meant


@pytest.mark.parametrize(
    ("text", "is_meant"),
    [("一步一步来", True), ("详细点说", True), ("一步到位行不行", False), ("具体要啥", False)],
)
def test_how_it_is_to_be_told(text: str, is_meant: bool) -> None:
    assert tells_manner(text) is is_meant


@pytest.mark.parametrize(
    ("text", "is_meant"),
    [
        ("手里转不开了 想贷个三十万", True),
        ("能贷5万不", True),
        ("贷的二十万还不上了", False),
        ("想开个贷款公司", False),
    ],
)
def test_a_sum_to_borrow(text: str, is_meant: bool) -> None:
    assert wants_sum(text) is is_meant


@pytest.mark.parametrize(
    ("text", "is_meant"),
    [
        ("能不能给我列个单子", True),
        ("帮我写个清单吧", True),
        ("到底要办哪几个证", True),
        ("清单上那个证啥意思", False),
    ],
)
def test_a_list_is_wanted(text: str, is_meant: bool) -> None:
    assert asks_for_list(text) is is_meant


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        ("先不吹了 我要投诉那个窗口的人 态度差", ("complain", "我要投诉那个窗口的人 态度差")),
        ("算了不投诉了，我要吹哨", ("blow_whistle", "我要吹哨")),
        ("先不吹了 我再想想", None),
        ("我要投诉他 态度差", None),
    ],
)
def test_another_story_behind_one_that_is_given_up(
    text: str, behind: tuple[str, str] | None
) -> None:
    assert story_behind_stop(text) == behind


@pytest.mark.parametrize(
    ("text", "is_meant"),
    [
        ("村里说先盖着没事", True),
        ("人家都说先盖起来没人管", True),
        ("先盖起来再补手续中不", True),
        ("先盖厂房再盖宿舍", False),
        ("村里说先等等", False),
    ],
)
def test_what_is_built_first(text: str, is_meant: bool) -> None:
    assert asks_to_build_first(text) is is_meant


def test_nothing_at_all_is_no_step_that_is_left_out() -> None:
    assert asks_what_is_left_out("有没有不用办的")
    assert not asks_what_is_left_out("啥也不办就扔那行不")


@pytest.mark.parametrize(
    ("text", "is_meant"),
    [
        ("俺们仨合伙开个修车铺 办个体户行不", True),
        ("跟朋友开饭店，能办个体不", True),
        ("跟我媳妇合伙开店 办个体户行不", False),
        ("俺们仨合伙开个修车铺", False),
    ],
)
def test_partners_who_would_be_a_sole_trader(text: str, is_meant: bool) -> None:
    assert asks_if_partners_may(text) is is_meant
