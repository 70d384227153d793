"""The lines of the Telegram channel, and its rough map."""

from pathlib import Path

import pytest

from bot.channels.places import load_places
from bot.channels.telegram.texts import BadTelegramTexts, load_telegram_texts
from bot.domain.payloads import BadPayload
from bot.domain.places import Division
from bot.settings import ROOT
from tests.desk_cast import catalogue

DATA = ROOT / "data"


def copy_with(folder: Path, old: str, new: str) -> Path:
    (folder / "telegram").mkdir()
    text = (DATA / "telegram" / "messages.yml").read_text(encoding="utf-8")
    assert old in text
    (folder / "telegram" / "messages.yml").write_text(text.replace(old, new), encoding="utf-8")
    return folder


def test_what_ships_can_be_read() -> None:
    assert load_telegram_texts(DATA).line("file_kept", name="照片").text.count("照片") == 1


def test_a_line_that_nobody_says_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(BadTelegramTexts, match="voices"):
        load_telegram_texts(copy_with(tmp_path, "  voice:\n    text", "  voices:\n    text"))


def test_a_button_that_nobody_may_press_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(BadPayload):
        load_telegram_texts(copy_with(tmp_path, "/request_agent", "/restart"))


def test_the_map_has_every_division_and_only_those() -> None:
    divisions = {one.id for one in catalogue().districts.values() if isinstance(one, Division)}

    assert set(load_places(DATA).points) == divisions


def test_the_nearest_districts_come_first_and_far_places_give_none() -> None:
    places = load_places(DATA)

    assert places.nearest(36.45, 115.98)[0] == "371502"
    assert places.nearest(31.2, 121.5) == []
