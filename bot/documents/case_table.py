"""The list of cases as a table that officials open in Excel: CSV and XLSX."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from bot.domain.case_rules import Colour
from bot.domain.case_watch import CaseRow
from bot.domain.cases import CaseSource, state_label
from bot.domain.catalogue import Catalogue
from bot.services.privacy.masking import mask_name
from bot.services.times.local_time import LOCAL

HEADINGS = (
    *("办件编号", "事项", "申请人", "区县", "牵头部门", "现在在", "状态", "收件日期", "办完日期"),
    *("到期日", "法定到期日", "灯", "督办级别", "有催办", "示例", "来源"),
)
COLOURS: Mapping[Colour, str] = MappingProxyType(
    {Colour.GREEN: "绿", Colour.YELLOW: "黄", Colour.RED: "红", Colour.GREY: "不计时"}
)
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""A cell that begins so is run as a formula by Excel. Source: OWASP CSV Injection."""

WIDTHS = {"A": 21, "B": 30, "C": 28}


def neutral(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def case_csv(rows: Iterable[CaseRow], catalogue: Catalogue) -> bytes:
    """Return the table as CSV; UTF-8 with a mark, so that Excel reads the Chinese."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows(_lines(rows, catalogue))
    return text.getvalue().encode("utf-8-sig")


def case_xlsx(rows: Iterable[CaseRow], catalogue: Catalogue) -> bytes:
    """Return the table as a workbook; every cell is text, so that numbers keep their digits."""
    from openpyxl.workbook.workbook import Workbook  # noqa: PLC0415 - 20 MB for a rare wish

    book = Workbook(write_only=True)
    sheet = book.create_sheet("办件")
    sheet.freeze_panes = "A2"
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    for line in _lines(rows, catalogue):
        sheet.append(line)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


TABLES: Mapping[str, tuple[Callable[[Iterable[CaseRow], Catalogue], bytes], str]] = (
    MappingProxyType(
        {
            "csv": (case_csv, "text/csv; charset=utf-8"),
            "xlsx": (
                case_xlsx,
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ),
        }
    )
)
"""By the end of the file's name: what makes it, and its media type."""


def _lines(rows: Iterable[CaseRow], catalogue: Catalogue) -> Iterator[list[str]]:
    yield list(HEADINGS)
    departments = {one.id: one.name for one in catalogue.departments.values()}
    districts = {one.id: one.name for one in catalogue.districts.values()}
    for row in rows:
        day = row.opened_at.astimezone(LOCAL).date().isoformat()
        closed = row.closed_at.astimezone(LOCAL).date().isoformat() if row.closed_at else ""
        cells = (
            *(row.number, row.matter_name, mask_name(row.applicant_name)),
            districts.get(row.district_id, row.district_id),
            departments.get(row.department_id, row.department_id),
            departments.get(row.holder_id, row.holder_id) if not row.closed_at else "",
            state_label(row.state, row.state_words),
            *(day, closed),
            row.due_on.isoformat() if row.due_on else "",
            row.statutory_due_on.isoformat() if row.statutory_due_on else "",
            COLOURS[row.colour],
            str(row.escalation or ""),
            "是" if row.is_urged else "",
            "是" if row.is_demo else "",
            "审批平台" if row.source is CaseSource.PLATFORM else "登记系统",
        )
        yield [neutral(cell) for cell in cells]
