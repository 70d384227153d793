"""`docs/asvs.md` names places and tests that exist."""

import re

from bot.settings import ROOT

PAGE = (ROOT / "docs" / "asvs.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|\n").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| V")
]


def test_every_point_has_a_state_and_a_kept_one_a_place() -> None:
    assert len(ROWS) > 40
    for _chapter, point, state, place, _test in ROWS:
        assert state in {"kept", "partly", "no", "none"}, point
        assert place or state in {"no", "none"}, point


def test_every_place_is_there() -> None:
    named = {path for row in ROWS for path in re.findall(r"`([^`]+)`", row[3])}

    assert {path for path in named if not (ROOT / path).exists()} == set()


def test_every_test_is_there() -> None:
    missing = []
    for row in ROWS:
        for name in re.findall(r"`([^`]+)`", row[4]):
            path, _, test = name.partition("::")
            file = ROOT / path
            if not file.exists() or (test and f"def {test}(" not in file.read_text("utf-8")):
                missing.append(name)
    assert missing == []


def test_every_chapter_of_the_standard_is_named() -> None:
    assert {row[0].split()[0] for row in ROWS} == {f"V{number}" for number in range(1, 18)}
