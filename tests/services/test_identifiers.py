from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from bot.services.reading.identifiers import (
    CodeFault,
    PhoneFault,
    PhoneKind,
    check_credit_code,
    check_id_number,
    check_phone,
    find_phones,
    mask_phone,
    mask_phones_in,
)

TODAY = date(2026, 11, 23)
VALID_CREDIT_CODES = [
    "11371500004428194T",
    "913502000728319549",
    "91440101MA5CJQ4N59",
    "91350200776049653A",
]
ID_NUMBER = "360426199101010071"
"""Example of python-stdnum's documentation."""


@pytest.mark.parametrize("code", VALID_CREDIT_CODES)
def test_a_right_credit_code_passes_however_it_is_typed(code: str) -> None:
    spaced = " ".join([code[:6], code[6:12], code[12:]]).lower()
    wide = "".join(chr(ord(char) + 0xFEE0) for char in code)
    for text in (code, spaced, wide):
        check = check_credit_code(text)
        assert check.is_valid
        assert check.value == code


def test_a_wrong_check_digit_says_which_one_belongs_there() -> None:
    check = check_credit_code("91440101MA5CJQ4N58")
    assert check.fault is CodeFault.WRONG_CHECK_DIGIT
    assert (check.position, check.found, check.expected) == (18, "8", "9")


def test_an_early_legal_code_that_fails_the_check_may_be_insisted_on() -> None:
    check = check_credit_code("91350203M0001QAY9B")
    assert check.fault is CodeFault.WRONG_CHECK_DIGIT
    assert check.may_insist


@pytest.mark.parametrize(
    ("letter", "meant"), [("I", "1"), ("O", "0"), ("S", "5"), ("V", "U"), ("Z", "2")]
)
def test_a_letter_that_codes_do_not_have_is_named_with_its_place(letter: str, meant: str) -> None:
    check = check_credit_code(f"91440101MA5CJ{letter}4N59")
    assert check.fault is CodeFault.ILLEGAL_CHARACTER
    assert (check.position, check.found, check.expected) == (14, letter, meant)
    assert not check.may_insist


def test_the_place_of_registration_has_digits_only() -> None:
    check = check_credit_code("9144A101MA5CJQ4N59")
    assert (check.fault, check.position) == (CodeFault.ILLEGAL_CHARACTER, 5)


@pytest.mark.parametrize(("text", "length"), [("", 0), ("9144", 4), ("9" * 19, 19), ("没有", 2)])
def test_a_wrong_length_is_counted(text: str, length: int) -> None:
    for check in (check_credit_code(text), check_id_number(text, TODAY)):
        assert (check.fault, check.length) == (CodeFault.WRONG_LENGTH, length)


@given(st.text(max_size=40))
def test_any_text_gets_an_answer(text: str) -> None:
    check_credit_code(text)
    check_id_number(text, TODAY)
    check_phone(text)
    assert len(mask_phone(text)) >= 0


@given(
    st.tuples(
        st.sampled_from("159"),
        st.sampled_from("123"),
        st.text("0123456789", min_size=6, max_size=6),
        st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=9, max_size=9),
    )
)
def test_our_verdict_is_the_librarys(parts: tuple[str, str, str, str]) -> None:
    body = "".join(parts)
    for digit in "0123456789ABCDEFGHJKLMNPQRTUWXY":
        assert check_credit_code(body + digit).is_valid is uscc.is_valid(body + digit)


def test_a_right_identity_number_passes() -> None:
    assert check_id_number(ID_NUMBER, TODAY).is_valid
    assert check_id_number("36042619910101007 1", TODAY).is_valid


@pytest.mark.parametrize(
    ("text", "fault", "position", "expected"),
    [
        ("360426199101010072", CodeFault.WRONG_CHECK_DIGIT, 18, "1"),
        ("360426199102300071", CodeFault.WRONG_DATE, 7, None),
        ("360426209901010071", CodeFault.WRONG_DATE, 7, None),  # not born yet
        ("36042619910101O071", CodeFault.ILLEGAL_CHARACTER, 15, "0"),
        ("X60426199101010071", CodeFault.ILLEGAL_CHARACTER, 1, None),
    ],
)
def test_what_is_wrong_with_an_identity_number_is_told(
    text: str, fault: CodeFault, position: int, expected: str | None
) -> None:
    check = check_id_number(text, TODAY)
    assert (check.fault, check.position, check.expected) == (fault, position, expected)
    assert not check.may_insist


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("13800138000", "13800138000", PhoneKind.MOBILE),
        ("１３８００１３８０００", "13800138000", PhoneKind.MOBILE),
        ("+86 138 0013 8000", "13800138000", PhoneKind.MOBILE),
        ("我电话13800138000，随时打", "13800138000", PhoneKind.MOBILE),
        ("19912345678", "19912345678", PhoneKind.MOBILE),
        ("0635-8231234", "06358231234", PhoneKind.LANDLINE),
        ("0635—8231234", "06358231234", PhoneKind.LANDLINE),
        ("010-65131234", "01065131234", PhoneKind.LANDLINE),
        ("400-123-4567", "4001234567", PhoneKind.SERVICE),
    ],
)
def test_a_telephone_number_is_understood(text: str, value: str, kind: PhoneKind) -> None:
    check = check_phone(text)
    assert (check.value, check.kind, check.fault) == (value, kind, None)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("8231234", PhoneFault.MISSING_AREA_CODE),
        ("1380013800", PhoneFault.WRONG_LENGTH),
        ("138001380001", PhoneFault.WRONG_LENGTH),
        ("12800138000", PhoneFault.UNKNOWN_NUMBER),
        ("+1 650 253 0000", PhoneFault.UNKNOWN_NUMBER),
        ("不想留", PhoneFault.NO_DIGITS),
        ("", PhoneFault.NO_DIGITS),
        ("😀", PhoneFault.NO_DIGITS),
        ("371500202611230017", PhoneFault.UNKNOWN_NUMBER),
    ],
)
def test_what_is_wrong_with_a_telephone_number_is_told(text: str, fault: PhoneFault) -> None:
    check = check_phone(text)
    assert (check.fault, check.value) == (fault, "")
    assert not check.is_valid


def test_telephone_numbers_in_a_text_are_found_in_their_places() -> None:
    text = "打13800138000或０６３５－８２３１２３４，别打办件号371500202611230017"
    found = find_phones(text)
    assert [phone.value for phone in found] == ["13800138000", "06358231234"]
    assert [text[p.start : p.end] for p in found] == ["13800138000", "０６３５－８２３１２３４"]
    assert mask_phones_in(text) == "打138****8000或0635****1234，别打办件号371500202611230017"


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13800138000", "138****8000"),
        ("0635-8231234", "0635****1234"),
        ("4001234567", "400****4567"),
        ("12345", "*****"),
        ("", ""),
    ],
)
def test_the_middle_of_a_telephone_number_is_hidden(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


def test_nothing_typed_shows_in_a_repr() -> None:
    shown = [
        repr(check_credit_code("91440101MA5CJQ4N58")),
        repr(check_id_number(ID_NUMBER, TODAY)),
        repr(check_phone("13800138000")),
        repr(find_phones("13800138000")),
    ]
    for text in shown:
        assert not any(part in text for part in ("9144", "3604", "1380"))
