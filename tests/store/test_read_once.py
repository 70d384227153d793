"""A folder is read again when, and only when, one of its files changed."""

from pathlib import Path

import pytest

from bot.store.read_once import read_once


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
