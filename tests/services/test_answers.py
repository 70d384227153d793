import pytest

from bot.services.reading.answers import (
    mended_amount,
    read_amount,
    read_area_m2,
    read_option,
    read_yes_no,
    takes_back,
)
from bot.services.reading.numerals import NotANumber, read_number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("是", True),
        ("是的呀", True),
        ("有", True),
        ("嗯嗯", True),
        ("要的。", True),
        ("对！", True),
        ("没有", False),
        ("不是的", False),
        ("没", False),
        ("不用了", False),
        ("不涉及", False),
        ("火锅店", None),
        ("", None),
    ],
)
def test_yes_and_no_are_told_apart_by_words(text: str, expected: bool | None) -> None:
    assert read_yes_no(text) is expected


def test_the_model_decides_only_where_words_do_not() -> None:
    assert read_yes_no("中", "affirm") is True
    assert read_yes_no("没有", "affirm") is False
    assert read_yes_no("那不行", "affirm") is None
    assert read_yes_no("算了吧别了", "deny") is False
    assert read_yes_no("算") is True
    assert read_yes_no("算了") is None
    assert read_yes_no("算了吧") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("120", 120),
        ("120平", 120),
        ("１２０㎡", 120),
        ("1,200平", 1200),
        ("1.5万", 15_000),
        ("一百二十", 120),
        ("一百二", 120),
        ("两百五", 250),
        ("一百零五", 105),
        ("三千五", 3500),
        ("一万二", 12_000),
        ("两万来平", 20_000),
        ("三万五千二百", 35_200),
        ("十五", 15),
        ("二十多个人", 20),
        ("大概八十吧", 80),
        ("半", 0.5),
    ],
)
def test_amounts_are_read_as_people_say_them(text: str, expected: float) -> None:
    assert read_number(text) == expected


@pytest.mark.parametrize("text", ["", "不知道", "很大", "😀"])
def test_a_text_without_an_amount_is_refused(text: str) -> None:
    with pytest.raises(NotANumber):
        read_number(text)


def test_areas_become_square_metres() -> None:
    assert read_area_m2("两亩地") == pytest.approx(1333.3, abs=0.1)
    assert read_area_m2("1.5公顷") == 15_000
    assert read_area_m2("300来平") == 300


def test_an_option_is_named_or_counted() -> None:
    options = {"industrial": "工业", "civil": "民用", "both": "工业和民用"}
    assert read_option("做工业用", options) == "industrial"
    assert read_option("工业和民用都有", options) == "both"
    assert read_option("第二个", options) == "civil"
    assert read_option("3", options) == "both"
    assert read_option("9", options) is None
    assert read_option("别的", options) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("别上门了 店里还没通电 我去窗口吧", "window"),
        ("他耳朵背打电话不中你们能上门不", "visit"),
        ("窗口吧，上门就算了", "window"),
        ("上门不行吗", "visit"),  # asks for it, and no other is named
        ("电话不方便", "phone"),  # nothing else is named: read on by the caller
    ],
)
def test_of_two_options_the_one_that_does_not_do_is_not_meant(text: str, meant: str) -> None:
    options = {"window": "窗口", "visit": "上门", "phone": "电话"}
    assert read_option(text, options) == meant


def test_a_slip_at_the_beginning_takes_back() -> None:
    assert takes_back("咦 说多了 两千九")
    assert not takes_back("说到面积，两千九")


@pytest.mark.parametrize("text", ["中", "沾", "可不", "对头", "中中", "必须的"])
def test_the_yes_of_the_region_is_understood(text: str) -> None:
    assert read_yes_no(text) is True


@pytest.mark.parametrize("text", ["木有", "不中", "不沾", "还没拿", "不在"])
def test_the_no_of_the_region_is_understood(text: str) -> None:
    assert read_yes_no(text) is False


@pytest.mark.parametrize(
    ("text", "known", "is_named", "expected"),
    [
        ("一百八说多了，一百四", 180.0, False, 140.0),
        ("不是五十，拿尺子又量了，四十六", 50.0, False, 46.0),
        ("漏算了门卫室，面积2300", 2000.0, True, 2300.0),
        ("漏算了门卫室，2300", 2000.0, False, None),
        ("面积改一下", 100.0, True, None),
        ("面积对的", 100.0, True, None),
    ],
)
def test_an_amount_takes_the_place_of_a_known_one(
    text: str, known: float, is_named: bool, expected: float | None
) -> None:
    assert mended_amount(text, known, is_named=is_named) == expected


@pytest.mark.parametrize(
    "text",
    ["报上去二十多天了没动静", "三个半月了", "12月8号交的", "去年开的，2年了", "等了3个星期"],
)
def test_a_time_is_no_amount_of_anything_else(text: str) -> None:
    with pytest.raises(NotANumber):
        read_amount(text)
    with pytest.raises(NotANumber):
        read_area_m2(text)


@pytest.mark.parametrize("text", ["还欠一季度税", "两层", "开了3年了"])
def test_what_counts_other_things_is_no_area(text: str) -> None:
    with pytest.raises(NotANumber):
        read_area_m2(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("审了二十多天了，厂房八千平", 8000), ("3号厂房那个", 3), ("地下2层，去年5月盖的", 2)],
)
def test_beside_a_time_the_amount_is_found(text: str, expected: float) -> None:
    assert read_amount(text) == expected


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("两层一共120平", 120),
        ("三间房 六十来平", 60),
        ("120", 120),
        ("一百五", 150),
        ("50亩", 33333.3),
    ],
)
def test_an_area_is_read_beside_other_numbers(text: str, area: float) -> None:
    assert read_area_m2(text) == area
