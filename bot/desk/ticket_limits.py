"""The page on which an official edits the limits of the whistle; every saving is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.desk.context import Desk
from bot.desk.guard import Fields
from bot.desk.ticket_kind_limits import BadKindLimit, field_name, read_own_limits
from bot.domain.errors import BotError
from bot.domain.people import Agent, NotAllowed
from bot.domain.ticket_clocks import (
    CLOCK_LABELS,
    UNIT_LABELS,
    URGENCY_LABELS,
    ClockKind,
    LimitUnit,
    OwnHours,
    Periods,
    Urgency,
    WhistleRules,
)
from bot.services.tickets.watch import TicketWatch, count_stale, recompute
from bot.services.tickets.whistle_settings import (
    BadWhistleSettings,
    SettingsChanged,
    SettingsReasonMissing,
    changed_limit,
    current_rules,
    read_periods,
    save_rules,
)

MAX_TEXT = 2000
HISTORY = 10
NOTES: Mapping[type[BotError], str] = {
    BadWhistleSettings: "有一项填得不对：",
    NotAllowed: "只有值班主管和管理员能改时限。",
    SettingsChanged: "别人刚刚保存过，下面是最新的数值，请核对后再改。",
    SettingsReasonMissing: "请写明为什么改，会留痕。",
}


class BadField(BadWhistleSettings):
    """One field of the form, named in Chinese."""


@dataclass(frozen=True)
class DepartmentLine:
    """A department's own working time as it is typed."""

    id: str
    name: str
    periods: str
    days_off: str
    extra_days: str


def show(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return the page."""
    saved = request.query_params.get("saved") == "1"
    return _page(desk, agent, note="", typed={}, is_saved=saved)


def save(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:  # noqa: ARG001 - one shape
    """Save what was typed; open clocks are counted again, a first batch of them at once."""
    try:
        with desk.unit_of_work() as uow:
            rules = current_rules(uow, desk.whistle_rules)
        save_rules(
            desk.unit_of_work,
            rules=_read(fields, rules, desk),
            agent=agent,
            reason=_one(fields, "reason"),
            seen=int(_number(_one(fields, "seen"), "版本", least=0)),
            now=desk.now(),
        )
    except tuple(NOTES) as error:
        note = NOTES[next(kind for kind in NOTES if isinstance(error, kind))]
        if isinstance(error, BadWhistleSettings):
            note += str(error) if isinstance(error, (BadField, BadKindLimit)) else "时间段或数值"
        status = HTTPStatus.FORBIDDEN if isinstance(error, NotAllowed) else HTTPStatus.CONFLICT
        return _page(desk, agent, note=note, typed=fields, status=status)
    recompute(_watch(desk), now=desk.now())
    return RedirectResponse("/desk/tickets/limits?saved=1", status_code=303)


def _page(
    desk: Desk,
    agent: Agent,
    *,
    note: str,
    typed: Fields,
    is_saved: bool = False,
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    with desk.unit_of_work() as uow:
        rules = current_rules(uow, desk.whistle_rules)
        history = uow.whistle_settings.history(HISTORY)
        names = {f"agent:{one.id}": one.name for one in uow.people.agents()}
    html = desk.templates.get_template("ticket_limits.html").render(
        agent=agent,
        note=note,
        typed=typed,
        rules=rules,
        seen=history[0].id if history else 0,
        history=[(one, names.get(one.saved_by, one.saved_by)) for one in history],
        clocks=CLOCK_LABELS,
        urgencies=URGENCY_LABELS,
        units=UNIT_LABELS,
        field_name=field_name,
        periods=_write_periods(rules.periods),
        lines=_lines(rules, desk),
        departments={one.id: one.name for one in desk.catalogue.departments.values()},
        stale=count_stale(_watch(desk)) if is_saved else 0,
        is_saved=is_saved,
    )
    return HTMLResponse(html, status_code=status)


def _watch(desk: Desk) -> TicketWatch:
    return TicketWatch(desk.unit_of_work, desk.whistle_rules, desk.calendar)


def _read(fields: Fields, rules: WhistleRules, desk: Desk) -> WhistleRules:
    source = f"工作台设定，{desk.now():%Y-%m-%d}"
    limits = {}
    for kind in ClockKind:
        row = {}
        for urgency in Urgency:
            name = f"{kind.value}-{urgency.value}"
            label = f"{CLOCK_LABELS[kind]}（{URGENCY_LABELS[urgency]}）"
            value = int(_number(_one(fields, name), label))
            unit = _unit(_one(fields, f"{name}-unit"), label)
            row[urgency] = changed_limit(rules.limits[kind][urgency], value, unit, source)
        limits[kind] = row
    most = int(_number(_one(fields, "extension"), "延期上限"))
    return replace(
        rules,
        limits=limits,
        extension=changed_limit(rules.extension, most, LimitUnit.WORKING_DAY, source),
        warn_minutes=int(_number(_one(fields, "warn_minutes"), "提前提醒")),
        escalate_minutes=int(_number(_one(fields, "escalate_minutes"), "超期转主管")),
        periods=_periods(_one(fields, "periods"), "工作时间"),
        departments=_departments(fields, desk),
        own_limits=read_own_limits(fields, rules, source),
    )


def _departments(fields: Fields, desk: Desk) -> dict[str, OwnHours]:
    found = {}
    columns = [fields.get(f"own-{name}", ()) for name in ("id", "periods", "off", "extra")]
    for department_id, periods, days_off, extra_days in zip(*columns, strict=False):
        if not department_id or not (periods or days_off or extra_days):
            continue
        name = desk.catalogue.department(department_id).name
        found[department_id] = OwnHours(
            periods=_periods(periods, f"{name}的工作时间") if periods else (),
            days_off=_days(days_off, f"{name}的单独休息日"),
            extra_days=_days(extra_days, f"{name}的单独上班日"),
        )
    return found


def _lines(rules: WhistleRules, desk: Desk) -> list[DepartmentLine]:
    lines = [
        DepartmentLine(
            id=name,
            name=desk.catalogue.departments[name].name,
            periods=_write_periods(own.periods),
            days_off=" ".join(sorted(day.isoformat() for day in own.days_off)),
            extra_days=" ".join(sorted(day.isoformat() for day in own.extra_days)),
        )
        for name, own in rules.departments.items()
        if name in desk.catalogue.departments
    ]
    return [*lines, DepartmentLine("", "", "", "", "")]


def _number(raw: str, label: str, least: int = 1) -> int:
    if not (raw.isascii() and raw.isdigit() and len(raw) < 7 and int(raw) >= least):  # noqa: PLR2004
        raise BadField(f"{label}要填正整数。")
    return int(raw)


def _unit(raw: str, label: str) -> LimitUnit:
    if raw not in {one.value for one in LimitUnit}:
        raise BadField(f"{label}的单位。")
    return LimitUnit(raw)


def _periods(raw: str, label: str) -> Periods:
    """Read "09:00-12:00 13:00-17:00"."""
    try:
        pairs = [piece.replace("–", "-").split("-") for piece in raw.replace("：", ":").split()]
        return read_periods(pairs)
    except BadWhistleSettings as error:
        raise BadField(f"{label}要写成 09:00-12:00 13:00-17:00，前后不重叠。") from error


def _write_periods(periods: Periods) -> str:
    return " ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in periods)


def _days(raw: str, label: str) -> frozenset[date]:
    try:
        return frozenset(date.fromisoformat(piece) for piece in raw.split())
    except ValueError as error:
        raise BadField(f"{label}要写成 2026-12-31，多天用空格隔开。") from error


def _one(fields: Fields, name: str) -> str:
    values = fields.get(name) or [""]
    return values[0][:MAX_TEXT]
