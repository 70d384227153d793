"""Takes the rows of a table of cases into the register, batch by batch; can be taken up again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.case_rules import CaseRules
from bot.domain.cases import CASE_STATE_LABELS, Case, CaseState
from bot.domain.catalogue import Catalogue
from bot.planner.calendar import WorkingCalendar
from bot.services.cases import desk as case_desk
from bot.services.cases.ports import ImportedCase, ImportState
from bot.services.cases.rows import IMPORT, BadRow, CaseLine, Cell, read_row, way
from bot.services.cases.stamps import stamp_case, stamp_of
from bot.services.ports import OpenUnitOfWork, UnitOfWork

NEW = ImportState(rows_done=0, added=0, moved=0, unchanged=0, failed=0, finished_at=None)


@dataclass(frozen=True)
class CaseImport:
    """What an import needs; `now` is one moment for the whole file."""

    unit_of_work: OpenUnitOfWork
    catalogue: Catalogue
    calendar: WorkingCalendar
    rules: CaseRules
    now: datetime


@dataclass(frozen=True)
class RowProblem:
    """A row that was not taken; `row` counts from 1, without the headings."""

    row: int
    number: str
    column: str
    text: str


def begin_import(work: CaseImport, digest: str, *, is_again: bool) -> ImportState:
    """Return how far the file with this SHA-256 has come.

    Args:
        work: What an import needs.
        digest: Of the whole file.
        is_again: Begin at the first row even if some were taken before; nothing is taken twice.
    """
    with work.unit_of_work() as uow:
        known = uow.case_imports.state(digest)
        if known is None or is_again:
            uow.case_imports.set_state(digest, NEW, work.now)
            return NEW
        return known


def import_batch(
    work: CaseImport, digest: str, first: int, rows: Sequence[Mapping[str, Cell]]
) -> tuple[ImportState, tuple[RowProblem, ...]]:
    """Take some rows in one transaction, together with the mark how far the file has come.

    A row whose case is there already, in the same state, changes nothing; one in another state
    moves it, if the table of transitions has a way. Rows with problems are left out.

    Args:
        work: What an import needs.
        digest: Of the whole file.
        first: Number of the first row, from 1.
        rows: Cells by heading.

    Returns:
        How far the file has come, and the rows that were left out.
    """
    lines, problems = _read(work, first, rows)
    with work.unit_of_work() as uow:
        state = uow.case_imports.state(digest) or NEW
        known = dict(uow.case_imports.known([line.case.number for _, line in lines]))
        new: dict[str, CaseLine] = {}
        for _, line in lines:
            if line.case.number not in known:
                new.setdefault(line.case.number, line)
        _add(uow, work, [line.imported for line in new.values()])
        moved = unchanged = 0
        for row, line in lines:
            number = line.case.number
            if new.get(number) is line:
                known[number] = line.state
            elif known[number] is line.state:
                unchanged += 1
            elif _move(uow, work, line):
                known[number] = line.state
                moved += 1
            else:
                problems.append(_no_way(row, line, known[number]))
        state = replace(
            state,
            rows_done=first - 1 + len(rows),
            added=state.added + len(new),
            moved=state.moved + moved,
            unchanged=state.unchanged + unchanged,
            failed=state.failed + len(problems),
        )
        uow.case_imports.set_state(digest, state, work.now)
    return state, tuple(sorted(problems, key=lambda problem: problem.row))


def finish_import(work: CaseImport, digest: str) -> ImportState:
    """Write down that the file is done."""
    with work.unit_of_work() as uow:
        state = replace(uow.case_imports.state(digest) or NEW, finished_at=work.now)
        uow.case_imports.set_state(digest, state, work.now)
        return state


def _read(
    work: CaseImport, first: int, rows: Sequence[Mapping[str, Cell]]
) -> tuple[list[tuple[int, CaseLine]], list[RowProblem]]:
    lines: list[tuple[int, CaseLine]] = []
    problems: list[RowProblem] = []
    for row, cells in enumerate(rows, start=first):
        found = _read_one(work, row, cells)
        if isinstance(found, RowProblem):
            problems.append(found)
        else:
            lines.append((row, found))
    return lines, problems


def _read_one(work: CaseImport, row: int, cells: Mapping[str, Cell]) -> CaseLine | RowProblem:
    try:
        return read_row(cells, work.catalogue, work.now)
    except BadRow as bad:
        return RowProblem(row, str(cells.get("办件编号") or ""), bad.column, bad.text)


def _add(uow: UnitOfWork, work: CaseImport, added: Sequence[ImportedCase]) -> None:
    stamps = [
        stamp_of(
            Case(**vars(one.case), state=one.state, events=one.events),
            rules=work.rules,
            calendar=work.calendar,
        )
        for one in added
    ]
    uow.case_imports.add_all(added, stamps)


def _move(uow: UnitOfWork, work: CaseImport, line: CaseLine) -> bool:
    case = uow.cases.by_number(line.case.number)
    path = way(case.state, line.state) if case else None
    if case is None or path is None:
        return False
    at = max(line.moves[-1][1], case.events[-1].at)
    for to in path:
        is_last = to is line.state
        case = case_desk.advance_case_in(
            uow,
            number=case.number,
            to=to,
            actor=IMPORT,
            now=at,
            reason=line.reason if is_last else "",
            missing=line.missing if is_last else (),
        )
    stamp_case(uow, case, rules=work.rules, calendar=work.calendar)
    return True


def _no_way(row: int, line: CaseLine, seen: CaseState) -> RowProblem:
    text = f"登记的是“{CASE_STATE_LABELS[seen]}”，不能变成“{CASE_STATE_LABELS[line.state]}”"
    return RowProblem(row, line.case.number, "状态", text)
