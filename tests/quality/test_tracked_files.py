from pathlib import Path

import pytest

from bot.settings import ROOT
from tools.check_tracked_files import LARGEST_FILE_BYTES, offences, tracked_files


def found_in(folder: Path, name: str, content: str) -> list[str]:
    (folder / name).write_text(content, encoding="utf-8")
    return list(offences(folder, [Path(name)]))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("see https://py" + "pi.org/simple", "package index"),
        ("registry=https://registry.npm" + "js.org", "package index"),
        ("path = '/wo" + "rk/main/.venv'", "one machine"),
        ("cd /ro" + "ot/project", "one machine"),
        ("/ho" + "me/lilei/xiaoer", "one machine"),
        ("-----BEGIN RSA PRIVATE " + "KEY-----", "private key"),
        ("token = 1234567890:" + "A" * 35, "bot token"),
    ],
)
def test_what_must_not_be_committed_is_found_with_its_line(
    tmp_path: Path, content: str, reason: str
) -> None:
    (line,) = found_in(tmp_path, "a.txt", f"first\n{content}\n")
    assert line.startswith("a.txt:2: ")
    assert reason in line


@pytest.mark.parametrize(
    "content",
    ["homework/list", "src/work/x", "https://example.org/work/", "/usr/bin/env"],
)
def test_ordinary_paths_are_fine(tmp_path: Path, content: str) -> None:
    assert found_in(tmp_path, "a.txt", content) == []


@pytest.mark.parametrize("name", ["a.pyc", "data.db", "server.key", "model.tar.gz"])
def test_files_made_by_programs_are_found(tmp_path: Path, name: str) -> None:
    assert found_in(tmp_path, name, "x") != []


def test_a_huge_file_is_found(tmp_path: Path) -> None:
    assert found_in(tmp_path, "a.txt", "x" * (LARGEST_FILE_BYTES + 1)) != []


def test_this_repository_is_clean() -> None:
    assert list(offences(ROOT, tracked_files(ROOT))) == []
