"""Files that people sent on a channel and that stay with its platform."""

from typing import Protocol

from bot.domain.errors import BotError


class FileAway(BotError):
    """The platform does not give the file: too old, too large, or out of reach."""


class FileSource(Protocol):
    """Gives the files of one platform; made by the folder of its channel."""

    async def read(self, file_id: str) -> bytes:
        """Return the content; raises `FileAway`."""
