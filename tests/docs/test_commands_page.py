"""The reference of commands is what the parser of `xiaoer` takes, and leaves nothing unsaid."""

import argparse
import re

from bot.cli import make_parser
from bot.settings import ROOT
from tools.commands_page import PAGE, arguments, commands, lines

NAMED = re.compile(r"\bxiaoer ([a-z][a-z-]+)(?: ([a-z][a-z-]+))?")


def test_the_reference_is_made_from_the_parser_of_today() -> None:
    made = "\n".join(lines()).splitlines()
    assert PAGE.read_text(encoding="utf-8").splitlines() == made, (
        "run python -m tools.commands_page"
    )


def test_every_command_and_every_argument_says_what_it_is() -> None:
    silent = [
        f"{name} {argument.dest}"
        for name, parser in commands(make_parser())
        for argument in arguments(parser)
        if not argument.help
    ]
    silent += [name for name, parser in commands(make_parser()) if not parser.description]
    assert silent == []


def test_every_command_that_can_be_given_is_in_the_reference() -> None:
    parser = argparse.ArgumentParser()
    kinds = parser.add_subparsers()
    kinds.add_parser("one", description="1").add_argument("--two", help="2")
    below = kinds.add_parser("three").add_subparsers()
    below.add_parser("four", description="4")

    assert [name for name, _ in commands(parser)] == ["one", "three four"]
    assert len({name for name, _ in commands(make_parser())}) > 50


def test_no_document_names_a_command_that_is_not_there() -> None:
    whole = {name for name, _ in commands(make_parser())}
    known = whole | {name.rsplit(" ", cut)[0] for name in whole for cut in (1, 2)}
    unknown = []
    for page in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")):
        for named in NAMED.finditer(page.read_text(encoding="utf-8")):
            first, second = named.groups()
            said = first if first in whole or not second else f"{first} {second}"
            unknown += [] if said in known else [f"{page.name}: xiaoer {said}"]
    assert unknown == []
