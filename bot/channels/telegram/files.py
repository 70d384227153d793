"""Fetches what people sent from Telegram, when an agent looks at it; nothing is kept here."""

from telegram.error import TelegramError

from bot.channels.telegram.client import Bot
from bot.hub.files import FileAway

MAX_BYTES = 20_000_000
"""Telegram gives bots no larger ones."""


class TelegramFiles:
    """See `bot.hub.files.FileSource`."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def read(self, file_id: str) -> bytes:
        """Return the content of a file; raises `FileAway`."""
        try:
            found = await self._bot.get_file(file_id)
            if (found.file_size or 0) > MAX_BYTES:
                raise FileAway
            return bytes(await found.download_as_bytearray())
        except TelegramError as error:
            raise FileAway from error
