"""`xiaoer cases import`: a table of cases into the register, with a bar and a report."""

import csv
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.documents.case_table import neutral
from bot.operations.errors import OperationFailed
from bot.operations.prepare import OpenSqlUnit
from bot.services.cases.bulk_import import (
    CaseImport,
    RowProblem,
    begin_import,
    finish_import,
    import_batch,
)
from bot.services.cases.ports import ImportState
from bot.services.cases.rows import REQUIRED
from bot.settings import Settings
from bot.store.calendars import load_calendar
from bot.store.case_rules import load_case_rules
from bot.store.case_tables import Row, open_table
from bot.store.catalogue.loader import load_catalogue

BATCH = 500
"""Rows of one transaction: what is lost and done again when the import is cut off."""

REPORT_HEADINGS = ("行号", "办件编号", "列", "问题")


def case_import(settings: Settings, unit_of_work: OpenSqlUnit, now: datetime) -> CaseImport:
    """Return what an import needs, built from the settings."""
    return CaseImport(
        unit_of_work=unit_of_work,
        catalogue=load_catalogue(settings.data_dir / "catalogue"),
        calendar=load_calendar(settings.data_dir / "calendar", settings.state_dir / "calendar"),
        rules=load_case_rules(settings.data_dir / "services"),
        now=now,
    )


def import_cases(
    work: CaseImport, file: Path, report: Path, console: Console, *, is_again: bool = False
) -> ImportState:
    """Import a table; called again with the same file it goes on where it stopped.

    Args:
        work: What an import needs.
        file: CSV or XLSX.
        report: Where the rows with problems are listed, as CSV for Excel.
        console: Shows the bar.
        is_again: Look at every row of a file that has been imported before.

    Raises:
        BadTable: The file is no table.
        OperationFailed: Columns are missing.
    """
    table = open_table(file)
    missing = [name for name in REQUIRED if name not in table.headings]
    if missing:
        raise OperationFailed(f"{file.name} 缺少列：{'、'.join(missing)}（第一行要是列名）")
    state = begin_import(work, table.digest, is_again=is_again)
    if state.finished_at is not None:
        return state
    _begin_report(report, keep_until=state.rows_done)
    columns = (
        TextColumn("导入办件"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task("", total=table.length, completed=state.rows_done)
        for first, rows in _batches(table.rows(state.rows_done), state.rows_done):
            state, problems = import_batch(work, table.digest, first, rows)
            _add_to_report(report, problems)
            progress.update(bar, completed=state.rows_done)
    return finish_import(work, table.digest)


def _batches(rows: Iterator[Row], done: int) -> Iterator[tuple[int, Sequence[Row]]]:
    while True:
        batch = list(islice(rows, BATCH))
        if not batch:
            return
        yield done + 1, batch
        done += len(batch)


def _begin_report(report: Path, *, keep_until: int) -> None:
    """Start the report; of an import that was cut off, what the database knows of is kept."""
    kept: list[list[str]] = []
    if keep_until and report.exists():
        with report.open(encoding="utf-8-sig", newline="") as lines:
            known = [line for line in csv.reader(lines) if line and line[0].isdecimal()]
        kept = [line for line in known if int(line[0]) <= keep_until]
    with report.open("w", encoding="utf-8-sig", newline="") as lines:
        csv.writer(lines).writerows([REPORT_HEADINGS, *kept])


def _add_to_report(report: Path, problems: Sequence[RowProblem]) -> None:
    with report.open("a", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        for one in problems:
            writer.writerow((one.row, *map(neutral, (one.number, one.column, one.text))))
