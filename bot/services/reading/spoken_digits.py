"""Numbers that are spelt out sign by sign, as on the telephone: 一三九零六三五一二三四."""

import re

_RUN = re.compile(r"[零〇一二三四五六七八九幺](?:[ -]?[零〇一二三四五六七八九幺]){6,}")
_LONG = re.compile(r"\d{9,}")
"""Digits in a row that are more than a date in eight of them."""

_DIGITS = str.maketrans("零〇一二三四五六七八九幺", "001234567891")


def with_digits(text: str) -> str:
    """Return the text with such numbers in digits; every sign stays at its place."""
    return _RUN.sub(lambda found: found.group().translate(_DIGITS), text)


def without_spelt(text: str) -> str:
    """Return the text with blanks in place of such numbers: no day stands in 三五一二.

    Nor does one in a telephone number in digits: 13869501736 ends in no year.
    """
    spelt = _RUN.sub(lambda found: " " * len(found.group()), text)
    return _LONG.sub(lambda found: " " * len(found.group()), spelt)
