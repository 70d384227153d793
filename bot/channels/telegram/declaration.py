"""What Telegram can do."""

from bot.domain.channels import Abilities, Declaration

TELEGRAM = Declaration(
    name="telegram",
    abilities=Abilities(
        buttons=True,
        images=True,
        files=True,
        typing=True,
        read_state=False,
        message_length=4000,
        caption_length=1024,
    ),
)
"""Telegram takes 4096 UTF-16 units; the rest is room for who says it.

Source: https://core.telegram.org/bots/api#sendmessage
"""
