"""Files that people hand in: known by their content, never by their name."""

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath

from bot.domain.errors import BotError

MAX_FILE_BYTES = 10 * 1024 * 1024
MAX_FILES = 20
"""Files on one ticket."""

MAX_NAME = 80
HEAD = 32
"""Bytes that tell what a picture or a PDF is."""

HEIF_BRANDS = frozenset({b"heic", b"heix", b"mif1", b"heim", b"hevc"})
OFFICE = {
    "word/document.xml": (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "xl/workbook.xml": (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')


class FileTooLarge(BotError):
    """More than `MAX_FILE_BYTES`.

    Attributes:
        size: In bytes.
    """

    def __init__(self, size: int) -> None:
        super().__init__(str(size))
        self.size = size


class FileNotTaken(BotError):
    """The content is no picture, PDF, Word or Excel file, whatever its name says."""


class FileEmpty(BotError):
    """Nothing is in it."""


class TooManyFiles(BotError):
    """The ticket has as many files as it may have."""


@dataclass(frozen=True)
class FileType:
    """What a content is."""

    ending: str
    media_type: str


@dataclass(frozen=True)
class Attachment:
    """A file on a ticket.

    Attributes:
        name: Cleaned, with the ending of its content.
        size: In bytes.
        digest: SHA-256 of the content, hex.
        actor: Who handed it in, as in the history.
    """

    id: int
    ticket_number: str
    name: str = field(repr=False)
    media_type: str
    size: int
    digest: str
    actor: str
    added_at: datetime


def type_of(content: bytes) -> FileType:
    """Return what a file is by its content.

    Raises:
        FileEmpty: It has no content.
        FileTooLarge: See there.
        FileNotTaken: See there; also a document with macros.
    """
    if not content:
        raise FileEmpty
    if len(content) > MAX_FILE_BYTES:
        raise FileTooLarge(len(content))
    found = _by_head(content[:HEAD]) or _office(content)
    if found is None:
        raise FileNotTaken
    return found


def clean_name(name: str, kind: FileType) -> str:
    """Return a name that is safe to show and to save, with the ending of the content."""
    plain = unicodedata.normalize("NFC", PurePath(name.replace("\\", "/")).name)
    # direction marks can make "gpj.exe" look like "exe.jpg"
    visible = "".join(c for c in plain if unicodedata.category(c) not in {"Cf", "Cc", "Cs"})
    stem = _UNSAFE.sub("", visible).rsplit(".", 1)[0].strip(". ")[:MAX_NAME]
    return f"{stem or '附件'}.{kind.ending}"


def _by_head(head: bytes) -> FileType | None:
    if head.startswith(b"\xff\xd8\xff"):
        return FileType("jpg", "image/jpeg")
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileType("png", "image/png")
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return FileType("webp", "image/webp")
    if head[4:8] == b"ftyp" and head[8:12] in HEIF_BRANDS:
        return FileType("heic", "image/heic")
    if head.startswith(b"%PDF-"):
        return FileType("pdf", "application/pdf")
    return None


def _office(content: bytes) -> FileType | None:
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if any(name.lower().endswith(("vbaproject.bin", ".exe", ".dll", ".js")) for name in names):
        return None
    for inner, (ending, media_type) in OFFICE.items():
        if inner in names and "[Content_Types].xml" in names:
            return FileType(ending, media_type)
    return None
