"""Reads what people told who wanted to open a business, by the trade that they meant.

The sentences stand in `data/start_business/nlu.yml`, where the model of intents learns from them as
well; a section of them names its trade in Rasa's own `metadata`.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from bot.services.learning.lesson_examples import plain_text
from bot.store.read_once import read_files_once

_FILE = "start_business/nlu.yml"
_SECTION = re.compile(r"^- intent:")
_TRADE = re.compile(r"^    trade:\s*(.+?)\s*$")
_EXAMPLE = re.compile(r"^    - (.+)$")


@read_files_once(_FILE)
def load_opening_stories(data_dir: Path) -> Mapping[str, tuple[str, ...]]:
    """Return the plain sentences by the name of their trade, in the order of the file."""
    told: dict[str, list[str]] = {}
    trade = ""
    for line in (data_dir / _FILE).read_text(encoding="utf-8").splitlines():
        named, example = _TRADE.match(line), _EXAMPLE.match(line)
        if _SECTION.match(line):
            trade = ""
        elif named:
            trade = named[1]
        elif example and trade:
            told.setdefault(trade, []).append(plain_text(example[1]))
    return MappingProxyType({name: tuple(texts) for name, texts in told.items()})
