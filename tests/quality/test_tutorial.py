"""The tutorial, word by word: its commands run in a copy of the checkout and show what it says."""

import re
import subprocess
from pathlib import Path

import yaml

from bot.settings import ROOT

BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGE = ROOT / "docs" / "tutorial.md"


def blocks() -> list[tuple[str, str]]:
    return BLOCK.findall(PAGE.read_text(encoding="utf-8"))


def test_the_commands_of_the_tutorial_show_what_it_says(tmp_path: Path) -> None:
    for name in ("data", "bot", ".venv"):
        (tmp_path / name).symlink_to(ROOT / name)
    script = "set -eu\n" + "".join(text for kind, text in blocks() if kind == "bash")
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    shown = done.stdout + done.stderr
    assert done.returncode == 0, shown
    for kind, text in blocks():
        if not kind and not text.startswith(".venv/"):
            assert [line for line in text.splitlines() if line not in shown] == []
    assert not (ROOT / "var" / "tutorial").exists(), "the tutorial works beside the real data"


def test_every_page_of_the_navigation_exists_and_the_first_pages_are_in_it() -> None:
    site = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    found: list[str] = []
    for part in site["nav"]:
        for below in part.values():
            found += [below] if isinstance(below, str) else [p for e in below for p in e.values()]
    assert [page for page in found if not (ROOT / "docs" / page).exists()] == []
    assert {"index.md", "tutorial.md", "operations.md", "architecture.md"} <= set(found)


def test_the_site_loads_nothing_from_elsewhere() -> None:
    site = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    assert site["theme"]["font"] is False
    assert site["strict"] is True
    assert "extra_javascript" not in site
    assert "extra_css" not in site
