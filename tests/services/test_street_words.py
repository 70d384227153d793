"""Words of the street in services: handing in, leaving out, fearing, thinking better of it."""

import re

import pytest

from bot.domain.asides import Aside
from bot.services.reading.answers import amount_as_before
from bot.services.reading.spoken_names import told_name
from bot.services.words.form_remarks import abandons, asks_what_is_known, confirms, leaves_to_us
from bot.services.words.remarks import (
    asks_to_leave_out,
    asks_whether_must,
    asks_why,
    declines,
    fears_misuse,
    is_correction,
    resumes,
)
from bot.services.words.story import finds_fault, is_long_trouble, tells_hearsay, tells_unknown
from bot.services.words.ticket import asks_anonymity, asks_who_sees_to_it


@pytest.mark.parametrize(
    "text", ["就照这样交", "行了就这么交上去", "那就交吧", "匿名交上去", "嗯 就这个建议"]
)
def test_something_is_handed_in(text: str) -> None:
    assert confirms(text)


@pytest.mark.parametrize("text", ["不交", "去哪交", "材料交了", "交多少", "那就交给会计吧"])
def test_nothing_is_handed_in(text: str) -> None:
    assert not confirms(text)


@pytest.mark.parametrize("text", ["不留电话行不", "不写名字可以吗", "那能不填不"])
def test_an_answer_would_rather_be_left_out(text: str) -> None:
    assert asks_to_leave_out(text) or asks_whether_must(text)


def test_whether_it_must_be_given_only_asks() -> None:
    assert not asks_to_leave_out("手机号一定要留吗")
    assert asks_whether_must("手机号一定要留吗")


@pytest.mark.parametrize(
    "text", ["要我号码干嘛呀 会不会转头卖给中介天天骚扰我", "会不会转手就有人打电话来推销"]
)
def test_misuse_is_feared(text: str) -> None:
    assert fears_misuse(text)
    assert asks_why(text)


def test_who_is_afraid_asks_about_anonymity() -> None:
    assert asks_anonymity("留了电话你们给我穿小鞋咋办")
    assert declines("帮我说一声就行 别提我")


@pytest.mark.parametrize("text", ["还是别投诉了 我怕以后难办", "算了不举报了，省得麻烦"])
def test_somebody_thinks_better_of_it(text: str) -> None:
    assert abandons(text)


def test_remarks_on_what_is_noted() -> None:
    assert asks_what_is_known("念一遍我听听")
    assert leaves_to_us("随便几点")
    assert amount_as_before("那拉倒，还按两千八来") == 2800.0
    assert amount_as_before("按两千八来") is None
    assert is_correction("还按原来的来")
    assert resumes("那行 接着整吧")


def test_what_is_told_in_a_story() -> None:
    assert tells_unknown("他叫啥我不知道")
    assert finds_fault("窗口那人爱搭不理")
    assert not finds_fault("我懒得跑")
    assert asks_who_sees_to_it("我就想知道谁牵头")
    long = "我去窗口办延续，那人让我回去打印三份，回来又说要五份，来来回回跑了四趟，店都关了两天"
    assert is_long_trouble(long)
    assert not is_long_trouble("跑了四趟")


def test_hearsay_is_no_doubt_in_us() -> None:
    assert tells_hearsay("听说办证得花三千 真的假的")
    assert not tells_hearsay("有人自称客服要验证码 靠谱吗")


def test_a_name_that_is_introduced() -> None:
    assert told_name("我叫王小明") == "王小明"
    assert told_name("食品证变更") is None


def test_an_aside_may_follow_what_was_said() -> None:
    aside = Aside("x", frozenset({"utter_x"}), frozenset(), "utter_y", re.compile("咋办"))
    assert aside.fits("咋办", None, None, is_after=False, said=frozenset({"utter_x"}))
    assert not aside.fits("咋办", None, None, is_after=False)
