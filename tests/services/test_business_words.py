"""What a sentence about a new business tells by the way."""

import pytest

from bot.services.words.business import (
    ends_or_hands_on,
    hands_on_rather,
    pauses,
    starts_anew,
    supposes,
    told_by,
    wants_land,
)

WORDS = {"has_kitchen": {"yes": ["厨房"], "no": ["没厨房"]}}


def test_the_longer_word_wins() -> None:
    assert told_by("没厨房", WORDS) == {"has_kitchen": "no"}


def test_an_area_is_read_with_its_unit_only() -> None:
    assert told_by("三十来平", WORDS) == {"area_m2": 30}
    assert told_by("雇3个人", WORDS) == {"hires_staff": "yes"}  # no area
    assert told_by("1,200平方米", WORDS) == {"area_m2": 1200}


def test_what_is_not_settled_yet_tells_nothing() -> None:
    words = {"sell_tobacco": {"yes": ["卖烟"], "no": ["不卖烟"]}}
    assert told_by("卖不卖烟还没定", words) == {}
    assert told_by("不卖烟", words) == {"sell_tobacco": "no"}


@pytest.mark.parametrize(
    "text", ["我想办个厂，地还没有", "想买块地盖个仓库", "办厂 没地", "建个加工厂 土地还没批下来"]
)
def test_works_want_land_that_is_still_to_be_had(text: str) -> None:
    assert wants_land(text)


@pytest.mark.parametrize(
    "text",
    [
        "租了厂房办个加工厂",
        "厂房租好了，地方不大",
        "开加工厂，场地还没定",
        "没地方摆摊",
        "想开个店",
    ],
)
def test_a_place_to_work_in_is_no_land(text: str) -> None:
    assert not wants_land(text)


@pytest.mark.parametrize(
    "text",
    [
        "美容院干不下去了",
        "店先停一阵子",
        "铺子传给俺闺女",
        "那家店我接着开",
        "要收摊了",
        "小饭馆以后让俺闺女接手",
    ],
)
def test_an_end_a_pause_and_a_change_of_hands_are_told_from_a_beginning(text: str) -> None:
    assert ends_or_hands_on(text)


@pytest.mark.parametrize(
    "text",
    [
        "老店关了，想新开个面馆",
        "想开个美容院",
        "盘个店",
        "证件照传给你了",
        "卖房转让",
        "开个超市给俺媳妇管",
    ],
)
def test_a_beginning_is_no_end(text: str) -> None:
    assert not ends_or_hands_on(text)


def test_a_form_that_is_only_supposed_is_told_from_a_choice() -> None:
    assert supposes("要是办个体户，欠钱是不是拿家里的还")
    assert not supposes("办个体户吧，几天能下来")


@pytest.mark.parametrize(
    "text",
    ["要是停一阵儿不注销行吗", "要不先停一停，等开春再干", "关一阵子再开行不", "停半年不干了"],
)
def test_a_pause_is_told_in_many_ways(text: str) -> None:
    assert pauses(text)


@pytest.mark.parametrize(
    "text", ["先停一停，我找下执照", "停电一阵子了", "我歇一歇再填", "关一下窗户", "停工一天"]
)
def test_a_rest_is_no_pause_of_a_business(text: str) -> None:
    assert not pauses(text)


@pytest.mark.parametrize(
    ("text", "is_pause"),
    [
        ("算了先不注销 停一阵子行不行", True),
        ("想关一段时间", True),
        ("停一个月电咋办", False),
        ("停一下", False),
        ("先停一阵再注销", False),
    ],
)
def test_a_pause_is_no_end(text: str, *, is_pause: bool) -> None:
    assert pauses(text) is is_pause


def test_who_leaves_a_job_and_begins_ends_no_business() -> None:
    text = "在外头打工不想干了，回来在镇上盘个门面卖凉皮"
    assert starts_anew(text)
    assert not ends_or_hands_on(text)
    assert not starts_anew("店不想干了，盘个门面的钱都没挣回来")
    assert not starts_anew("上班不想干了")


def test_a_change_of_hands_goes_before_an_end_that_is_only_asked_about() -> None:
    assert hands_on_rather("铺子想转给俺闺女 用不用先注销")
    assert not hands_on_rather("铺子转给俺闺女了，我去注销税务")
    assert not hands_on_rather("店不开了 是不是得先注销")


@pytest.mark.parametrize("text", ["店先关一阵子", "超市得关几个月", "停一段 照留着"])
def test_a_pause_is_told(text: str) -> None:
    assert pauses(text)


@pytest.mark.parametrize("text", ["店关了", "关门一年才开门", "店想关了注销"])
def test_an_end_is_no_pause(text: str) -> None:
    assert not pauses(text)


@pytest.mark.parametrize(
    "text", ["卫生许可证过期了 叫俺停业", "执法的让我们马上停业", "来人通知店里关门"]
)
def test_who_is_told_to_shut_wants_no_pause(text: str) -> None:
    assert not pauses(text)
    assert not ends_or_hands_on(text)
