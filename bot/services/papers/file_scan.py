"""What is looked for in files that people hand in, before anything of them is stored."""

from typing import Protocol

from bot.domain.attachments import type_of
from bot.domain.errors import BotError


class FileInfected(BotError):
    """The scanner knows the content as malware; `str()` is the name that it gives it."""


class ScannerAway(BotError):
    """A scanner is set and gives no verdict, so the file is not taken; `str()` is for staff."""


class Scanner(Protocol):
    """Looks through the content of files."""

    def check(self, content: bytes) -> None:
        """Return when nothing was found; raises `FileInfected` or `ScannerAway`."""


class NoScanner:
    """Where none is set: nothing is looked for."""

    def check(self, content: bytes) -> None:
        """See `Scanner`."""


def check_incoming(scanner: Scanner, content: bytes) -> None:
    """Refuse what is no file of the kinds that are taken, and what the scanner knows.

    Raises:
        FileEmpty, FileNotTaken, FileTooLarge: see `bot.domain.attachments.type_of`; those are not
            shown to the scanner.
        FileInfected, ScannerAway: See there.
    """
    type_of(content)
    scanner.check(content)
