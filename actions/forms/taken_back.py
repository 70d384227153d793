"""Finds the answers that are taken back without a new one: 面积写错了 地方也写错了."""

from collections.abc import Sequence

from actions.forms.question import Question
from actions.turns.turn import Turn
from bot.services.words.remarks import clauses, is_correction

_ALL = ("都", "全")
"""Says of several answers at once that they are wrong."""


def taken_back(turn: Turn, questions: Sequence[Question]) -> Question | None:
    """Return the question, answered or open, that the text names; else the last answered.

    One that was never asked is named as well: 刚才那个地区不对.
    """
    answered = [q for q in questions if turn.slots.get(q.slot) is not None]
    may_be = [*(q for q in questions if q.slot == turn.requested), *answered]
    named = _named(turn.text, may_be) or _named(turn.text, questions)
    named = named or [q for q in answered if q.entity and turn.entity(q.entity)]
    return next(reversed(named or answered), None)


def emptied_by(
    turn: Turn, questions: Sequence[Question], target: Question
) -> dict[str, float | None]:
    """Return the slots that are asked again: of the target, and of others that are wrong too.

    公司和地区都填错了, 面积写错了 地方也写错了.
    """
    slips = [part for part in clauses(turn.text) if is_correction(part)]
    answered = [q for q in questions if turn.slots.get(q.slot) is not None]
    is_each = len(slips) > 1 or any(word in turn.text for word in _ALL)
    others = [q for part in slips or [turn.text] for q in _named(part, answered)] if is_each else []
    emptied: dict[str, float | None] = {q.slot: None for q in [*others, target]}
    return {**emptied, "form_failures": 0.0}


def _named(text: str, questions: Sequence[Question]) -> list[Question]:
    return [one for one in questions if one.is_called(text)]
