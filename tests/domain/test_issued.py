import pytest

from bot.domain.issued import SYMBOLS, normalise_number
from bot.domain.short_links import code_hash, normalise_code


@pytest.mark.parametrize(
    "typed",
    [
        "GZ-20261124-7K3M9Q2X",
        " gz-20261124-7k3m9q2x ",
        "ＧＺ－２０２６１１２４－７Ｋ３Ｍ９Ｑ２Ｘ",
        "GZ202611247K3M9Q2X",
        "GZ—20261124—7K3M9Q2X",
        "编号：GZ-20261124-7K3M9Q2X。",
        "https://example.org/verify/GZ-20261124-7K3M9Q2X",
    ],
)
def test_a_number_is_understood_as_people_write_it(typed: str) -> None:
    assert normalise_number(typed) == "GZ-20261124-7K3M9Q2X"


def test_letters_that_look_like_digits_are_digits() -> None:
    assert normalise_number("HZ-2O26I124-OI23L5V7") == "HZ-20261124-012315V7"


@pytest.mark.parametrize(
    "typed", ["", "GZ", "GZ-20261124", "CS-20261124-0001", "GZ-20261124-7K3M9Q2", "x" * 5000]
)
def test_what_is_no_number_is_none(typed: str) -> None:
    assert normalise_number(typed) is None


def test_no_symbol_of_a_number_looks_like_another() -> None:
    assert not set("ILOU") & set(SYMBOLS)
    assert len(SYMBOLS) == 32


def test_a_code_is_the_same_in_capitals_and_with_gaps() -> None:
    assert normalise_code(" ABCD-efgh jkmn") == "abcdefghjkmn"
    assert code_hash("ABCDEFGHJKMN") == code_hash("abcdefghjkmn")
