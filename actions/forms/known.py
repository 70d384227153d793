"""What the questions of a form know already, as people read it."""

from collections.abc import Mapping, Sequence
from typing import Any

from actions.forms.question import Question, shown
from bot.documents.known_text import known_item

NOT_TOLD = frozenset({"none", "unknown", "-", -1.0})
"""Values of answers that were left out."""


def known_items(questions: Sequence[Question], slots: Mapping[str, Any]) -> list[str]:
    """Return the answers given so far as people read them."""
    told = ((q, slots.get(q.slot)) for q in questions)
    plain = ((q, value) for q, value in told if isinstance(value, str | float | int))
    items = (item_of(q, value) for q, value in plain if value not in NOT_TOLD)
    return [item for item in items if item]


def item_of(question: Question, value: Any) -> str:
    """Return an answer as people read it with its name; "" when there are no words for it."""
    if question.show is not None:
        return shown(question, value)
    return known_item(question.label[0], value) if question.label else ""
