"""`xiaoer cases import`: rows, encodings, problems, taking up again."""

import csv
from datetime import datetime
from pathlib import Path

import pytest
from rich.console import Console
from sqlalchemy.engine import Engine

from bot.domain.cases import Case, CaseState
from bot.operations.cases import import_cases
from bot.operations.errors import OperationFailed
from bot.services.cases import bulk_import as case_import
from bot.services.cases.bulk_import import CaseImport, begin_import, import_batch
from bot.services.cases.ports import ImportState
from bot.store.case_tables import BadTable, open_table
from tests.case_tables import csv_file, line, xlsx_file
from tests.casework_factories import NOW, calendar, case_rules, catalogue, opened

S = CaseState


@pytest.fixture
def work(engine: Engine) -> CaseImport:
    return CaseImport(opened(engine), catalogue(), calendar(), case_rules(), NOW)


def load(work: CaseImport, file: Path, **options: bool) -> ImportState:
    report = file.with_name("report.csv")
    return import_cases(work, file, report, Console(quiet=True), **options)


def stored(work: CaseImport, index: int = 1) -> Case:
    with work.unit_of_work() as uow:
        found = uow.cases.by_number(line(index)["办件编号"])
    assert found is not None
    return found


def problems(file: Path) -> list[list[str]]:
    with file.with_name("report.csv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines))[1:]


def test_a_row_becomes_a_case_with_steps_history_and_due_dates(
    work: CaseImport, tmp_path: Path
) -> None:
    done = load(work, csv_file(tmp_path, line(说明="正在核对")))

    assert (done.rows_done, done.added, done.failed) == (1, 1, 0)
    case = stored(work)
    assert [(e.seen, e.to, e.actor) for e in case.events] == [
        (None, S.RECEIVED, "applicant"),
        (S.RECEIVED, S.ACCEPTED, "import"),
        (S.ACCEPTED, S.UNDER_REVIEW, "import"),
    ]
    assert case.events[-1].reason == "正在核对"
    assert case.current_step is not None
    assert case.current_step.name == "审查"
    with work.unit_of_work() as uow:
        (row,) = uow.case_lists.by_numbers([case.number], NOW.date())
    # accepted on Tue 17 Nov, promised 3 working days: Wed, Thu, Fri
    assert str(row.due_on) == "2026-11-20"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_every_usual_encoding_is_read(work: CaseImport, tmp_path: Path, encoding: str) -> None:
    load(work, csv_file(tmp_path, line(申请人="李雷㐂记"), encoding=encoding))

    assert stored(work).applicant_name == "李雷㐂记"


def test_a_workbook_keeps_its_days_and_telephones(work: CaseImport, tmp_path: Path) -> None:
    typed = {"收件时间": datetime(2026, 11, 16, 9, 30), "电话": 13800138000.0}  # noqa: DTZ001

    load(work, xlsx_file(tmp_path, {**line(), **typed}))

    case = stored(work)
    assert case.phone == "13800138000"
    assert case.opened_at.isoformat() == "2026-11-16T01:30:00+00:00"


def test_the_same_file_again_changes_nothing(work: CaseImport, tmp_path: Path) -> None:
    file = csv_file(tmp_path, line(1), line(2))
    first = load(work, file)
    before = stored(work)

    assert load(work, file) == first
    again = load(work, file, is_again=True)

    assert (again.added, again.unchanged) == (0, 2)
    assert stored(work) == before


def test_a_later_file_moves_the_cases_on(work: CaseImport, tmp_path: Path) -> None:
    load(work, csv_file(tmp_path, line(1), line(2)))

    done = load(work, csv_file(tmp_path, line(1, 状态="办结", 状态时间="2026-11-20"), line(2)))

    assert (done.added, done.moved, done.unchanged) == (0, 1, 1)
    assert stored(work, 1).state is S.COMPLETED
    number = stored(work, 1).number
    with work.unit_of_work() as uow:
        (row,) = uow.case_lists.by_numbers([number], NOW.date())
    assert row.closed_at is not None
    assert row.due_on is None


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"办件编号": "12345"}, "办件编号", "18 位"),
        ({"事项": "卖火箭"}, "事项", "目录里没有"),
        ({"区划": "北京"}, "区划", "目录里没有"),
        ({"状态": "办着呢"}, "状态", "只能是"),
        ({"申请人": " "}, "申请人", "没有填"),
        ({"申请人": "李" * 201}, "申请人", "超过 200 字"),
        ({"电话": "无"}, "电话", "数字"),
        ({"收件时间": "昨天"}, "收件时间", "不是日期"),
        ({"收件时间": "2026-02-30"}, "收件时间", "不是日期"),
        ({"受理时间": "2026-11-01"}, "受理时间", "倒着走"),
        ({"状态时间": "2027-01-01"}, "状态时间", "还没到"),
        ({"状态": "补正"}, "缺少材料", "写明缺什么"),
        ({"状态": "退件"}, "状态", "受理之后不会是"),
    ],
)
def test_a_bad_row_is_named_with_its_column_and_the_rest_is_taken(
    work: CaseImport, tmp_path: Path, changes: dict[str, str], column: str, words: str
) -> None:
    file = csv_file(tmp_path, line(1, **changes), line(2))

    done = load(work, file)

    assert (done.added, done.failed) == (1, 1)
    ((row, _, named, text),) = problems(file)
    assert (row, named) == ("1", column)
    assert words in text


def test_a_state_that_cannot_follow_is_a_problem_of_the_row(
    work: CaseImport, tmp_path: Path
) -> None:
    load(work, csv_file(tmp_path, line(状态="办结")))
    file = csv_file(tmp_path, line(状态="审查"))

    assert load(work, file).failed == 1

    assert "不能变成“审查”" in problems(file)[0][3]
    assert stored(work).state is S.COMPLETED


def test_the_same_case_twice_in_a_file_is_one_case(work: CaseImport, tmp_path: Path) -> None:
    done = load(work, csv_file(tmp_path, line(), line(), line(状态="办结")))

    assert (done.added, done.unchanged, done.moved) == (1, 1, 1)
    assert stored(work).state is S.COMPLETED


def test_an_import_that_was_cut_off_goes_on_and_keeps_its_report(
    work: CaseImport, tmp_path: Path
) -> None:
    lines = [line(index, **({"电话": "无"} if index in {2, 5} else {})) for index in range(1, 7)]
    file = csv_file(tmp_path, *lines)
    table = open_table(file)
    begin_import(work, table.digest, is_again=False)
    import_batch(work, table.digest, 1, list(table.rows())[:3])  # then the power went
    file.with_name("report.csv").write_text("行号,办件编号,列,问题\n2,x,电话,要写数字\n4,x,y,z\n")

    done = load(work, file)

    assert (done.rows_done, done.added, done.failed) == (6, 4, 2)
    assert [row[0] for row in problems(file)] == ["2", "5"]
    assert done.finished_at == NOW


def test_a_table_without_the_columns_names_them(work: CaseImport, tmp_path: Path) -> None:
    file = tmp_path / "cases.csv"
    file.write_text("编号,事项\n1,2\n", encoding="utf-8")

    with pytest.raises(OperationFailed, match="办件编号、申请人"):
        load(work, file)


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xff\xff\x00", b"PK\x03\x04nothing", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_what_is_no_table_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "cases.xlsx"
    file.write_bytes(content)

    with pytest.raises((BadTable, OperationFailed)):
        load(CaseImport(None, None, None, None, NOW), file)  # type: ignore[arg-type]


def test_no_way_of_an_import_passes_through_a_pause() -> None:
    assert case_import.way(S.RECEIVED, S.COMPLETED) == (S.ACCEPTED, S.COMPLETED)
    assert case_import.way(S.RECEIVED, S.HEARING) == (S.ACCEPTED, S.UNDER_REVIEW, S.HEARING)
    assert case_import.way(S.COMPLETED, S.ACCEPTED) is None
