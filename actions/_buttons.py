"""Buttons that answer a question by its slot."""

import json

from actions._turn import CHOICE

ITEM_MARK = "、"
"""Between the things that were noted."""


def choice_button(slot: str, value: object, title: str) -> dict[str, str]:
    """Return a button whose press answers `slot` with `value`."""
    choice = json.dumps({CHOICE: f"{slot}={value}"}, ensure_ascii=False)
    return {"title": title, "payload": f"/inform{choice}"}
