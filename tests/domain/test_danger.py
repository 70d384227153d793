"""Danger is recognised in plain words, and talk about danger is not."""

import pytest
from ruamel.yaml import YAML

from bot.domain.danger import DangerWords, danger_words
from bot.settings import ROOT


@pytest.fixture(scope="module")
def words() -> DangerWords:
    path = ROOT / "data" / "common" / "danger.yml"
    return danger_words(YAML(typ="safe", pure=True).load(path))


@pytest.mark.parametrize(
    "text",
    [
        "我们厂房着火了",
        "后厨起火了快来人",
        "仓库冒黑烟了",
        "煤气泄漏了咋办",
        "店里漏气了",
        "闻到一股煤气味",
        "锅炉要爆炸了",
        "有人触电了",
        "工人被砸伤了流血不止",
        "顾客晕倒了",
        "有人困电梯里了",
        "脚手架塌了",
        "基坑塌方埋了人",
        "有人拿刀闹事",
        "救命啊",
        "员工喘不上气",
        "有个老人心梗快不行了",
        "氨气泄漏",
        "厨房烧起来了",
        "工地上有人掉下来了",
    ],
)
def test_a_cry_for_help_is_heard(words: DangerWords, text: str) -> None:
    assert words.are_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "消防验收要几天",
        "万一着火了保险赔不赔",
        "怎么预防煤气泄漏",
        "想开火锅店",
        "去年厂房着火了现在重建要啥手续",
        "吃着火锅把证办了",
        "一起火锅店加盟",
        "危化品经营许可证怎么办",
        "消防演练要报备吗",
        "火锅店消防要求",
        "忙得要死",
        "天塌了执照丢了",
        "气炸了跑了五趟",
        "燃气经营许可",
        "如果发生爆炸谁负责",
        "受伤了工伤赔偿怎么办",
        "救命稻草",
        "锅炉登记证",
    ],
)
def test_talk_about_danger_is_none(words: DangerWords, text: str) -> None:
    assert not words.are_in(text)


def test_a_long_story_is_no_cry(words: DangerWords) -> None:
    assert not words.are_in("着火了" + "后来我们修好了" * 30)


@pytest.mark.parametrize(
    "text",
    ["救护车来了，投诉还给我提上", "打过119了，没事了", "消防队来过了，火灭了", "人送医院了"],
)
def test_help_that_has_come_is_recognised(words: DangerWords, text: str) -> None:
    assert words.is_over(text)


@pytest.mark.parametrize(
    "text", ["救护车来了没", "消防车怎么还没到了", "火灭了吗", "后厨着火了", "救护车啥时候到"]
)
def test_asking_for_help_is_not_over(words: DangerWords, text: str) -> None:
    assert not words.is_over(text)


def test_a_sign_of_danger_counts_though_help_has_come(words: DangerWords) -> None:
    assert words.are_in("救护车来了，车间又着火了")


@pytest.mark.parametrize("text", ["灭了，谢谢", "人救出来了", "120来了", "虚惊一场", "送医院了"])
def test_words_after_a_cry_for_help_say_that_it_is_over(words: DangerWords, text: str) -> None:
    assert words.calms(text)


@pytest.mark.parametrize("text", ["灭了没", "又着火了", "120来了吗", "注销了", "执照办好了吗"])
def test_other_words_after_a_cry_for_help_do_not(words: DangerWords, text: str) -> None:
    assert not words.calms(text)


def test_a_fire_that_is_out_is_told_from_what_still_is(words: DangerWords) -> None:
    assert words.is_put_out("店里失火执照烧没了，现在火早灭了人没事，想补一张")
    assert words.is_put_out("昨晚着火了，火已经灭了")


@pytest.mark.parametrize(
    "text",
    [
        "着火了，火灭了吗",
        "着火了，火灭了，但是煤气还在漏气了",
        "有人触电了，火灭了，想补执照",
        "失火了，火灭了，胳膊烫伤了",
        "店里着火了",
    ],
)
def test_any_other_danger_counts_beside_a_fire_that_is_out(words: DangerWords, text: str) -> None:
    assert not words.is_put_out(text)


def test_a_cry_beside_a_sign_is_danger_whatever_permit_is_asked_for(
    words: DangerWords,
) -> None:
    assert words.are_in("排污许可证要几天，等等不好了废品堆着火了里头还有俩工人")
    assert not words.are_in("着火了以后消防验收谁来管，要几天")


@pytest.mark.parametrize(
    "text",
    ["有人要跳河", "他割腕了", "孩子呛水了", "有人吃了老鼠药", "车翻沟里了", "胳膊绞进机器里了"],
)
def test_cries_are_danger(words: DangerWords, text: str) -> None:
    assert words.are_in(text)


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("店盘出去了", True),
        ("里头想拆一面承重墙", True),
        ("材料堆里冒烟了", False),
        ("报警器响了 屋里一股怪味", False),
        ("房子裂了想拆 人还在里头", False),
        ("货搬到一半架子歪了人在底下", False),
        ("挖出来的土往哪倒", True),
        ("废油上哪儿卖", True),
        ("人都往哪跑", False),
        ("孩子在哪倒的不知道", False),
    ],
)
def test_a_guess_of_danger_is_doubtful(words: DangerWords, text: str, doubtful: bool) -> None:
    assert words.is_doubtful(text) is doubtful
