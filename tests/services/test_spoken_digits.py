"""Numbers that are spelt out sign by sign."""

from bot.services.reading.identifiers import check_phone
from bot.services.reading.spoken_digits import with_digits, without_spelt
from bot.services.words.remarks import declines


def test_a_spelt_telephone_number_is_read() -> None:
    assert check_phone("电话幺三九零六三五一二三四").value == "13906351234"


def test_signs_keep_their_places() -> None:
    assert with_digits("电话一三九零六三五一二三四吧") == "电话13906351234吧"
    assert without_spelt("打一三九零六三五一二三四") == "打" + " " * 11
    assert without_spelt("后天上午，我叫郝春生，13869501736") == "后天上午，我叫郝春生，" + " " * 11
    assert without_spelt("20261203上午") == "20261203上午"


def test_an_amount_in_signs_stays() -> None:
    assert with_digits("二百三十五平，五一开业") == "二百三十五平，五一开业"


def test_a_number_that_is_kept_back_beside_other_words_is_declined() -> None:
    assert declines("你管我叫啥 不留电话")
