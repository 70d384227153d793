"""Buttons of a line as Telegram's keyboards, and back again. Pure functions.

What a button sends stays with us: Telegram takes 64 bytes only, so it gets the line's id and the
button's place in it.
"""

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

from bot.channels.telegram.texts import CONTACT
from bot.domain.choices import choice_key
from bot.domain.conversations import Button

DONE = "done"
"""Data of what is left of a keyboard once one of its buttons was pressed."""

MOST_BUTTONS = 100
SHORT = 7
"""Two titles of at most so many signs stand side by side on a narrow phone."""

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
        InlineKeyboardButton(button.title, callback_data=choice_key(line_id, index))
        for index, button in enumerate(buttons[:MOST_BUTTONS])
    ]
    are_short = all(len(button.title) <= SHORT for button in buttons)
    width = 2 if are_short else 1
    rows = [made[start : start + width] for start in range(0, len(made), width)]
    return InlineKeyboardMarkup(rows)


def closed_keyboard(title: str) -> InlineKeyboardMarkup:
    """Return what is left of a keyboard: what was chosen, no longer to be pressed."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(title, callback_data=DONE)]])
