"""Reports: a range of days by one dimension, as charts, as a table, as a workbook."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from http import HTTPStatus
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.desk.context import Desk
from bot.documents.report_table import report_xlsx
from bot.documents.ticket_table import MEDIA_TYPE
from bot.domain.people import Agent
from bot.domain.reports import LONGEST_SPAN_DAYS, BadSpan, Dimension, Report, Span
from bot.services.operating.reports import make_report
from bot.services.times.local_time import local_day

DAYS = 7
"""Length of the range when none is asked for, today included."""

TITLES: Mapping[Dimension, str] = {
    Dimension.DAY: "日期",
    Dimension.HOUR: "时段",
    Dimension.DEPARTMENT: "部门",
    Dimension.AGENT: "客服",
    Dimension.MATTER: "事项",
    Dimension.CHANNEL: "渠道",
}
BAD_SPAN = f"日期不对：开始不能晚于结束，一次最多看 {LONGEST_SPAN_DAYS} 天。下面是最近 {DAYS} 天。"
RANGES = (("今天", 1), ("近 7 天", 7), ("近 30 天", 30), ("近 90 天", 90))


def show(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return the page; a range that makes no sense is said, and the usual one shown."""
    today = local_day(desk.now())
    span, by = _asked(request, today)
    note = ""
    try:
        report = _report(desk, agent, span, by)
    except BadSpan:
        note = BAD_SPAN
        report = _report(desk, agent, _last(today, DAYS), by)
    html = desk.templates.get_template("reports.html").render(
        agent=agent,
        here="reports",
        note=note,
        report=report,
        titles=TITLES,
        name=namer(desk, by),
        ranges=[
            (title, _link(_last(today, days), by), report.span == _last(today, days))
            for title, days in RANGES
        ],
        export=_link(report.span, by, "/desk/reports/export"),
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if note else HTTPStatus.OK
    return HTMLResponse(html, status_code=status)


def export(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return the report as a workbook."""
    today = local_day(desk.now())
    span, by = _asked(request, today)
    try:
        report = _report(desk, agent, span, by)
    except BadSpan:
        report = _report(desk, agent, _last(today, DAYS), by)
    content = report_xlsx(report, TITLES[by], namer(desk, by))
    file = f"report-{by.value}-{report.span.first}-{report.span.last}.xlsx"
    headers = {"content-disposition": f'attachment; filename="{file}"'}
    return Response(content, media_type=MEDIA_TYPE, headers=headers)


def namer(desk: Desk, by: Dimension) -> Callable[[str], str]:
    """Return what turns a key of a report into the words that people read."""
    if by is Dimension.HOUR:
        return lambda key: f"{key} 点"
    with desk.unit_of_work() as unit:
        people = {str(one.id): one.name for one in unit.people.agents()}
    words: Mapping[Dimension, tuple[Mapping[str, str], str]] = {
        Dimension.DAY: ({}, ""),
        Dimension.DEPARTMENT: (
            {one.id: one.name for one in desk.catalogue.departments.values()},
            desk.vocabulary.help_desk,
        ),
        Dimension.AGENT: (people, "未指定"),
        Dimension.MATTER: (
            {one.id: one.name for one in desk.catalogue.matters.values()},
            "没有说到事项",
        ),
        Dimension.CHANNEL: (desk.vocabulary.channels, "未知"),
    }
    names, unknown = words[by]
    return lambda key: names.get(key, key) or unknown


def _report(desk: Desk, agent: Agent, span: Span, by: Dimension) -> Report:
    return make_report(
        desk.unit_of_work, agent=agent, span=span, by=by, now=desk.now(), calendar=desk.calendar
    )


def _asked(request: Request, today: date) -> tuple[Span, Dimension]:
    query = request.query_params
    usual = _last(today, DAYS)
    first = _day(query.get("first", ""), usual.first)
    last = _day(query.get("last", ""), max(usual.last, first) if query.get("first") else today)
    known = {one.value: one for one in Dimension}
    return Span(first, last), known.get(query.get("by", ""), Dimension.DAY)


def _day(raw: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(raw)
    except ValueError:
        return otherwise


def _last(today: date, days: int) -> Span:
    return Span(today - timedelta(days=days - 1), today)


def _link(span: Span, by: Dimension, path: str = "/desk/reports") -> str:
    query = {"first": span.first.isoformat(), "last": span.last.isoformat(), "by": by.value}
    return f"{path}?{urlencode(query)}"
