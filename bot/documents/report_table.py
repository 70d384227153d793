"""A report as a workbook that officials open in Excel; shares and times are numbers."""

import io
from collections.abc import Callable

from bot.documents.case_table import neutral
from bot.domain.reports import Line, Report, Share

HEADINGS = (
    *("会话", "小二独立解决", "没听懂的消息", "消息", "转人工接待", "等待中位数（分钟）"),
    *("等待九成以内（分钟）", "首次答复中位数（分钟）", "接待时长中位数（分钟）", "转接"),
    *("质检合格项", "质检项", "办件按时", "办件办结", "吹哨单按时", "吹哨单办结"),
    *("预约到场", "预约应到"),
)
TOTAL = "合计"
Cell = str | int | float | None


def report_xlsx(report: Report, title: str, name: Callable[[str], str]) -> bytes:
    """Return the table; names that begin like a formula are kept from being run as one.

    Args:
        report: What was counted.
        title: Of the first column.
        name: Turns a key into the words that people read.
    """
    from openpyxl.workbook.workbook import Workbook  # noqa: PLC0415 - 20 MB for a rare wish

    book = Workbook(write_only=True)
    sheet = book.create_sheet("报表")
    sheet.freeze_panes = "B3"
    sheet.column_dimensions["A"].width = 28
    sheet.append([f"{report.span.first} 至 {report.span.last}，不含测试会话和示例数据"])
    sheet.append([neutral(title), *HEADINGS])
    for line in report.lines:
        sheet.append([neutral(name(line.key)), *_cells(line)])
    sheet.append([TOTAL, *_cells(report.total)])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _cells(line: Line) -> list[Cell]:
    return [
        line.conversations,
        line.by_bot.part,
        line.not_understood.part,
        line.not_understood.whole,
        line.take_overs,
        _minutes(line.waited_s),
        _minutes(line.waited_p90_s),
        _minutes(line.answered_s),
        _minutes(line.handled_s),
        line.passed_on,
        *_pair(line.marks),
        *_pair(line.cases),
        *_pair(line.tickets),
        *_pair(line.bookings),
    ]


def _pair(share: Share) -> tuple[int, int]:
    return share.part, share.whole


def _minutes(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds / 60, 1)
