"""No pattern of ours reads a word that is typed over and over in exponentially many ways.

Such a pattern would hold up a worker for good: a mistake is seen as a run that does not end.
"""

import importlib
import pkgutil
import re

import pytest

import actions
import bot.documents
import bot.domain
import bot.services

TIMES = 40
FOLDERS = (actions, bot.documents, bot.domain, bot.services)
NAMES = sorted(
    found.name
    for folder in FOLDERS
    for found in pkgutil.iter_modules(folder.__path__, f"{folder.__name__}.")
    if not found.ispkg and not found.name.endswith("__main__")
)


def _words(pattern: str) -> set[str]:
    """Return the words and single signs of which a pattern is made."""
    runs = re.findall("[\u4e00-\u9fff]+", pattern)
    return {*runs, *"".join(runs), " ", "，"}


@pytest.mark.parametrize("name", NAMES)
def test_a_word_of_a_pattern_over_and_over_is_read_at_once(name: str) -> None:
    module = importlib.import_module(name)
    patterns = {p.pattern: p for p in vars(module).values() if isinstance(p, re.Pattern)}
    read = 0
    for pattern in patterns.values():
        if not isinstance(pattern.pattern, str):
            continue
        for word in _words(pattern.pattern):
            text = f"{word * TIMES}x"
            pattern.search(text)
            pattern.fullmatch(text)
            read += 1
    assert read >= len(patterns)
