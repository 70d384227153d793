"""Files that agents send: what they are is told by their content, never by their name."""

import io
import zipfile
from dataclasses import dataclass, field

from bot.domain.errors import BotError

MAX_FILE_BYTES = 5 * 1024 * 1024
MAX_FILE_NAME = 100

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

ENDINGS = {PDF: "pdf", PNG: "png", JPEG: "jpg", DOCX: "docx", XLSX: "xlsx"}
_HEADS = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
_PARTS = (("word/document.xml", DOCX), ("xl/workbook.xml", XLSX))
_ZIP = b"PK\x03\x04"


class BadFile(BotError):
    """The content is none of the kinds that may be sent, or holds macros."""


class FileTooLarge(BotError):
    """More than `MAX_FILE_BYTES`, or nothing at all."""


@dataclass(frozen=True)
class SentFile:
    """A file with the type of its content."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


def check_file(name: str, content: bytes) -> SentFile:
    """Return a file that may be sent, its name made harmless and its ending made true.

    Raises:
        FileTooLarge: It is empty or has more than `MAX_FILE_BYTES`.
        BadFile: It is no PDF, PNG, JPEG, DOCX or XLSX, or it carries macros.
    """
    if not 0 < len(content) <= MAX_FILE_BYTES:
        raise FileTooLarge
    media_type = _type_of(content)
    stem = name.replace("\\", "/").rsplit("/", 1)[-1].rpartition(".")
    kept = "".join(
        char for char in (stem[0] or stem[2]) if char.isprintable() and char not in '<>:"|?*'
    )
    cleaned = kept.strip(" .")[:MAX_FILE_NAME] or "文件"
    return SentFile(f"{cleaned}.{ENDINGS[media_type]}", media_type, content)


def _type_of(content: bytes) -> str:
    for head, media_type in _HEADS:
        if content.startswith(head):
            return media_type
    if content.startswith(_ZIP):
        return _office_type(content)
    raise BadFile


def _office_type(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            parts = set(opened.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise BadFile from error
    if any("vbaproject" in part.lower() for part in parts):
        raise BadFile
    for part, media_type in _PARTS:
        if part in parts and "[Content_Types].xml" in parts:
            return media_type
    raise BadFile
