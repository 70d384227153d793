import io
import zipfile

import pytest

from bot.domain.desk_files import MAX_FILE_BYTES, BadFile, FileTooLarge, check_file

PDF = b"%PDF-1.7\n"


def office(*parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as opened:
        for part in ("[Content_Types].xml", *parts):
            opened.writestr(zipfile.ZipInfo(part), "<x/>")  # without the time of today
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (PDF, "pdf"),
        (b"\x89PNG\r\n\x1a\n0", "png"),
        (b"\xff\xd8\xff0", "jpg"),
        (office("word/document.xml"), "docx"),
        (office("xl/workbook.xml"), "xlsx"),
    ],
    ids=["pdf", "png", "jpg", "docx", "xlsx"],
)
def test_the_content_decides_what_a_file_is(content: bytes, ending: str) -> None:
    assert check_file("清单.exe", content).name == f"清单.{ending}"


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00",
        b"<html><script>alert(1)</script>",
        b"PK\x03\x04 broken",
        office("readme.txt"),
        office("word/document.xml", "word/vbaProject.bin"),
    ],
)
def test_anything_else_is_refused_whatever_it_is_called(content: bytes) -> None:
    with pytest.raises(BadFile):
        check_file("清单.pdf", content)


@pytest.mark.parametrize("content", [b"", PDF + b"0" * MAX_FILE_BYTES], ids=["nothing", "too much"])
def test_nothing_and_too_much_are_refused(content: bytes) -> None:
    with pytest.raises(FileTooLarge):
        check_file("清单.pdf", content)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\temp\\清单.pdf", "清单.pdf"),
        ('a<b>"c".pdf', "abc.pdf"),
        ("", "文件.pdf"),
        ("...", "文件.pdf"),
        ("长" * 300 + ".pdf", "长" * 100 + ".pdf"),
    ],
)
def test_a_name_is_made_harmless(name: str, kept: str) -> None:
    assert check_file(name, PDF).name == kept
