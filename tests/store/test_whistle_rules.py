from datetime import time
from pathlib import Path

import pytest

from bot.domain.ticket_clocks import ClockKind, LimitUnit, Urgency
from bot.store.whistle_rules import BadWhistleRules, load_whistle_rules
from tests.casework_factories import ROOT, catalogue

FOLDER = ROOT / "data" / "services"


def test_the_products_own_rules_load_and_say_that_nobody_has_confirmed_them() -> None:
    rules = load_whistle_rules(FOLDER, catalogue())
    assert rules.periods == ((time(9), time(12)), (time(13), time(17)))
    assert rules.limits[ClockKind.REPORT_IN][Urgency.URGENT].unit is LimitUnit.WORKING_HOUR
    assert not rules.limits[ClockKind.ANSWER][Urgency.NORMAL].verified
    assert rules.keywords["通不上电"] == "util-power"


def test_every_matter_of_the_catalogue_is_of_one_kind() -> None:
    rules = load_whistle_rules(FOLDER, catalogue())
    for matter_id in catalogue().matters:
        assert sum(matter_id in kind.matters for kind in rules.kinds.values()) == 1


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("deadlines.yml", "value: 1,", "value: 0,"),
        ("deadlines.yml", "value: 1,", "value: half,"),
        ("deadlines.yml", "unit: working_day", "unit: fortnight"),
        ("deadlines.yml", '["13:00", "17:00"]', '["11:00", "17:00"]'),
        ("deadlines.yml", "extension:", "extra:"),
        ("deadlines.yml", "answer:", "answer: ["),
        ("deadlines.yml", "exit: 注销退出", "leave: 注销退出"),
        ("deadlines.yml", "own_limits: {}", "own_limits: {tax: {answer: {normal: 3}}}"),
        ("whistle_words.yml", "停电", "通不上水"),
        ("whistle_words.yml", "words:", "others:"),
    ],
)
def test_wrong_rules_are_refused(tmp_path: Path, file: str, old: str, new: str) -> None:
    for source in FOLDER.glob("*.yml"):
        text = source.read_text(encoding="utf-8")
        if source.name == file:
            assert old in text
            text = text.replace(old, new)
        (tmp_path / source.name).write_text(text, encoding="utf-8")
    with pytest.raises(BadWhistleRules):
        load_whistle_rules(tmp_path, catalogue())


def test_missing_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadWhistleRules, match="deadlines"):
        load_whistle_rules(tmp_path, catalogue())
