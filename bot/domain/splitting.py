"""Cuts long texts where a reader would pause: at paragraphs, then sentences, then clauses."""

import enum
import re

_ENDS = (
    re.compile(r"\n\n+"),
    re.compile(r"\n"),
    re.compile(r"[。！？!?…]+[”’」』）)]*"),
    re.compile(r"[；;]"),
    re.compile(r"[，,、：:]"),
    re.compile(r"\s"),
)
"""Where a text may be cut, the best first; the cut is after the match."""

_GLUE = frozenset({"\u200d", "\ufe0e", "\ufe0f"})
"""Signs that belong to the one before them: joiner and variation selectors of emoji."""


class TextUnit(enum.Enum):
    """In what a platform counts the length of a text."""

    UTF16 = "utf-16-le"
    UTF8 = "utf-8"

    def length(self, text: str) -> int:
        """Return the length of a text in this unit."""
        size = len(text.encode(self.value))
        return size // 2 if self is TextUnit.UTF16 else size


def split_text(text: str, limit: int | None, unit: TextUnit = TextUnit.UTF16) -> list[str]:
    """Return the text in pieces of at most `limit` units; nothing but blanks at cuts is lost.

    An empty text gives no piece. O(length of the text).

    Raises:
        ValueError: The limit is below 8, too little for one sign of any script.
    """
    if limit is not None and limit < 8:  # noqa: PLR2004 - the longest sign with its selector
        raise ValueError(limit)
    rest = text.strip()
    pieces: list[str] = []
    while rest:
        if limit is None or unit.length(rest) <= limit:
            pieces.append(rest)
            break
        room = _fitting(rest, limit, unit)
        cut = _best_cut(rest[:room]) or _whole_sign(rest, room)
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return pieces


def _fitting(text: str, limit: int, unit: TextUnit) -> int:
    """Return how many characters fit."""
    used = 0
    for index, character in enumerate(text[:limit]):
        used += unit.length(character)
        if used > limit:
            return index
    return limit


def _best_cut(room: str) -> int:
    """Return where to cut, 0 for nowhere; never in the first third, which would be a stub."""
    least = len(room) // 3
    for end in _ENDS:
        cuts = [match.end() for match in end.finditer(room) if match.end() > least]
        if cuts:
            return cuts[-1]
    return 0


def _whole_sign(text: str, room: int) -> int:
    while room > 1 and (text[room] in _GLUE or text[room - 1] in _GLUE):
        room -= 1
    return room
