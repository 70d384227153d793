"""Reads how large land is, as it is told in 亩, 分 and 公顷: 零点六亩, 一亩三, 六分地, 两亩半."""

import re

from bot.services.reading.numerals import NotANumber, read_number

SQUARE_METRES_PER_MU = 10_000 / 15
"""1 亩 is a fifteenth of a hectare."""

SQUARE_METRES_PER_HECTARE = 10_000.0

_DECIMALS = "(?:点[零一二三四五六七八九]+)?"
_NUMERAL = f"\\d[\\d,]*(?:\\.\\d+)?[百千万]?|[零一二两三四五六七八九十百千万]+{_DECIMALS}|半"
_TENTHS = "[一二两三四五六七八九\\d]"
_ENDS = "(?=地|的|吧|呢|左右|大|$|[，,。 ])"
_MU = re.compile(
    f"(?P<whole>{_NUMERAL})[多来几]?亩(?:(?P<half>半)|零?(?P<tenths>{_TENTHS})分?{_ENDS})?"
)
_FEN = re.compile(f"(?P<tenths>{_TENTHS})分地")
_HECTARES = re.compile(f"(?P<whole>{_NUMERAL})公顷")


def land_area_m2(text: str) -> float | None:
    """Return the size of the land that a text tells of, in square metres; None for none.

    一亩三 is one and three tenths, 六分地 six tenths of one.
    """
    hectares = _HECTARES.search(text)
    if hectares is not None:
        return _read(hectares["whole"]) * SQUARE_METRES_PER_HECTARE
    found = _MU.search(text)
    if found is not None:
        tenths = found["tenths"]
        part = 0.5 if found["half"] else _read(tenths) / 10 if tenths else 0.0
        return round((_read(found["whole"]) + part) * SQUARE_METRES_PER_MU, 1)
    fen = _FEN.search(text)
    return round(_read(fen["tenths"]) / 10 * SQUARE_METRES_PER_MU, 1) if fen else None


_OF_ROOMS = re.compile("(?:地方|面积|场地|院子?|铺面|门面|店)[^，,。？?]{0,6}亩")


def rooms_in_land(text: str) -> float | None:
    """Return the size of rooms that are told in 亩, in square metres: 地方有零点六亩; else None."""
    return land_area_m2(text) if _OF_ROOMS.search(text) is not None else None


def _read(numeral: str) -> float:
    try:
        return read_number(numeral)
    except NotANumber:
        return 0.0
