"""The page of calendars: service hours, holidays and make-up days, and the notice to load."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.desk.context import Desk
from bot.desk.guard import Fields, one
from bot.domain.halls import BadServiceSetting, DayKind
from bot.domain.people import Agent, AuditEntry
from bot.planner.calendar import CalendarYear
from bot.planner.errors import InvalidCalendar
from bot.planner.holiday_notice import calendar_of, read_notice, year_of
from bot.services.bookings.office_hours_change import change_office_hours, read_spans, spans_text
from bot.services.times.local_time import local_day
from bot.store.calendars import load_calendar, write_year

KINDS: Mapping[DayKind, str] = {
    DayKind.WORKING: "工作日",
    DayKind.WEEKEND: "双休日",
    DayKind.HOLIDAY: "法定节假日",
}
MAX_SOURCE = 80
NOTICE = "国务院办公厅关于{year}年部分节假日安排的通知"
EMPTY = "请选一个文本文件，里面是放假通知全文。"
NOT_TEXT = "这个文件不是文本，请把通知全文另存为 UTF-8 的 .txt 再上传。"


def show(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return the page."""
    return _show(desk, agent, district=request.query_params.get("district", ""))


def save_hours(desk: Desk, _request: Request, agent: Agent, fields: Fields) -> Response:
    """Change the hours of the city or of one district; holds at once."""
    district = one(fields, "district")
    if district and district not in desk.catalogue.districts:
        return _show(desk, agent, note="没有这个区县，请从列表里选。")
    try:
        is_own = one(fields, "as_city") != "1"
        spans = {kind: read_spans(one(fields, kind.value)) for kind in KINDS} if is_own else None
        change_office_hours(
            desk.unit_of_work,
            spans=spans,
            district=district or None,
            source=one(fields, "source")[:MAX_SOURCE],
            agent_id=agent.id,
            now=desk.now(),
        )
    except BadServiceSetting as error:
        note = (
            f"“{error}”看不懂或时段有重叠。请写成 09:00-12:00, 13:30-17:00 这样，"
            "不上班就留空；依据必填。"
        )
        return _show(desk, agent, district=district, note=note, typed=fields)
    target = f"/desk/calendars?district={district}" if district else "/desk/calendars"
    return RedirectResponse(target, status_code=303)


def load_year(desk: Desk, _request: Request, agent: Agent, content: bytes) -> Response:
    """Read a notice, check it and keep it; processes take it over with their next start."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _show(desk, agent, note=NOT_TEXT)
    if not text.strip():
        return _show(desk, agent, note=EMPTY)
    try:
        year = year_of(text)
        holidays = read_notice(text, year)
        loaded = calendar_of(holidays, year, NOTICE.format(year=year))
    except InvalidCalendar as error:
        return _show(desk, agent, note=f"这份通知没有导入：{error}。")
    write_year(desk.loaded_years, loaded, holidays)
    with desk.unit_of_work() as unit:
        days = f"{len(loaded.days_off)} off, {len(loaded.make_up_days)} make-up"
        unit.people.add_audit(AuditEntry(desk.now(), agent.id, "calendar_loaded", str(year), days))
    return RedirectResponse("/desk/calendars", status_code=303)


def _show(
    desk: Desk,
    agent: Agent,
    *,
    district: str = "",
    note: str = "",
    typed: Fields | None = None,
) -> Response:
    with desk.unit_of_work() as unit:
        hours = unit.service_settings.office_hours()
    chosen = district if district in desk.catalogue.districts else ""
    own = hours.districts.get(chosen)
    shown = hours.periods if own is None else own
    today = local_day(desk.now())
    html = desk.templates.get_template("calendars.html").render(
        agent=agent,
        note=note,
        kinds=KINDS,
        hours=hours,
        text=lambda periods: spans_text(tuple(periods)) or "不上班",
        district=chosen,
        has_own=own is not None,
        values={kind: spans_text(tuple(shown.get(kind, ()))) for kind in KINDS},
        typed=typed or {},
        catalogue=desk.catalogue,
        years=[_year(desk, year) for year in desk.calendar.years if year.year >= today.year],
        waiting=_waiting(desk),
        missing=desk.calendar.missing_years(today),
    )
    return HTMLResponse(html, status_code=HTTPStatus.CONFLICT if note else HTTPStatus.OK)


def _year(desk: Desk, year: CalendarYear) -> dict[str, object]:
    return {
        "year": year.year,
        "source": year.source,
        "holidays": list(desk.calendar.holidays(year.year)),
        "make_up": sorted(year.make_up_days),
    }


def _waiting(desk: Desk) -> list[int]:
    """Return the years that were loaded and that this process does not count with yet."""
    running = {year.year: year for year in desk.calendar.years}
    kept = load_calendar(desk.loaded_years)
    names = {file.stem for file in desk.loaded_years.glob("[0-9]*.yml")}
    return [
        year.year
        for year in kept.years
        if str(year.year) in names and running.get(year.year) != year
    ]
