"""Numbers that are spelt out sign by sign, as on the telephone: 一三九零六三五一二三四."""

import re

_RUN = re.compile(r"[零〇一二三四五六七八九幺]{7,}")
_DIGITS = str.maketrans("零〇一二三四五六七八九幺", "001234567891")


def with_digits(text: str) -> str:
    """Return the text with such numbers in digits; every sign stays at its place."""
    return _RUN.sub(lambda found: found.group().translate(_DIGITS), text)


def without_spelt(text: str) -> str:
    """Return the text with blanks in place of such numbers: no day stands in 三五一二."""
    return _RUN.sub(lambda found: " " * len(found.group()), text)
