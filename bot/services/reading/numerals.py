"""Reads amounts as people write them: 120, 1.5万, 一百二十, 两百五, 零点六, 九米半."""

import re

from bot.domain.errors import BotError

_DIGITS = re.compile(r"(\d+(?:\.\d+)?)\s*(亿|万|千|百)?")
_CHINESE = re.compile(r"[零〇一二两三四五六七八九十百千万亿半]+")
_DECIMALS = re.compile(r"点([零〇一二三四五六七八九]+)(?![十百千分刻钟零〇一二三四五六七八九])")
_SCALE = {"百": 100.0, "千": 1_000.0, "万": 10_000.0, "亿": 100_000_000.0}
_TEN = 10.0
_VALUE = {char: index for index, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_FULL_WIDTH = {ord("０") + i: ord("0") + i for i in range(10)} | {
    ord("．"): ord("."),
    ord("，"): None,
}
_METRES_AND_HALF = "米半"


class NotANumber(BotError):
    """The text holds no amount."""


def read_number(text: str) -> float:
    """Return the first amount in the text: "120", "1.5万", "一百二十", "两万多".

    Raises:
        NotANumber: There is none.
    """
    plain = text.translate(_FULL_WIDTH).replace(",", "")
    digits = _DIGITS.search(plain)
    if digits:
        amount = float(digits.group(1)) * _SCALE.get(digits.group(2) or "", 1.0)
        return _signed(plain, digits.start(), amount + _half_metre(plain, digits.end()))
    chinese = _CHINESE.search(plain)
    if chinese is None:
        raise NotANumber(text)
    tail = _DECIMALS.match(plain, chinese.end())  # 零点六, and no 三点二十
    places = "".join(str(_VALUE[char]) for char in tail[1]) if tail is not None else "0"
    amount = _chinese_number(chinese.group()) + float(f"0.{places}")
    return _signed(plain, chinese.start(), amount + _half_metre(plain, chinese.end()))


def _signed(text: str, at: int, amount: float) -> float:
    """Return an amount below nothing where it is said to be: 负三十, -5 (3-5 is none)."""
    before = text[:at]
    is_below = before.endswith("负") or before.strip() in {"-", "－"}
    return -amount if is_below else amount


def _half_metre(text: str, at: int) -> float:
    return 0.5 if text.startswith(_METRES_AND_HALF, at) else 0.0


def _chinese_number(word: str) -> float:
    """Read Chinese numerals; "两百五" is 250, "一万二" 12,000, as people say it."""
    if word == "半":
        return 0.5
    total = section = 0.0
    digit: float | None = None
    last_unit = 1.0
    for char in word:
        if char in _VALUE:
            digit = float(_VALUE[char])
            if char in "零〇":
                last_unit, digit = 1.0, None
        elif char in "十百千":
            last_unit = {"十": 10.0, "百": 100.0, "千": 1_000.0}[char]
            section += (1.0 if digit is None else digit) * last_unit
            digit = None
        elif char in "万亿":
            last_unit = _SCALE[char]
            total = (total + section + (digit or 0.0)) * last_unit
            section, digit = 0.0, None
        elif char == "半":
            section += 0.5 * last_unit
    tail = (digit or 0.0) * (last_unit / 10 if last_unit > _TEN else 1.0)
    return total + section + tail
