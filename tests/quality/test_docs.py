"""Documents that lie are worse than none: links, settings, the table of systems, lengths."""

import re
from pathlib import Path

import pytest

from bot.settings import PREFIX, ROOT, Settings

LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")
SYSTEM_ROW = re.compile(r"^\| (S\d+) \|(.+)\|(.+)\|(.+)\|$", re.MULTILINE)
TESTS_ROW = re.compile(r"^\| (S\d+) \| ((?:`tests/[^`]+`(?:, )?)+) \|$", re.MULTILINE)
LONGEST_README = 150
OPEN_SETTINGS = frozenset({"XIAOER_API_EXAMPLES", "XIAOER_NO_SKIP", "XIAOER_THOROUGH"})
"""Variables of the tooling, read outside `Settings`."""

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def anchors_of(document: Path) -> set[str]:
    """Return the anchors that GitHub makes of the headings of a document."""
    text = document.read_text(encoding="utf-8")
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_of_a_document_leads_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    broken = []
    for target in LINK.findall(text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (document.parent / name).resolve() if name else document
        if not file.exists() or (anchor and anchor not in anchors_of(file)):
            broken.append(target)
    assert broken == []


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    names = {f"{PREFIX}{name.upper()}" for name in Settings.__dataclass_fields__}
    assert {name for name in names if f"`{name}`" not in page} == set()


def test_every_documented_setting_exists() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    names = {f"{PREFIX}{name.upper()}" for name in Settings.__dataclass_fields__} | OPEN_SETTINGS
    assert set(re.findall(r"`(XIAOER_[A-Z0-9_]+)`", page)) - names == set()


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_a_readme_is_read_to_its_end(name: str) -> None:
    assert len((ROOT / name).read_text(encoding="utf-8").splitlines()) <= LONGEST_README


def test_the_table_of_systems_is_complete_and_says_how_far_each_is() -> None:
    page = (ROOT / "docs" / "features.md").read_text(encoding="utf-8")
    rows = {row[0]: row[3].strip() for row in SYSTEM_ROW.findall(page)}
    assert list(rows) == [f"S{number}" for number in range(1, 25)]
    states = {status.split(":")[0].split("(")[0].strip() for status in rows.values()}
    assert states <= {"works", "partly", "not yet"}


def test_every_system_names_tests_that_exist() -> None:
    page = (ROOT / "docs" / "features.md").read_text(encoding="utf-8")
    rows = dict(TESTS_ROW.findall(page))
    named = [name for row in rows.values() for name in re.findall(r"`([^`]+)`", row)]
    assert list(rows) == [f"S{number}" for number in range(1, 25)]
    assert len(named) >= len(rows)
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_every_decision_has_its_five_parts() -> None:
    for record in sorted((ROOT / "docs" / "adr").glob("[0-9]*.md")):
        text = record.read_text(encoding="utf-8")
        for part in ("Status:", "Date:", "## Context", "## Decision", "## Consequences"):
            assert part in text, f"{record.name} lacks {part}"


def test_every_promise_names_a_test_that_exists() -> None:
    page = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    proofs = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", page)
    assert proofs
    for file, test in proofs:
        path = ROOT / file
        assert path.exists(), file
        assert not test or f"def {test}(" in path.read_text(encoding="utf-8"), f"{file}::{test}"


def test_every_numbered_promise_has_a_test() -> None:
    page = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| (P\d+) \|(.+)\|$", page, re.MULTILINE))
    wanted = [f"P{number}" for number in (*range(1, 18), *range(20, 30), 32)]
    assert list(rows) == wanted
    assert [name for name, row in rows.items() if not re.search(r"`tests/\S+::\w+`", row)] == []
    seen = {name: row.split(" | ")[2:] for name, row in rows.items()}
    assert [name for name, cells in seen.items() if len(cells) != 1 or not cells[0].strip()] == []


def test_every_make_target_is_in_the_operators_page() -> None:
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert len(targets) <= 15
    assert [target for target in targets if f"`make {target}`" not in page] == []
