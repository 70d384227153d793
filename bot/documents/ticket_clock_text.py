"""How the due time of a ticket's clock comes about, in words: for the desk and the business."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.catalogue import Catalogue
from bot.domain.ticket_clocks import (
    CLOCK_LABELS,
    UNIT_LABELS,
    ClockState,
    LimitUnit,
    OperatorLimit,
    TicketClock,
)
from bot.domain.ticket_lists import colour_at
from bot.services.tickets.explanation import ExplainedClock
from bot.services.times.clock_explanation import Part, PartKind
from bot.services.times.local_time import LOCAL

WEEKDAYS = "一二三四五六日"
MINUTES_OF_HOUR = 60


@dataclass(frozen=True)
class ShownPart:
    """One line of the way to a due time."""

    when: str
    what: str
    is_used: bool


@dataclass(frozen=True)
class ShownClock:
    """A clock as people read it.

    Attributes:
        colour: Of the light: green, yellow, red, grey.
        status: How it stands now.
        due: When it is due; "" while it stands.
    """

    name: str
    department: str
    limit: str
    colour: str
    status: str
    due: str
    parts: tuple[ShownPart, ...]


def shown_clocks(
    clocks: Sequence[ExplainedClock], catalogue: Catalogue, now: datetime
) -> tuple[ShownClock, ...]:
    """Return the clocks of a ticket in words."""
    names = {one.id: one.name for one in catalogue.departments.values()}
    return tuple(_shown(one, names.get(one.clock.department_id, ""), now) for one in clocks)


def limit_text(limit: OperatorLimit) -> str:
    """Return "5 个工作日（运营方设定，待核定）"."""
    return f"{limit.value} {UNIT_LABELS[limit.unit]}（{limit.source}）"


def moment_text(at: datetime) -> str:
    """Return "2027-01-04 周一 17:00" in local time."""
    local = at.astimezone(LOCAL)
    return f"{local:%Y-%m-%d} 周{WEEKDAYS[local.weekday()]} {local:%H:%M}"


def _shown(one: ExplainedClock, department: str, now: datetime) -> ShownClock:
    clock = one.clock
    due = ""
    if clock.due is not None:
        mark = "（放假安排未公布，可能顺延）" if clock.due.provisional else ""
        due = moment_text(clock.due.at) + mark
    total = ""
    if one.limit.unit is LimitUnit.WORKING_HOUR:
        used = sum(part.minutes for part in one.parts)
        total = f"，合计 {_minutes(used)}"
    return ShownClock(
        name=CLOCK_LABELS[clock.kind],
        department=department,
        limit=limit_text(one.limit) + total,
        colour=_colour(clock, now),
        status=_status(clock, now),
        due=due,
        parts=tuple(_part(part) for part in one.parts),
    )


def _colour(clock: TicketClock, now: datetime) -> str:
    if clock.state is ClockState.MET:
        return "red" if clock.is_overdue(now) else "green"
    if clock.state is ClockState.STANDING or clock.due is None:
        return "grey"
    return colour_at(now, clock.warn_at, clock.due.at).value


def _status(clock: TicketClock, now: datetime) -> str:
    if clock.state is ClockState.STANDING:
        return "停表，等企业补充"
    is_late = clock.is_overdue(now)
    if clock.state is ClockState.MET:
        assert clock.met_at is not None
        return f"{moment_text(clock.met_at)} 完成{'，超期' if is_late else ''}"
    return "已超期" if is_late else "计时中"


def _part(part: Part) -> ShownPart:
    first, last = part.first.astimezone(LOCAL), part.last.astimezone(LOCAL)
    day = f"{first:%Y-%m-%d} 周{WEEKDAYS[first.weekday()]}"
    mark = "" if part.is_official else "（放假安排未公布）"
    span = f"{day} {first:%H:%M}–{last:%H:%M}"
    if part.kind is PartKind.START:
        return ShownPart(moment_text(part.first), "开始", is_used=False)
    if part.kind is PartKind.DUE:
        return ShownPart(moment_text(part.first), f"到期{mark}", is_used=True)
    if part.kind is PartKind.STOOD:
        until = moment_text(part.last)
        return ShownPart(moment_text(part.first), f"停表，等企业补充，到 {until}", is_used=False)
    if part.kind is PartKind.NOON:
        return ShownPart(span, "午休", is_used=False)
    if part.kind is PartKind.DAY_OFF:
        return ShownPart(day, (part.holiday or "公休日") + mark, is_used=False)
    if part.number is not None:
        return ShownPart(day, f"用去第 {part.number} 个工作日{mark}", is_used=True)
    return ShownPart(span, f"用去 {_minutes(part.minutes)}{mark}", is_used=True)


def _minutes(total: int) -> str:
    hours, rest = divmod(total, MINUTES_OF_HOUR)
    words = [f"{hours} 小时"] if hours else []
    if rest or not hours:
        words.append(f"{rest} 分钟")
    return " ".join(words)
