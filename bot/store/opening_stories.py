"""Reads what people told who wanted to open a business, or something else, in no official words."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from ruamel.yaml import YAML

from bot.store.read_once import read_files_once

_FILE = "start_business/told.yml"

OPENS = "start_business"
"""Intent of who wants to open a business."""


@dataclass(frozen=True)
class OpeningStories:
    """First messages told as stories.

    Attributes:
        opens: What was told by who wants to open a business, by a name of its trade.
        wants: What was told by everybody else, by intent.
    """

    opens: Mapping[str, tuple[str, ...]]
    wants: Mapping[str, tuple[str, ...]]

    @property
    def by_intent(self) -> Mapping[str, tuple[str, ...]]:
        """All of them by the intent that they had."""
        own = tuple(text for texts in self.opens.values() for text in texts)
        return {**self.wants, OPENS: (*self.wants.get(OPENS, ()), *own)}


@read_files_once(_FILE)
def load_opening_stories(data_dir: Path) -> OpeningStories:
    """Read them; raises `KeyError` where a part of the file is missing."""
    content = YAML(typ="safe").load((data_dir / _FILE).read_text(encoding="utf-8"))
    return OpeningStories(_texts(content["opens"]), _texts(content["wants"]))


def _texts(part: Mapping[object, list[object]]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({str(k): tuple(str(text) for text in v) for k, v in part.items()})
