"""Reads an amount that takes the place of a known one, unit or not: "二百说大了，一百六"."""

from collections.abc import Sequence

from actions._question import Question
from actions._turn import Turn
from bot.services.answers import mended_amount

LONGEST = 40
"""Characters; a longer text tells more than another amount."""


def mended(turn: Turn, questions: Sequence[Question]) -> dict[str, float]:
    """Return the answered amount that the text puts right, by slot; empty for none."""
    if turn.choice is not None or len(turn.text) > LONGEST:
        return {}
    for question in questions:
        known = turn.slots.get(question.slot)
        if isinstance(known, bool) or not isinstance(known, int | float) or known <= 0:
            continue
        is_named = any(word in turn.text for word in question.label)
        amount = mended_amount(turn.text, float(known), is_named=is_named)
        if amount is not None:
            return {question.slot: amount}
    return {}
