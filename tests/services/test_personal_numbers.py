import pytest

from bot.services.privacy.personal_names import mask_told_names
from bot.services.privacy.personal_numbers import (
    NumberKind,
    find_numbers,
    has_numbers,
    mask_numbers,
)

IDENTITY = "11010519491231002X"
CARD = "6222020200112230000"
CREDIT = "91110000600037341L"


def luhn_card() -> str:
    """Return a card number of UnionPay's range with a right check digit."""
    body = "622202020011223"
    for digit in "0123456789":
        total = 0
        for place, char in enumerate(reversed(body + digit)):
            value = int(char) * (2 if place % 2 else 1)
            total += value - 9 if value > 9 else value
        if total % 10 == 0:
            return body + digit
    raise AssertionError(body)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("我电话13800138000", [NumberKind.MOBILE]),
        ("打138 0013 8000或者139-0013-9000", [NumberKind.MOBILE, NumberKind.MOBILE]),
        ("１３８００１３８０００", [NumberKind.MOBILE]),
        (f"身份证{IDENTITY}，谢谢", [NumberKind.IDENTITY]),
        ("身份证 110105 19491231 002x", [NumberKind.IDENTITY]),
        (f"卡号{luhn_card()}", [NumberKind.BANK_CARD]),
        (f"税号{CREDIT}", [NumberKind.CREDIT_CODE]),
        ("办件 371500202611260012 到哪了", []),
        ("窗口电话 0635-8231234", []),
        ("注册资本100000000元，2026-11-26", []),
        ("订单12345678901234567890", []),
        ("", []),
    ],
)
def test_numbers_of_persons_are_found_and_others_are_not(
    text: str, kinds: list[NumberKind]
) -> None:
    assert [one.kind for one in find_numbers(text)] == kinds


@pytest.mark.parametrize("number", ["138 0013 8000", IDENTITY, luhn_card(), "13800138000"])
def test_a_masked_text_shows_only_the_ends_of_a_number(number: str) -> None:
    masked = mask_numbers(f"号码{number}。办件371500202611260012")

    assert number not in masked
    assert number[:3] in masked
    assert masked.endswith("。办件371500202611260012")
    assert not has_numbers(masked)


def test_a_credit_code_is_public_and_stays() -> None:
    assert mask_numbers(f"税号{CREDIT}") == f"税号{CREDIT}"
    assert not has_numbers(CREDIT)


@pytest.mark.parametrize(
    ("told", "masked"),
    [
        ("我叫王小明想开店", "我叫王**想开店"),
        ("联系人：李雷", "联系人：李*"),
        ("法人是 张三", "法人是 张*"),
        ("负责人安排好了", "负责人安排好了"),
        ("我是高新区的，王家烧饼", "我是高新区的，王家烧饼"),
        ("联系人电话变更", "联系人电话变更"),
    ],
)
def test_names_that_are_told_as_names_are_masked(told: str, masked: str) -> None:
    assert mask_told_names(told) == masked
