"""Makes `docs/commands.md`: `python -m tools.commands_page > docs/commands.md`.

Read from the parser of `xiaoer` itself, so that no command and no option is missing.
"""

import argparse
import sys
from collections.abc import Iterator

from bot.cli import make_parser
from bot.settings import ROOT

PAGE = ROOT / "docs" / "commands.md"
HEAD = """# Commands of `xiaoer`

Made by `python -m tools.commands_page > docs/commands.md` from the parser; a test fails when it is
behind. `xiaoer` is `.venv/bin/xiaoer` in a checkout. What one does with them:
[operating](operations.md#commands). Exit code 0 means that it did what it says, 130 that Ctrl-C
ended it."""


def lines() -> Iterator[str]:
    """Yield the lines of the page."""
    yield HEAD
    for name, parser in commands(make_parser()):
        yield f"\n## `xiaoer {name}`\n\n{parser.description or ''}".rstrip()
        rows = [_row(one) for one in arguments(parser)]
        if rows:
            yield "\n| argument | means |\n|---|---|"
            yield from rows


def commands(
    parser: argparse.ArgumentParser, before: str = ""
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Yield every command that does something, with its words, in the order of the help."""
    groups = [one for one in _actions(parser) if isinstance(one, argparse._SubParsersAction)]  # noqa: SLF001 - argparse names it so
    if before and not groups:
        yield before, parser
    for group in groups:
        for name, below in group.choices.items():
            yield from commands(below, f"{before} {name}".strip())


def arguments(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """Return what a command takes; `--help` is not worth a line each time."""
    return [one for one in _actions(parser) if not isinstance(one, argparse._HelpAction)]  # noqa: SLF001 - as above


def _actions(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return parser._actions  # noqa: SLF001 - argparse tells it in no other way


def _row(action: argparse.Action) -> str:
    value = action.metavar or ("|".join(map(str, action.choices)) if action.choices else "")
    shown = str(value or action.dest.upper())
    names = ", ".join(action.option_strings)
    takes = action.nargs != 0
    label = f"{names} {shown}" if names and takes else (names or shown)
    needed = bool(names) and action.required
    optional = not names and action.nargs in {"?", "*"}
    marks = (" (needed)" if needed else "") + (" (may be left out)" if optional else "")
    return f"| `{label.replace('|', ' or ')}` | {action.help or ''}{marks} |"


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines()) + "\n")
