"""Buttons of a line as Telegram's keyboards, and back again. Pure functions.

What a button sends stays with us: Telegram takes 64 bytes only, so it gets the line's id and the
button's place in it.
"""

import re

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

from bot.channels.telegram.texts import CONTACT
from bot.domain.conversations import Button

DONE = "done"
"""Data of what is left of a keyboard once one of its buttons was pressed."""

MOST_BUTTONS = 100
SHORT = 7
"""Two titles of at most so many signs stand side by side on a narrow phone."""

_KEY = re.compile(r"m(\d{1,18})\.(\d{1,3})")

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup


def keyboard(line_id: int, buttons: tuple[Button, ...], hint: str) -> Markup | None:
    """Return the keyboard under a line, None without buttons.

    Args:
        line_id: Our id of the line.
        buttons: In order; those beyond Telegram's limit are left out.
        hint: Stands in the input field while one's own number may be sent.
    """
    if not buttons:
        return None
    if buttons[0].payload == CONTACT:
        ask = [[KeyboardButton(buttons[0].title, request_contact=True)]]
        return ReplyKeyboardMarkup(
            ask, resize_keyboard=True, one_time_keyboard=True, input_field_placeholder=hint
        )
    made = [
        InlineKeyboardButton(button.title, callback_data=f"m{line_id}.{index}")
        for index, button in enumerate(buttons[:MOST_BUTTONS])
    ]
    are_short = all(len(button.title) <= SHORT for button in buttons)
    width = 2 if are_short else 1
    rows = [made[start : start + width] for start in range(0, len(made), width)]
    return InlineKeyboardMarkup(rows)


def closed_keyboard(title: str) -> InlineKeyboardMarkup:
    """Return what is left of a keyboard: what was chosen, no longer to be pressed."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(title, callback_data=DONE)]])


def read_key(data: str) -> tuple[int, int] | None:
    """Return line and place of a pressed button, None for anything else."""
    found = _KEY.fullmatch(data)
    return (int(found[1]), int(found[2])) if found else None
