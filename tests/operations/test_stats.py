"""Tables of the open statistics: the same figures come out of them, or it is said where not."""

from datetime import date
from pathlib import Path

import pytest

from bot.domain.open_data import BadTables, Count, Window
from bot.operations.stats import export_tables, recompute
from bot.services.operating.open_statistics import OpenTable
from bot.settings import ROOT
from bot.store.open_figures import compute, load_figures

WINDOW = Window(date(2025, 11, 1), date(2026, 10, 1))
BOOK = load_figures(ROOT / "data")


def table() -> OpenTable:
    """Return a year in which ten letters were answered, nine of them in time."""
    lengths = [Count("letter", "", "length", key, n) for key, n in (("2", 5), ("12", 5))]
    counts = [
        Count("letter", "", "", "", 10, 10, 9),
        Count("letter_within_7", "", "", "", 10, 10, 5),
        Count("case", "", "", "", 0),
        Count("case", "2026-10", "", "", 0),
        *lengths,
    ]
    return OpenTable(WINDOW, [], date(2026, 11, 24), counts)


def test_every_figure_follows_from_the_table_by_its_query() -> None:
    values = compute(table().counts, BOOK)
    assert values["letters"] == [("", 10)]
    assert values["letters_on_time"] == [("", 90.0)]
    assert values["letters_within_7"] == [("", 50.0)]
    assert values["letter_median"] == [("", 2)]
    assert values["letter_p90"] == [("", 12)]
    assert values["cases_by_month"] == [("2026-10", 0)]


def test_what_was_too_small_to_be_in_the_table_has_no_figure() -> None:
    values = compute(table().counts, BOOK)
    assert set(values) == {one.name for one in BOOK.figures}
    assert values["talks"] == values["case_median"] == values["satisfied"] == []


def test_exported_tables_give_the_same_figures(tmp_path: Path) -> None:
    export_tables(table(), BOOK, tmp_path / "out")
    assert recompute(tmp_path / "out", BOOK) == []


def test_another_figure_on_the_page_is_named(tmp_path: Path) -> None:
    export_tables(table(), BOOK, tmp_path)
    shown = {**compute(table().counts, BOOK), "letters_on_time": [("", 99.0)]}
    assert recompute(tmp_path, BOOK, shown) == ["letters_on_time: 99.0 ≠ 90.0"]


@pytest.mark.parametrize("name", ["counts.csv", "figures.csv", "definitions.json"])
def test_a_file_that_was_changed_or_is_gone_is_named(tmp_path: Path, name: str) -> None:
    export_tables(table(), BOOK, tmp_path)
    with (tmp_path / name).open("a") as file:
        file.write("\n")
    with pytest.raises(BadTables, match=name):
        recompute(tmp_path, BOOK)
    (tmp_path / name).unlink()
    with pytest.raises(BadTables, match=name):
        recompute(tmp_path, BOOK)
