"""Writes the open statistics as tables with checksums, and computes them again from such tables."""

import csv
import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.domain.open_data import BadTables, Count
from bot.domain.open_figures import FigureBook, Values
from bot.services.operating.open_statistics import OpenTable
from bot.store.open_figures import COLUMNS, compute

COUNTS, FIGURES, BOOK, SUMS = "counts.csv", "figures.csv", "definitions.json", "SHA256SUMS"
FILES = (COUNTS, FIGURES, BOOK)
HEAD = ("figure", "key", "value")


def export_tables(made: OpenTable, book: FigureBook, folder: Path) -> Sequence[Path]:
    """Write tables, figures, definitions and checksums; returns the files.

    The checksums can be looked at with `sha256sum -c SHA256SUMS`.

    Args:
        made: The published table.
        book: The figures with their queries.
        folder: Made when it is not there; files of the same names are replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows = ([getattr(one, name) for name in COLUMNS] for one in made.counts)
    _write(folder / COUNTS, COLUMNS, rows)
    _write(folder / FIGURES, HEAD, _rows(compute(made.counts, book)))
    told = {
        "first_month": f"{made.window.first:%Y-%m}",
        "last_month": f"{made.window.last:%Y-%m}",
        "months_not_counted_yet": [f"{month:%Y-%m}" for month in made.missing],
        "facts_counted_on": made.facts_on.isoformat(),
        "figures": {one.name: _told(one) for one in book.figures},
    }
    text = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    (folder / BOOK).write_text(text, encoding="utf-8")
    sums = "".join(f"{_digest(folder / name)}  {name}\n" for name in FILES)
    (folder / SUMS).write_text(sums, encoding="utf-8")
    return [folder / name for name in (*FILES, SUMS)]


def recompute(folder: Path, book: FigureBook, shown: Values | None = None) -> list[str]:
    """Compute the figures from exported tables; returns what differs, one line each.

    Args:
        folder: Written by `export_tables`.
        book: The figures with their queries.
        shown: Figures to compare with, e.g. of the page; those of the folder by default.

    Raises:
        BadTables: A file is missing, was changed, or cannot be read.
    """
    _check_sums(folder)
    made = compute(_read_counts(folder / COUNTS), book)
    told = _read_figures(folder / FIGURES) if shown is None else shown
    found = []
    for name in sorted({*made, *told}):
        ours, theirs = dict(made.get(name, ())), dict(told.get(name, ()))
        found += [
            f"{f'{name} {key}'.strip()}: {theirs.get(key, '-')} ≠ {ours.get(key, '-')}"
            for key in sorted({*ours, *theirs})
            if ours.get(key) != theirs.get(key)
        ]
    defined = json.loads((folder / BOOK).read_text(encoding="utf-8"))["figures"]
    return found + [
        f"{one.name}: definition" for one in book.figures if defined.get(one.name) != _told(one)
    ]


def _told(figure: object) -> dict[str, str]:
    return {name: getattr(figure, name) for name in ("title", "unit", "definition", "sql")}


def _rows(values: Values) -> Iterable[Sequence[object]]:
    return ((name, key, value) for name, found in values.items() for key, value in found)


def _write(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _check_sums(folder: Path) -> None:
    for name in (*FILES, SUMS):
        if not (folder / name).is_file():
            raise BadTables(f"缺文件 (missing): {name}")
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    known = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    for name in FILES:
        if known.get(name) != _digest(folder / name):
            raise BadTables(f"文件被改过 (changed since the export): {name}")


def _read_counts(path: Path) -> list[Count]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return [
            Count(
                what=row["what"],
                month=row["month"],
                dimension=row["dimension"],
                key=row["key"],
                n=int(row["n"]),
                due=int(row["due"]),
                kept=int(row["kept"]),
            )
            for row in rows
        ]
    except (KeyError, ValueError, TypeError) as error:
        raise BadTables(f"读不懂 (cannot be read): {path.name}") from error


def _read_figures(path: Path) -> Values:
    found: dict[str, list[tuple[str, float]]] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found.setdefault(row["figure"], []).append((row["key"], float(row["value"])))
    except (KeyError, ValueError, TypeError) as error:
        raise BadTables(f"读不懂 (cannot be read): {path.name}") from error
    return found
