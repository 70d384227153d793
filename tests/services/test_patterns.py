"""No pattern of ours reads a word that is typed over and over in exponentially many ways.

Such a pattern would hold up a worker for good. Here it is stopped by the time that the processor
spends on it, so that a busy machine counts for nothing: a good one takes less than a thousandth.
"""

import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

import actions
import bot.documents
import bot.domain
import bot.nlu
import bot.services

TIMES = 40
PATIENCE_S = 5
FOLDERS = (actions, bot.documents, bot.domain, bot.nlu, bot.services)
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


@contextmanager
def _stopped_after(seconds: float, what: str) -> Iterator[None]:
    """Fail when more time of the processor than that is spent inside."""

    def fail(_signal: int, _frame: FrameType | None) -> None:
        pytest.fail(f"no end of reading {what}")

    before = signal.signal(signal.SIGVTALRM, fail)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


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
            with _stopped_after(PATIENCE_S, f"“{word}” over and over by {pattern.pattern}"):
                pattern.search(text)
                pattern.fullmatch(text)
            read += 1
    assert read >= len(patterns)


def test_a_pattern_that_reads_in_exponentially_many_ways_is_stopped() -> None:
    slow = re.compile("(?:用不用|不用|用)*去")

    with pytest.raises(pytest.fail.Exception), _stopped_after(0.2, "a slow one"):
        slow.search("用不用" * TIMES)
