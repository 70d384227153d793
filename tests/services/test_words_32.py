"""Sentences that words of the thirty-second session must read so, and some they must not."""

import pytest

from bot.services.reading.wording import is_slip_of
from bot.services.words.asked import asking_parts
from bot.services.words.matter_remarks import asks_which_licences, hands_in_later
from bot.services.words.vague import names_only_a_paper
from bot.topic_parts import asks_conditions, split_topics


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("特种行业许可多久能下来怎么个办法", ["特种行业许可多久能下来", "怎么个办法"]),
        ("诊所备案要交些什么贵不贵", ["诊所备案要交些什么", "贵不贵"]),
        ("环评几天拿证我能办吗", ["环评几天拿证", "我能办吗"]),
        ("卫生许可证找谁办和带啥去", ["卫生许可证找谁办", "和带啥去"]),
        ("不知道怎么办的流程是啥", ["不知道怎么办的流程是啥"]),
        ("我要去哪个窗口交材料", ["我要去哪个窗口交材料"]),
        ("交完材料多久能拿证", ["交完材料多久能拿证"]),
        ("没有条件的话谁能办", ["没有条件的话谁能办"]),
        ("", [""]),
    ],
)
def test_a_breath_is_cut_before_a_topic_of_another_kind(text: str, parts: list[str]) -> None:
    assert split_topics(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("排水证要交钱吗再一个就是怎么申请", ["排水证要交钱吗", "再一个就是怎么申请"]),
        ("烟草证带啥去顺便问下几天", ["烟草证带啥去", "顺便问下几天"]),
        ("娱乐证几天拿证要交些什么", ["娱乐证几天拿证", "要交些什么"]),
    ],
)
def test_each_part_that_asks_stands_alone(text: str, parts: list[str]) -> None:
    assert asking_parts(text) == parts


@pytest.mark.parametrize(
    ("text", "is_so"),
    [("特种行业许可什么人能办", True), ("有啥条件", True), ("面积有啥要求", False)],
)
def test_who_may_is_asked_in_so_many_words(text: str, is_so: bool) -> None:
    assert asks_conditions(text) is is_so


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("小作坊登记得准备什么东西", False),
        ("去窗口带些啥东西", False),
        ("开澡堂得办啥东西", True),
        ("洗浴中心得办啥证", True),
    ],
)
def test_what_is_brought_is_no_licence(text: str, is_so: bool) -> None:
    assert asks_which_licences(text) is is_so


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("烟草证多少天能办好", False),
        ("啥时候能办下来", False),
        ("缺个证明能先收件不", True),
        ("缺体检表能受理吗", True),
    ],
)
def test_how_long_hands_nothing_in_later(text: str, is_so: bool) -> None:
    assert hands_in_later(text) is is_so


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("那个本本弄弄它", True),
        ("那个绿皮的小本本换新的怎么换", True),
        ("就那个证，我该办哪个", True),
        ("那个驾驶证怎么换", False),
        ("食品证怎么办", False),
        ("手续", False),
        ("今天天气怎么样", False),
    ],
)
def test_a_paper_without_a_name(text: str, is_so: bool) -> None:
    assert names_only_a_paper(text) is is_so


@pytest.mark.parametrize(
    ("said", "name", "is_so"),
    [
        ("烟草传卖零售", "烟草专卖零售", True),
        ("道路客运经营", "道路货运经营", False),
        ("动物防疫", "动物诊疗", False),
        ("烟草专卖零售", "烟草专卖零售", False),
    ],
)
def test_one_sign_that_ends_alike_is_a_slip(said: str, name: str, is_so: bool) -> None:
    assert is_slip_of(said, name) is is_so
