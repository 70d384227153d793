"""What a question without a subject asks of the matter that is talked about."""

import pytest

from bot.services.finding.matter_faqs import asks_validity
from bot.services.words.follow_up import (
    asks_amount,
    asks_before,
    asks_order,
    asks_who,
    asks_yes_or_no,
    kind_asked,
    things_compared,
)
from bot.services.words.matter_remarks import asks_consequence, ends_as_licence


@pytest.mark.parametrize(
    "text", ["谁来查", "谁来看现场", "公安管吗", "找城管吗", "归哪个部门管", "各是谁管"]
)
def test_it_is_asked_who_looks_after_it(text: str) -> None:
    assert asks_who(text)


@pytest.mark.parametrize("text", ["谁签字", "城管罚吗", "要交税吗", "归你们管不", "能办吗"])
def test_another_question_asks_for_no_office(text: str) -> None:
    assert not asks_who(text)


@pytest.mark.parametrize("text", ["前头得有啥", "施工证前置都有啥", "要先交社保吗", "要先办啥"])
def test_it_is_asked_what_must_be_there_first(text: str) -> None:
    assert asks_before(text)


@pytest.mark.parametrize("text", ["要先交钱吗", "前面那个店", "先这样吧", "要先交材料吗"])
def test_money_and_papers_are_no_matter_before(text: str) -> None:
    assert not asks_before(text)


@pytest.mark.parametrize("text", ["施工证在它后头吗", "消防先办还是文化先办", "消防和特行哪个先"])
def test_it_is_asked_which_comes_first(text: str) -> None:
    assert asks_order(text)


@pytest.mark.parametrize("text", ["需要几个大夫", "多大地方", "最少多少台机器", "学历有要求没"])
def test_it_is_asked_how_many_or_how_large(text: str) -> None:
    assert asks_amount(text)


@pytest.mark.parametrize("text", ["几个工作日", "要几个证", "多少钱", "带几份材料", "跑几趟"])
def test_days_papers_and_money_are_no_amount(text: str) -> None:
    assert not asks_amount(text)


@pytest.mark.parametrize("text", ["三年还是五年", "几年", "有效几年", "长期的吗", "管多久"])
def test_it_is_asked_how_long_a_licence_holds(text: str) -> None:
    assert asks_validity(text)


@pytest.mark.parametrize("text", ["几年前办过", "开了三年了", "干几年再说"])
def test_years_gone_by_ask_nothing(text: str) -> None:
    assert not asks_validity(text)


@pytest.mark.parametrize("text", ["不交行不行", "不做会咋着", "到期不换呢", "公积金不交呢"])
def test_it_is_asked_what_happens_then(text: str) -> None:
    assert asks_consequence(text)


@pytest.mark.parametrize("text", ["不去大厅行吗", "不懂咋弄", "不带身份证行吗"])
def test_what_is_left_out_on_the_way_has_no_consequence(text: str) -> None:
    assert not asks_consequence(text)


def test_two_things_are_compared_or_one_with_what_was_spoken_of() -> None:
    assert things_compared("消防验收和备案有啥不一样") == ("消防验收", "备案")
    assert things_compared("和劳务派遣是一回事吗") == ("", "劳务派遣")
    assert things_compared("和我一块去的人要带啥") is None


def test_a_yes_or_no_is_no_way_of_doing() -> None:
    assert asks_yes_or_no("要登报不")
    assert not asks_yes_or_no("咋登报")
    assert not asks_yes_or_no("能自己弄不")


def test_a_licence_is_known_by_its_end() -> None:
    assert ends_as_licence("种子经营备案")
    assert not ends_as_licence("食堂")


def test_a_kind_is_asked_for_instead_of_the_one_spoken_of() -> None:
    assert kind_asked("那登记表那种要等几天") == "登记表"
    assert kind_asked("乙类的那种要备案吗") == "乙类"
    assert kind_asked("这种多久能批下来") is None
