"""What the rules of axe find on a page, without what nobody reads of its answer.

axe works out a selector for each place it has looked at, and lists what is good as well: on a long
page that takes longer than the rules. All rules are tried all the same.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page

ALL_RULES: Mapping[str, object] = {"resultTypes": ["violations"], "selectors": False}


def violations(page: Page | Frame, options: Mapping[str, object] = ALL_RULES) -> list[str]:
    """Return each rule that a page or a frame breaks, with the beginning of what breaks it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_script())
    found: Any = page.evaluate("(options) => axe.run(document, options)", dict(options))
    return [
        f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]
    ]


@lru_cache(maxsize=1)
def _script() -> str:
    return str(Axe().axe_script)
