"""Tables of made-up cases for tests of the import."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook

HEADINGS = (
    *("办件编号", "事项", "申请人", "电话", "证件号码", "区划", "状态", "收件时间"),
    *("受理时间", "状态时间", "说明", "缺少材料", "部门电话"),
)


def line(index: int = 1, **changes: str) -> dict[str, str]:
    """Return a good row; `changes` by heading."""
    return {
        "办件编号": f"37150020261116{index:04d}",
        "事项": "lic-food-operate",
        "申请人": f"李雷火锅店{index}",
        "电话": f"0635{index:07d}",
        "证件号码": "91440101MA5CJQ4N59",
        "区划": "371502",
        "状态": "审查",
        "收件时间": "2026-11-16 09:30",
        "受理时间": "2026-11-17",
        "状态时间": "2026/11/18 10:00",
        **changes,
    }


def csv_file(folder: Path, *lines: Mapping[str, str], encoding: str = "utf-8") -> Path:
    """Write a CSV file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADINGS, restval="")
    writer.writeheader()
    writer.writerows(lines)
    file = folder / "cases.csv"
    file.write_bytes(text.getvalue().encode(encoding))
    return file


def xlsx_file(folder: Path, *lines: Mapping[str, object]) -> Path:
    """Write a workbook; values keep their types."""
    book = Workbook()
    sheet = book.active
    sheet.append(HEADINGS)
    for one in lines:
        sheet.append([one.get(name) for name in HEADINGS])
    file = folder / "cases.xlsx"
    book.save(file)
    return file
