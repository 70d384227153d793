"""Put other names into training examples, so that a tagger learns where a name ends by context.

An example with a trade, a document, a matter or a project is repeated with another name of the same
kind. In most of the repetitions the new name is hidden: it is not marked as known and is split
like any text, as a name that no list holds would be.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import jieba
import yaml

from bot.nlu.lexicon import BROAD
from bot.nlu.spans import Span
from bot.nlu.tokenizer import LEXICON_RANK

PARTS = BROAD / "parts.yml"
_SEED = 7
_PLACE = re.compile("[店馆铺厅房吧摊院所室场厂园站坊行会城]$|公司$|中心$")
_DEED = re.compile("^[养种修收]")

Pools = Mapping[str, Sequence[str]]
"""Names by kind."""

Place = Callable[[int, int], "tuple[int, int] | None"]
"""Where a stretch of the old text lies in the new one; None when a new name stands there."""


@dataclass(frozen=True)
class Row:
    """What a tagger learns from: a text, its words, known names and marked entities, by offset."""

    text: str
    words: list[tuple[int, int]]
    known: list[Span]
    marked: list[Span]


def kind_of(entity: str, name: str) -> str:
    """Return the kind of a name: names of one kind fit into each other's sentences.

    A place (烤鱼店) is opened, a deed (养驴) is done, any other trade is both.
    """
    if entity != "industry":
        return entity
    if _PLACE.search(name):
        return "industry place"
    return "industry deed" if _DEED.match(name) else entity


def read_pools(folder: Path, rows: Sequence[Row]) -> Pools:
    """Return names to put in: those of the broad lists, of the parts and of the examples.

    Args:
        folder: The lexicon folder.
        rows: The examples.
    """
    found: dict[str, set[str]] = {}
    path = folder / PARTS
    parts = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}
    for entity, pairs in parts.items():
        for pair in pairs:
            for first in pair["first"]:
                for last in pair["last"]:
                    found.setdefault(kind_of(entity, first + last), set()).add(first + last)
        broad = folder / BROAD / f"{entity}.txt"
        for name in broad.read_text(encoding="utf-8").split() if broad.exists() else ():
            found.setdefault(kind_of(entity, name), set()).add(name)
    for row in rows:
        for span in row.marked:
            name = row.text[span.start : span.end]
            if span.entity in parts:
                found.setdefault(kind_of(span.entity, name), set()).add(name)
    return {kind: sorted(names) for kind, names in found.items()}


class Substitution:
    """Makes rows with other names; the same rows in the same order give the same answer."""

    def __init__(self, pools: Pools, copies: int, hidden_share: float) -> None:
        """Take the names, how often each row is repeated, and the share of hidden names (0..1)."""
        self._pools = pools
        self._copies = copies
        self._hidden_share = hidden_share
        self._random = random.Random(_SEED)  # noqa: S311 - repeatable, no secret
        self._splitter = jieba.Tokenizer()  # knows none of our names

    def repeated(self, row: Row) -> Iterator[Row]:
        """Yield the row with other names; nothing for a row that has none to exchange."""
        kinds = {span: kind_of(span.entity, row.text[span.start : span.end]) for span in row.marked}
        pools = {span: self._pools[kind] for span, kind in kinds.items() if kind in self._pools}
        for _ in range(self._copies if pools else 0):
            names = {span: self._random.choice(pool) for span, pool in pools.items()}
            is_hidden = self._random.random() < self._hidden_share
            yield self._with_names(row, names, is_hidden=is_hidden)

    def _with_names(self, row: Row, names: Mapping[Span, str], *, is_hidden: bool) -> Row:
        text, position = "", 0
        moved: list[tuple[int, int]] = []  # end of a name before, and how far it moves what follows
        places: list[Span] = []
        for span in sorted(names, key=lambda s: s.start):
            text += row.text[position : span.start]
            places.append(Span(len(text), len(text) + len(names[span]), span.entity, LEXICON_RANK))
            text += names[span]
            position = span.end
            moved.append((span.end, len(text) - span.end))
        text += row.text[position:]

        def place(start: int, end: int) -> tuple[int, int] | None:
            if any(start < span.end and end > span.start for span in names):
                return None
            shift = max(((at, by) for at, by in moved if at <= start), default=(0, 0))[1]
            return start + shift, end + shift

        words = [at for word in row.words if (at := place(*word))]
        if is_hidden:
            words += [w for p in places for w in self._split(text, p)]
        else:
            words += [(p.start, p.end) for p in places]
        known = [*_moved(row.known, place), *([] if is_hidden else places)]
        marked = [*_moved(row.marked, place), *places]
        return Row(text, sorted(words), sorted(known, key=_start), sorted(marked, key=_start))

    def _split(self, text: str, place: Span) -> Iterator[tuple[int, int]]:
        for _, first, last in self._splitter.tokenize(text[place.start : place.end]):
            yield place.start + first, place.start + last


def _start(span: Span) -> int:
    return span.start


def _moved(spans: Sequence[Span], place: Place) -> Iterator[Span]:
    for span in spans:
        if at := place(span.start, span.end):
            yield Span(*at, span.entity, span.rank)
