"""The hub's lines are complete and can be said."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.domain.conversations import Author
from bot.domain.payloads import BadPayload
from bot.settings import ROOT
from bot.store.hub_texts import BadHubTexts, load_hub_texts

FILE = ROOT / "data" / "hub" / "messages.yml"


def changed(tmp_path: Path, **parts: object) -> Path:
    """Copy the file with some of its parts replaced."""
    yaml = YAML(typ="safe", pure=True)
    raw = yaml.load(FILE.read_text(encoding="utf-8"))
    folder = tmp_path / "hub"
    folder.mkdir()
    (tmp_path / "common").symlink_to(ROOT / "data" / "common")
    with (folder / "messages.yml").open("w", encoding="utf-8") as file:
        yaml.dump({**raw, **parts}, file)
    return tmp_path


def test_the_shipped_file_is_complete() -> None:
    texts = load_hub_texts(ROOT / "data")

    assert all(line.author is Author.SYSTEM for line in texts.lines.values())
    assert "12345" in texts.lines["outage"].text
    assert texts.titles["/start_business"] == "开店办照"
    assert "5003" in texts.error("text_too_long", length=5003, limit=5000)


WITH_VALUES = {
    "text_too_long", "file_empty", "file_not_taken", "file_too_large", "too_many_files",
    "file_infected", "file_unchecked",
}  # fmt: skip


def test_every_other_error_sentence_can_be_said_without_values() -> None:
    texts = load_hub_texts(ROOT / "data")
    for code in set(texts.errors) - WITH_VALUES:
        assert texts.error(code) == texts.errors[code]


@pytest.mark.parametrize("part", ["lines", "errors"])
def test_a_missing_line_stops_the_start(tmp_path: Path, part: str) -> None:
    with pytest.raises(BadHubTexts, match=part):
        load_hub_texts(changed(tmp_path, **{part: {}}))


def test_a_button_that_nobody_may_press_stops_the_start(tmp_path: Path) -> None:
    starters = [{"title": "坏", "payload": "/hand_back"}]
    with pytest.raises(BadPayload):
        load_hub_texts(changed(tmp_path, starters=starters))
