"""Whether a business whistles about the same thing again: a plain comparison of its words."""

import re
import unicodedata

SAME_FROM = 0.6
"""Share of two-character pieces in common from which two texts of one business mean the same."""

SHORTEST = 4
"""A shorter text is not compared; it says too little."""

_SIGNS = re.compile(r"[\W_]+")
_CODE = re.compile(r"[（(][0-9A-Za-z]{15,18}[)）]")


def business_key(name: str) -> str:
    """Return a name without blanks, signs and a credit code behind it; equal for one business."""
    plain = _CODE.sub("", unicodedata.normalize("NFKC", name))
    return _SIGNS.sub("", plain).lower()[:200]


def is_same(first: str, second: str) -> bool:
    """Tell whether two texts of one business are about the same thing."""
    return likeness(first, second) >= SAME_FROM


def likeness(first: str, second: str) -> float:
    """Return what two texts have in common, 0 to 1: the share of pieces of the shorter one."""
    left, right = _pieces(first), _pieces(second)
    shorter = min(len(left), len(right))
    if shorter < SHORTEST - 1:
        return 0.0
    return len(left & right) / shorter


def _pieces(text: str) -> frozenset[str]:
    plain = _SIGNS.sub("", unicodedata.normalize("NFKC", text)).lower()
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))
