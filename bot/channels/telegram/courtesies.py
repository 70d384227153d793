"""What makes the chat pleasant and may fail: "typing", an acknowledged press, a closed keyboard.

Nothing waits for these: what a person said is stored already, and a lost one is never tried again.
"""

import asyncio
from collections.abc import Awaitable

import structlog
from telegram.constants import CallbackQueryLimit, ChatAction
from telegram.error import TelegramError

from bot.channels.telegram.client import Bot
from bot.channels.telegram.keyboards import closed_keyboard

MOST_AT_ONCE = 200
TIMEOUT_S = 10.0

log = structlog.get_logger()


class Courtesies:
    """Sends them beside everything else."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._tasks: set[asyncio.Task[None]] = set()

    def typing(self, chat_id: int) -> None:
        """Show that an answer is on its way, for some seconds."""
        self._start(self._bot.send_chat_action(chat_id, ChatAction.TYPING))

    def acknowledge(self, query_id: str, text: str, *, is_alert: bool = False) -> None:
        """Stop the clock on a pressed button and say a word about it."""
        short = text[: CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH]
        self._start(self._bot.answer_callback_query(query_id, short, show_alert=is_alert))

    def close_keyboard(self, chat_id: int, message_id: int, mark: str) -> None:
        """Leave of a keyboard only what was chosen."""
        self._start(
            self._bot.edit_message_reply_markup(
                chat_id, message_id, reply_markup=closed_keyboard(mark)
            )
        )

    async def stop(self) -> None:
        """Drop what is on its way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(self, call: Awaitable[object]) -> None:
        task = asyncio.ensure_future(_try(call))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _try(call: Awaitable[object]) -> None:
    try:
        await asyncio.wait_for(call, TIMEOUT_S)
    except (TelegramError, asyncio.TimeoutError) as error:
        log.info("telegram_courtesy_failed", error=type(error).__name__)
