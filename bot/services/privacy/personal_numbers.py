"""Numbers of persons in free text: mobile, identity, credit code, bank card.

What is checked by a library here (`phonenumbers`, `stdnum`) may be written with blanks, hyphens and
full-width signs. A number of the right length that fails its check digit is hidden as well when it
has a birthday in it: people mistype, and it still tells who they are.
"""

import enum
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import phonenumbers
from phonenumbers import PhoneNumberType
from stdnum import luhn
from stdnum.cn import uscc

from bot.domain.privacy import has_personal_number
from bot.domain.privacy import mask_numbers as mask_plain_numbers
from bot.services.reading.identifiers import REGION


class NumberKind(enum.Enum):
    """What a number is."""

    MOBILE = "mobile"
    IDENTITY = "identity"
    CREDIT_CODE = "credit_code"
    BANK_CARD = "bank_card"


@dataclass(frozen=True)
class FoundNumber:
    """A number in a text, and where it stands there."""

    kind: NumberKind
    start: int
    end: int


SHORTEST = 11
SHOWN_BEFORE, SHOWN_AFTER = 3, 2
STAR = "*"
CODE = 18
_RUN = re.compile(r"(?<![0-9A-Za-z])[0-9](?:[ \-]?[0-9A-Za-z]){10,22}(?![0-9A-Za-z])")
_CARD = re.compile(r"62\d{14,17}|[45]\d{15}")
"""Numbers of UnionPay (ISO/IEC 7812), Visa and Mastercard."""


def find_numbers(text: str) -> Sequence[FoundNumber]:
    """Return the numbers of persons and businesses in a text, in order, none inside another."""
    plain = _half_width(text)
    if sum(char.isdigit() for char in plain) < SHORTEST:
        return ()
    found: list[FoundNumber] = []
    for one in sorted((*_codes(plain), *_mobiles(plain)), key=lambda one: (one.start, -one.end)):
        if not found or one.start >= found[-1].end:
            found.append(one)
    return found


def has_numbers(text: str) -> bool:
    """Tell whether a number of a person stands in a text; a credit code is a business's."""
    return any(one.kind is not NumberKind.CREDIT_CODE for one in find_numbers(text))


def mask_numbers(text: str) -> str:
    """Return a text with the middle of each number of a person hidden; credit codes stay."""
    shown, end = [], 0
    for one in find_numbers(text):
        if one.kind is not NumberKind.CREDIT_CODE:
            shown += [text[end : one.start], _hidden(text[one.start : one.end])]
            end = one.end
    return mask_plain_numbers("".join([*shown, text[end:]]))


def _codes(plain: str) -> Iterator[FoundNumber]:
    for match in _RUN.finditer(plain):
        digits = re.sub(r"[ \-]", "", match[0]).upper()
        kind = _kind_of(digits)
        if kind is not None:
            yield FoundNumber(kind, match.start(), match.end())


def _kind_of(digits: str) -> NumberKind | None:
    if has_personal_number(digits):
        return NumberKind.IDENTITY if len(digits) == CODE else NumberKind.MOBILE
    if _CARD.fullmatch(digits) and luhn.is_valid(digits):
        return NumberKind.BANK_CARD
    if len(digits) == CODE and uscc.is_valid(digits):
        return NumberKind.CREDIT_CODE
    return None


def _mobiles(plain: str) -> Iterator[FoundNumber]:
    for match in phonenumbers.PhoneNumberMatcher(plain, REGION):
        if phonenumbers.number_type(match.number) == PhoneNumberType.MOBILE:
            yield FoundNumber(NumberKind.MOBILE, match.start, match.end)


def _hidden(number: str) -> str:
    middle = len(number) - SHOWN_BEFORE - SHOWN_AFTER
    return f"{number[:SHOWN_BEFORE]}{STAR * middle}{number[-SHOWN_AFTER:]}"


def _half_width(text: str) -> str:
    """Return the text half width, every sign in its old place."""
    return "".join(_narrow(char) for char in text)


def _narrow(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 else char
