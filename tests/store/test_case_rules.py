from datetime import date, datetime, time
from pathlib import Path

import pytest

from bot.domain.case_rules import Colour
from bot.domain.cases import CaseState
from bot.domain.people import Role
from bot.services.times.local_time import LOCAL
from bot.store.case_rules import FILE, BadCaseRules, load_case_rules
from tests.casework_factories import ROOT, case_rules

OWN = ROOT / "data" / "services" / FILE


def test_the_products_own_rules_load_and_mark_what_is_not_verified() -> None:
    rules = case_rules()
    assert [level.role for level in rules.escalations] == [Role.HEAD, Role.SUPERVISOR]
    assert rules.pauses[CaseState.HEARING].source == "行政许可法第四十五条"
    assert not rules.pauses[CaseState.PUBLICITY].verified
    assert rules.quiet.begins == time(21)


@pytest.mark.parametrize(
    ("left", "limit", "colour"),
    [
        (10, 10, Colour.GREEN),
        (3, 10, Colour.GREEN),
        (2, 10, Colour.YELLOW),  # a fifth of the limit
        (1, 3, Colour.YELLOW),
        (0, 3, Colour.YELLOW),
        (-1, 3, Colour.RED),
    ],
)
def test_colours_go_by_the_days_left(left: int, limit: int, colour: Colour) -> None:
    assert case_rules().colours.colour(left, limit) is colour


def test_the_next_digest_is_today_or_tomorrow() -> None:
    digest = case_rules().digest
    early = datetime(2026, 11, 23, 9, tzinfo=LOCAL)
    late = datetime(2026, 11, 23, 17, 30, tzinfo=LOCAL)
    assert digest.next_after(early).date() == date(2026, 11, 23)
    assert digest.next_after(late).date() == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("red_days_left: -1", "red_days_left: 5"),
        ("red_days_left: -1", "red_days_left: -2"),
        ("yellow_share_left: 0.2", "yellow_share_left: 2"),
        ("after_working_days: 3", "after_working_days: 1"),
        ("role: head", "role: emperor"),
        ('begins: "21:00"', 'begins: "07:00"'),
        ("over_cases: 5", "over_cases: 0"),
        ("over_cases: 5", "over_cases: 五"),
        ("verified: false", "verified: maybe"),
        ("  hearing: 正在组织听证", "  hearings: 正在组织听证"),
        ("  withdrawn: 已按您的意思撤回", ""),
        ("colours:", "colors:"),
        ("digest:", "digest: ["),
    ],
)
def test_wrong_rules_are_refused_with_the_file(tmp_path: Path, old: str, new: str) -> None:
    text = OWN.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / FILE).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(BadCaseRules, match=FILE):
        load_case_rules(tmp_path)


def test_missing_rules_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadCaseRules):
        load_case_rules(tmp_path)
