"""Proving whose something is with the last characters of a telephone or code."""

import hmac
import unicodedata
from collections.abc import Iterable

TAIL_LENGTH = 4
"""So many last characters prove it."""


def compact(text: str) -> str:
    """Return letters and digits only, half width, in capitals."""
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalnum()).upper()


def proves(given: str, known: Iterable[str]) -> bool:
    """Tell whether `given` is one of the known values, or the last 4 characters of one.

    All are compared, each in constant time: how long the answer takes tells nothing.
    """
    text = compact(given)
    matches = False
    for value in known:
        expected = compact(value)
        if len(text) == TAIL_LENGTH:
            expected = expected[-TAIL_LENGTH:]
        equal = hmac.compare_digest(text.encode(), expected.encode())
        matches |= equal and len(text) >= TAIL_LENGTH
    return matches
