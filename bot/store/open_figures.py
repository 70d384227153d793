"""Reads the figures of the open statistics, and computes them from the published table."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import yaml

from bot.domain.open_data import Count
from bot.domain.open_figures import Figure, FigureBook, Group, Values
from bot.store.read_once import read_files_once

TABLE = """CREATE TABLE counts (
  what TEXT NOT NULL, month TEXT NOT NULL, dimension TEXT NOT NULL, key TEXT NOT NULL,
  n INTEGER NOT NULL, due INTEGER NOT NULL, kept INTEGER NOT NULL,
  PRIMARY KEY (what, month, dimension, key))"""
COLUMNS = ("what", "month", "dimension", "key", "n", "due", "kept")


@read_files_once("open/figures.yml")
def load_figures(data_dir: Path) -> FigureBook:
    """Read `data/open/figures.yml`."""
    raw = yaml.load(
        (data_dir / "open" / "figures.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )
    return FigureBook(
        groups=tuple(_group(one) for one in raw["groups"]),
        labels=raw["labels"],
        unknown=raw["unknown"],
        other=raw["other"],
    )


def compute(counts: Iterable[Count], book: FigureBook) -> Values:
    """Return the figures of published counts, each by its own query and nothing else.

    The table is an SQLite database in memory: everybody has the same one, whatever the service
    itself keeps its data in.
    """
    rows = [tuple(getattr(one, name) for name in COLUMNS) for one in counts]
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(TABLE)
        database.executemany("INSERT INTO counts VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        return {
            figure.name: [(str(key), value) for key, value in database.execute(figure.sql)]
            for figure in book.figures
        }


def _group(raw: Any) -> Group:
    return Group(raw["name"], raw["title"], tuple(_figure(one) for one in raw["figures"]))


def _figure(raw: Any) -> Figure:
    return Figure(**{"labels": "", **raw, "sql": raw["sql"].strip()})
