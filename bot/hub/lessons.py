"""Reads what the dialogue says of a message that it did not understand. Pure functions."""

from collections.abc import Mapping
from typing import Any

from bot.domain.learning import MOST_CANDIDATES, GuessPressed, Misread, MisreadReason

MISREAD = "misread"
GUESS_PRESSED = "guess_pressed"


def read_lesson(custom: Mapping[str, Any]) -> Misread | GuessPressed | None:
    """Return the lesson in a `custom` payload, None for any other or a broken one."""
    try:
        if custom.get("type") == MISREAD:
            return _misread(custom)
        if custom.get("type") == GUESS_PRESSED:
            return GuessPressed(int(custom["of"]), str(custom["chosen"]))
    except (KeyError, TypeError, ValueError):
        return None  # a turn is never lost for a lesson
    return None


def _misread(custom: Mapping[str, Any]) -> Misread:
    candidates = [(str(name), float(sure)) for name, sure in custom.get("candidates") or ()]
    return Misread(
        reason=MisreadReason(custom["reason"]),
        form=str(custom.get("form") or ""),
        question=str(custom.get("question") or ""),
        candidates=tuple(candidates[:MOST_CANDIDATES]),
    )
