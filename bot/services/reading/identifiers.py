"""Checks of what people type: credit codes, identity numbers, telephone numbers.

Everything returns codes and values; the sentences stand in `data/`. Nothing here logs a value.
"""

import enum
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import phonenumbers
from phonenumbers import PhoneNumberType
from stdnum.cn import ric, uscc

from bot.domain.identity import compact
from bot.services.reading.spoken_digits import with_digits

CODE_LENGTH = 18
CREDIT_CODE_LETTERS = frozenset("0123456789ABCDEFGHJKLMNPQRTUWXY")
"""Digits and letters without I O S V Z.

Source: GB 32100-2015.
"""

DIGIT_POSITIONS_OF_CREDIT_CODE = range(2, 8)
"""Positions (from 0) of the six digits of the place of registration."""

LOOK_ALIKE = {"I": "1", "O": "0", "Q": "0", "S": "5", "V": "U", "Z": "2"}
"""What was probably meant by a letter that does not belong."""

REGION = "CN"
MOBILE_DIGITS = 11
LOCAL_LANDLINE_DIGITS = (7, 8)


class CodeFault(enum.Enum):
    """What is wrong with a code."""

    WRONG_LENGTH = "wrong_length"
    ILLEGAL_CHARACTER = "illegal_character"
    WRONG_CHECK_DIGIT = "wrong_check_digit"
    WRONG_DATE = "wrong_date"


@dataclass(frozen=True)
class CodeCheck:
    """Outcome of checking a credit code or identity number.

    Attributes:
        value: What was typed, compact and in capitals; hidden in `repr`.
        fault: None when all is well.
        length: Characters typed.
        position: Place of the fault, counted from 1 as people count; None without one place.
        found: The character typed there.
        expected: The character that belongs there, or that was probably meant.
        may_insist: A few early codes fail the check digit and are right: ask to look again, then
            take it.
    """

    value: str = field(repr=False)
    fault: CodeFault | None
    length: int
    position: int | None = None
    found: str | None = field(default=None, repr=False)
    expected: str | None = field(default=None, repr=False)
    may_insist: bool = False

    @property
    def is_valid(self) -> bool:
        """Nothing is wrong."""
        return self.fault is None


def check_credit_code(text: str) -> CodeCheck:
    """Check a unified social credit code, blanks, hyphens, full-width and small letters allowed.

    Source: GB 32100-2015.
    """
    value = compact(text)
    if len(value) != CODE_LENGTH:
        return CodeCheck(value, CodeFault.WRONG_LENGTH, len(value))
    for index, char in enumerate(value):
        digit_only = index in DIGIT_POSITIONS_OF_CREDIT_CODE
        if char not in CREDIT_CODE_LETTERS or (digit_only and not _is_digit(char)):
            return _illegal(value, index)
    return _check_digit(value, uscc.calc_check_digit(value[:-1]), may_insist=True)


def check_id_number(text: str, today: date) -> CodeCheck:
    """Check a resident identity number: length, digits, day of birth, check digit.

    Whether the first six digits name a county is not checked: the lists of counties lag behind.

    Args:
        text: What was typed.
        today: Local date; nobody is born after it.

    Source: GB 11643-1999.
    """
    value = compact(text)
    if len(value) != CODE_LENGTH:
        return CodeCheck(value, CodeFault.WRONG_LENGTH, len(value))
    for index, char in enumerate(value):
        is_last = index == CODE_LENGTH - 1
        if not _is_digit(char) and not (is_last and char == "X"):
            return _illegal(value, index)
    if not _is_birthday(value[6:14], today):
        return CodeCheck(value, CodeFault.WRONG_DATE, CODE_LENGTH, position=7)
    return _check_digit(value, ric.calc_check_digit(value), may_insist=False)


def _check_digit(value: str, expected: str, *, may_insist: bool) -> CodeCheck:
    if value[-1] == expected:
        return CodeCheck(value, None, CODE_LENGTH)
    return CodeCheck(
        value,
        CodeFault.WRONG_CHECK_DIGIT,
        CODE_LENGTH,
        position=CODE_LENGTH,
        found=value[-1],
        expected=expected,
        may_insist=may_insist,
    )


def _illegal(value: str, index: int) -> CodeCheck:
    return CodeCheck(
        value,
        CodeFault.ILLEGAL_CHARACTER,
        len(value),
        position=index + 1,
        found=value[index],
        expected=LOOK_ALIKE.get(value[index]),
    )


def _is_digit(char: str) -> bool:
    return char.isascii() and char.isdigit()


def _is_birthday(digits: str, today: date) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return born <= today


class PhoneFault(enum.Enum):
    """What is wrong with a telephone number."""

    NO_DIGITS = "no_digits"
    MISSING_AREA_CODE = "missing_area_code"
    WRONG_LENGTH = "wrong_length"
    UNKNOWN_NUMBER = "unknown_number"


class PhoneKind(enum.Enum):
    """What kind of line it is."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    SERVICE = "service"


@dataclass(frozen=True)
class PhoneCheck:
    """Outcome of checking a telephone number.

    Attributes:
        value: Digits as dialled inside the country ("13800138000", "06358231234", "4001234567");
            "" when there is a fault. Hidden in `repr`.
        kind: None when there is a fault.
        fault: None when all is well.
        digits: How many digits were typed.
    """

    value: str = field(repr=False)
    kind: PhoneKind | None
    fault: PhoneFault | None
    digits: int

    @property
    def is_valid(self) -> bool:
        """Nothing is wrong."""
        return self.fault is None


@dataclass(frozen=True)
class FoundPhone:
    """A telephone number in a text: its digits, and where it stands there."""

    value: str = field(repr=False)
    start: int
    end: int


def check_phone(text: str) -> PhoneCheck:
    """Check a telephone number: a mobile, a landline with area code, or a 400 number.

    An answer that holds more than the number ("我电话13800138000") is understood.
    """
    found = find_phones(text)
    if found:
        return PhoneCheck(found[0].value, _kind(found[0].value), None, len(found[0].value))
    digits = "".join(char for char in _half_width(text) if _is_digit(char))
    return PhoneCheck("", None, _phone_fault(digits), len(digits))


def find_phones(text: str) -> Sequence[FoundPhone]:
    """Return the telephone numbers in a text, in order; digits of longer numbers are none."""
    plain = with_digits(_half_width(text))
    found = []
    for match in phonenumbers.PhoneNumberMatcher(plain, REGION):
        national = phonenumbers.national_significant_number(match.number)
        kind = phonenumbers.number_type(match.number)
        if match.number.country_code != phonenumbers.country_code_for_region(REGION):
            continue
        trunk = "0" if kind == PhoneNumberType.FIXED_LINE else ""
        found.append(FoundPhone(trunk + national, match.start, match.end))
    return found


def mask_phone(phone: str) -> str:
    """Return a telephone number with its middle hidden: 138****8000, 0635****1234."""
    digits = compact(phone)
    head, tail = (4 if digits.startswith("0") else 3), 4  # the area code stays readable
    if len(digits) <= head + tail:
        return "*" * len(digits)
    return f"{digits[:head]}****{digits[-tail:]}"


def mask_phones_in(text: str) -> str:
    """Return a text with the middle of every telephone number hidden."""
    masked, end = [], 0
    for phone in find_phones(text):
        masked += [text[end : phone.start], mask_phone(phone.value)]
        end = phone.end
    return "".join([*masked, text[end:]])


def _half_width(text: str) -> str:
    """Return the text with digits and signs half width, every character in its old place."""
    wide = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    return text.translate(wide | {ord(dash): "-" for dash in "—–‐―"} | {0x3000: " "})


def _kind(value: str) -> PhoneKind:
    number_type = phonenumbers.number_type(phonenumbers.parse(value, REGION))
    if number_type == PhoneNumberType.MOBILE:
        return PhoneKind.MOBILE
    return PhoneKind.LANDLINE if number_type == PhoneNumberType.FIXED_LINE else PhoneKind.SERVICE


def _phone_fault(digits: str) -> PhoneFault:
    if not digits:
        return PhoneFault.NO_DIGITS
    if len(digits) in LOCAL_LANDLINE_DIGITS and digits[0] not in "01":
        return PhoneFault.MISSING_AREA_CODE
    if digits.startswith("1") and len(digits) != MOBILE_DIGITS:
        return PhoneFault.WRONG_LENGTH
    return PhoneFault.UNKNOWN_NUMBER
