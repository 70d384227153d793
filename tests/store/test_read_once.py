"""A folder is read again when, and only when, one of its files changed."""

from pathlib import Path

import pytest

from bot.store.read_once import read_files_once, read_once


@read_once
def names(folder: Path) -> tuple[str, ...]:
    found = tuple(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yml")))
    if "broken" in found:
        raise ValueError(found)
    return found


def test_an_unchanged_folder_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("one", encoding="utf-8")

    assert names(tmp_path) is names(tmp_path)


def test_a_changed_or_new_file_is_seen(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("one", encoding="utf-8")
    before = names(tmp_path)
    (tmp_path / "a.yml").write_text("other", encoding="utf-8")
    changed = names(tmp_path)
    (tmp_path / "b.yml").write_text("more", encoding="utf-8")

    assert (before, changed, names(tmp_path)) == (("one",), ("other",), ("other", "more"))


def test_a_fault_is_told_each_time(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("broken", encoding="utf-8")

    for _ in range(2):
        with pytest.raises(ValueError, match="broken"):
            names(tmp_path)


@read_files_once("a.yml")
def first(folder: Path) -> list[str]:
    return [(folder / "a.yml").read_text(encoding="utf-8")]


def test_of_named_files_only_those_count(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("one", encoding="utf-8")
    before = first(tmp_path)
    (tmp_path / "b.yml").write_text("more", encoding="utf-8")
    assert first(tmp_path) is before
    (tmp_path / "a.yml").write_text("other", encoding="utf-8")

    assert first(tmp_path) == ["other"]


def test_a_missing_file_is_told_and_read_once_it_is_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        first(tmp_path)
    (tmp_path / "a.yml").write_text("one", encoding="utf-8")

    assert first(tmp_path) == ["one"]


def test_one_file_is_read_once_as_well(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("one", encoding="utf-8")
    read = read_once(lambda file: [file.read_text(encoding="utf-8")])
    before = read(path)
    assert read(path) is before
    path.write_text("other", encoding="utf-8")

    assert read(path) == ["other"]
