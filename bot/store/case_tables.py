"""Opens tables that officials keep: CSV in UTF-8 or GB18030, and XLSX."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.domain.errors import BotError

ENCODINGS = ("utf-8-sig", "gb18030")
"""Tried in this order: a text in GB18030 is hardly ever good UTF-8."""

Row = Mapping[str, Any]


class BadTable(BotError):
    """The file cannot be read as a table; the message says what to do, in Chinese."""


@dataclass(frozen=True)
class Table:
    """An opened table.

    Attributes:
        digest: SHA-256 of the file.
        headings: Of the first row, blanks at the ends taken off.
        length: Rows without the headings; an upper bound for XLSX.
        read: Begins at the first row after the headings.
    """

    digest: str
    headings: tuple[str, ...]
    length: int
    read: Callable[[], Iterator[Sequence[object]]]

    def rows(self, skip: int = 0) -> Iterator[Row]:
        """Yield the rows after the first `skip` as cells by heading; empty rows stay."""
        for index, cells in enumerate(self.read()):
            if index >= skip:
                yield dict(zip(self.headings, cells, strict=False))


def open_table(file: Path) -> Table:
    """Open a table; the kind goes by the content, not by the name.

    Raises:
        BadTable: It is neither CSV nor XLSX, its encoding is unknown, or it is empty.
        OSError: It cannot be read.
    """
    content = file.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if zipfile.is_zipfile(io.BytesIO(content)):
        return _workbook(file, content, digest)
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise BadTable(f"{file.name} 是旧的 .xls 格式，请另存为 .xlsx 或 CSV 再导入")
    text = _decode(content, file.name)
    lines = list(csv.reader(io.StringIO(text, newline="")))
    if not lines:
        raise BadTable(f"{file.name} 是空的")
    return Table(digest, _headings(lines[0]), len(lines) - 1, lambda: iter(lines[1:]))


def _workbook(file: Path, content: bytes, digest: str) -> Table:
    from openpyxl.reader.excel import load_workbook  # noqa: PLC0415 - 20 MB for a rare wish
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        # from memory: the rows are read later, and an open file would stay open until then
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        first = next(sheet.iter_rows(max_row=1, values_only=True), ())
    except (InvalidFileException, KeyError, IndexError, zipfile.BadZipFile, ValueError) as error:
        raise BadTable(f"{file.name} 不是能读的 Excel 文件，请另存为 .xlsx 再导入") from error
    if not first:
        raise BadTable(f"{file.name} 的第一张表是空的")
    length = max((sheet.max_row or 1) - 1, 0)
    return Table(
        digest, _headings(first), length, lambda: sheet.iter_rows(min_row=2, values_only=True)
    )


def _decode(content: bytes, name: str) -> str:
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadTable(f"{name} 的编码认不出来，请另存为 UTF-8 或 GB18030 的 CSV 再导入")


def _headings(cells: Sequence[object]) -> tuple[str, ...]:
    return tuple(str(cell or "").strip() for cell in cells)
