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
    for found in pkgutil.walk_packages(folder.__path__, f"{folder.__name__}.")
    if not found.ispkg and not found.name.endswith("__main__")
)


_HAN = "[\u4e00-\u9fff]"
_CHOICE = re.compile(f"({_HAN}*)\\((?:\\?:)?({_HAN}[\u4e00-\u9fff|]*)\\)\\??({_HAN}*)")
"""Words of which one is chosen, with what stands right before and behind: (?:就|也)?是."""


def _words(pattern: str) -> set[str]:
    """Return the words and single signs of which a pattern is made, with and without what may be.

    "(?:就|(?:就|也)?是)*" reads 就是 in two ways, and 就 and 是 in one.
    """
    spelled = (pattern, pattern.replace("?", ""), re.sub(f"{_HAN}\\?", "", pattern))
    runs = {run for one in spelled for run in re.findall(f"{_HAN}+", one)}
    for before, words, behind in _CHOICE.findall(pattern):
        for word in words.split("|"):
            runs |= {f"{before}{word}", f"{word}{behind}", f"{before}{word}{behind}"} - {""}
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


@pytest.mark.parametrize(
    ("pattern", "word"),
    [
        ("(?:就|(?:就|也)?是|我)+", "就是"),
        ("(?:早就|早|就)*", "早就"),
        ("(?:上|上个?月|月)*", "上月"),
    ],
)
def test_what_may_be_left_out_is_tried_with_and_without(pattern: str, word: str) -> None:
    assert word in _words(pattern)
