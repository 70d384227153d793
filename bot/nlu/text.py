"""Bring a message into the one spelling the model was trained on.

Every function here keeps the length of the text, so that an offset into the result is an offset
into what the applicant wrote.
"""

from functools import lru_cache

import opencc

from bot.nlu.colloquial import in_standard_words, is_cantonese, mark_cantonese

_FULL_WIDTH_FIRST = 0xFF01
_FULL_WIDTH_LAST = 0xFF5E
_FULL_WIDTH_SHIFT = 0xFEE0
_IDEOGRAPHIC_SPACE = "\u3000"
# Written variants that the traditional-to-simplified table does not cover.
_VARIANTS = {"妳": "你", "甚": "什", "莌": "茌", "茬": "茌", "荏": "茌", "両": "两", "変": "变"}


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    """Return the traditional-to-simplified converter, built once (about 20 ms)."""
    return opencc.OpenCC("t2s")


@lru_cache(maxsize=8192)
def _simplify(character: str) -> str:
    """Return the simplified form of one character, or the character itself."""
    simplified = str(_converter().convert(character))
    return simplified if len(simplified) == 1 else character


def normalise_character(character: str) -> str:
    """Return one character in half width, lower case and simplified script.

    Args:
        character: A string of length 1.

    Returns:
        A string of length 1.
    """
    code = ord(character)
    if character == _IDEOGRAPHIC_SPACE:
        return " "
    if _FULL_WIDTH_FIRST <= code <= _FULL_WIDTH_LAST:
        character = chr(code - _FULL_WIDTH_SHIFT)
    if character.isascii():
        return character.lower()
    return _VARIANTS.get(character) or _simplify(character)


def normalise(text: str) -> str:
    """Return the text in half width, lower case, simplified script and standard words.

    Cantonese is read as the standard language says it; the length stays the same.
    """
    folded = "".join(map(normalise_character, mark_cantonese(text)))
    return in_standard_words(folded, is_cantonese=is_cantonese(text))


def spoken_plainly(text: str) -> str:
    """Return a text as typed, but its Cantonese in standard words, of the same length."""
    plain = normalise(text)
    spelt = "".join(map(normalise_character, text))
    changed = zip(text, spelt, plain, strict=True)
    return "".join(old if same == new else new for old, same, new in changed)
