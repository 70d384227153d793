"""The list of tickets as a workbook that officials open in Excel."""

import io
from collections.abc import Iterable, Iterator

from bot.documents.case_table import COLOURS, neutral
from bot.domain.catalogue import Catalogue
from bot.domain.ticket_clocks import CLOCK_LABELS, URGENCY_LABELS
from bot.domain.ticket_lists import TicketRow
from bot.domain.tickets import TICKET_STATE_LABELS
from bot.services.times.local_time import LOCAL

HEADINGS = (
    *("吹哨单", "企业", "问题", "区县", "紧急程度", "状态", "牵头部门", "协办部门"),
    *("吹哨时间", "办结时间", "下一项时限", "到期时间", "可能顺延", "灯", "督办级别", "示例"),
)
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = {"A": 20, "B": 28, "C": 50, "G": 24, "H": 30}


def ticket_xlsx(rows: Iterable[TicketRow], catalogue: Catalogue) -> bytes:
    """Return the table; every cell is text, so that nothing is run as a formula."""
    from openpyxl.workbook.workbook import Workbook  # noqa: PLC0415 - 20 MB for a rare wish

    book = Workbook(write_only=True)
    sheet = book.create_sheet("吹哨单")
    sheet.freeze_panes = "A2"
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    sheet.append(list(HEADINGS))
    for line in _lines(rows, catalogue):
        sheet.append(line)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _lines(rows: Iterable[TicketRow], catalogue: Catalogue) -> Iterator[list[str]]:
    departments = {one.id: one.name for one in catalogue.departments.values()}
    districts = {one.id: one.name for one in catalogue.districts.values()}
    for row in rows:
        assisting = [departments.get(one, one) for one in row.assisting_ids]
        cells = (
            *(row.number, row.business_name, row.description),
            districts.get(row.district_id, row.district_id),
            URGENCY_LABELS[row.urgency],
            TICKET_STATE_LABELS[row.state],
            departments.get(row.leading_id or "", row.leading_id or ""),
            "、".join(assisting),
            f"{row.opened_at.astimezone(LOCAL):%Y-%m-%d %H:%M}",
            f"{row.closed_at.astimezone(LOCAL):%Y-%m-%d %H:%M}" if row.closed_at else "",
            CLOCK_LABELS[row.due_kind] if row.due_kind else "",
            f"{row.due_at.astimezone(LOCAL):%Y-%m-%d %H:%M}" if row.due_at else "",
            "是" if row.is_provisional else "",
            COLOURS[row.colour],
            str(row.escalation or ""),
            "是" if row.is_demo else "",
        )
        yield [neutral(cell) for cell in cells]
