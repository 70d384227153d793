"""What a page says stands in a module, stands there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*(ROOT / "docs").glob("*.md"), *ROOT.glob("*.md")])

_NAMED = re.compile(
    r"`(?P<name>_?\w+)` in `(?P<path>(?:actions|bot|tools|tests|bench)/[\w/]+\.py)`"
)
"""`answer_lent` in `actions/licences/licence_lent.py`."""


def test_pages_name_code() -> None:
    named = [one for page in PAGES for one in _NAMED.finditer(page.read_text("utf-8"))]
    assert len(named) > 20


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_says_of_a_module_stands_there(page: Path) -> None:
    for named in _NAMED.finditer(page.read_text("utf-8")):
        module = ROOT / named["path"]
        assert module.is_file(), named[0]
        defined = rf"^\s*(?:class |def |async def )?{named['name']}\b"
        assert re.search(defined, module.read_text("utf-8"), re.MULTILINE), named[0]
