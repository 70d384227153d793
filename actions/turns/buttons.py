"""Buttons that answer a question by its slot."""

import json
from collections.abc import Sequence

from actions.turns.turn import CHOICE

ITEM_MARK = "、"
"""Between the things that were noted."""


def choice_button(slot: str, value: object, title: str) -> dict[str, str]:
    """Return a button whose press answers `slot` with `value`."""
    choice = json.dumps({CHOICE: f"{slot}={value}"}, ensure_ascii=False)
    return {"title": title, "payload": f"/inform{choice}"}


def either(titles: Sequence[str]) -> str:
    """Return the titles of buttons as part of a question: “甲”、“乙”还是“丙”.

    So that who hears the question, or sees the buttons elsewhere, knows what there is to choose.
    """
    quoted = [f"“{title}”" for title in titles]
    return "还是".join(part for part in ("、".join(quoted[:-1]), *quoted[-1:]) if part)
