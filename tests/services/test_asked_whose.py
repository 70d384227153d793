"""Words that ask, or only sound like asking."""

import pytest

from bot.services.words.matter_remarks import asks, asks_whose


@pytest.mark.parametrize("text", ["现在银行啥都办不了", "谁都不管", "哪儿都不给办"])
def test_nothing_and_nobody_ask_nothing(text: str) -> None:
    assert not asks(text)


@pytest.mark.parametrize("text", ["啥都要交不", "谁都能办吗", "要办啥"])
def test_who_wants_to_know_all_asks(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize("text", ["规划推审批局 到底谁管", "这个归哪个部门批", "仓库归谁管"])
def test_it_is_asked_in_whose_hands_a_thing_is(text: str) -> None:
    assert asks_whose(text)


@pytest.mark.parametrize("text", ["想盖个厂房手续咋走", "谁来投资", "归档要几天"])
def test_other_questions_ask_it_not(text: str) -> None:
    assert not asks_whose(text)
