"""Writes docs/readers.md: the readers that answer a message outside forms, in their order.

Usage: python -m tools.readers_page; a test sees that the page is as the code.
"""

import ast
import importlib
import inspect
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from types import ModuleType

from bot.settings import ROOT

PAGE = ROOT / "docs" / "readers.md"

MODULES = ("actions.steering.steer", "actions.steering.asked_outside")
"""Where the lists stand, in the order in which a turn comes to them."""

HEAD = """# The readers, in their order

Made by `python -m tools.readers_page` out of the code; [dialogue.md](dialogue.md) says what stands
around the lists. Outside forms a typed message is given to these readers one after the other, and
the first that takes it answers. A new reader is a function of the same shape in one of the lists;
where it stands decides what it may take from the others.
"""


def page() -> str:
    """Return the whole page."""
    parts = [part for name in MODULES for part in _lists(importlib.import_module(name))]
    return "\n".join([HEAD, *parts])


def _lists(module: ModuleType) -> Iterator[str]:
    """Yield a section for each list of readers of a module."""
    body = ast.parse(inspect.getsource(module)).body
    for node, behind in pairwise(body):
        if isinstance(node, ast.AnnAssign) and "Reader" in ast.unparse(node.annotation):
            name = ast.unparse(node.target)
            told = ast.literal_eval(behind.value) if isinstance(behind, ast.Expr) else ""
            yield f"## {name}\n\n`{_path(module)}`: {told}\n\n| reader | module | |\n|---|---|---|"
            yield from (_row(read) for read in getattr(module, name))
            yield ""


def _row(read: object) -> str:
    own = inspect.unwrap(read)  # type: ignore[arg-type]
    told = " ".join((inspect.getdoc(own) or "").partition("\n\n")[0].split())
    home = importlib.import_module(own.__module__)
    return f"| `{own.__name__}` | `{_path(home)}` | {told} |".replace("  ", " ")


def _path(module: ModuleType) -> str:
    return Path(str(module.__file__)).relative_to(ROOT).as_posix()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
