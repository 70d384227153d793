"""Why a day has no slot to offer, so that applicants hear the real reason."""

import enum
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.halls import DayKind, Mode, to_local
from bot.domain.slots import slots_of_day
from bot.planner.calendar import WorkingCalendar
from bot.services.bookings.slots import day_kind
from bot.services.ports import OpenUnitOfWork


class NoSlots(enum.Enum):
    """Why there is none."""

    PAST = "past"
    TOO_FAR = "too_far"
    CLOSED = "closed"
    HOLIDAY = "holiday"
    DAY_OFF = "day_off"
    FULL = "full"


@dataclass(frozen=True)
class WhyNone:
    """The reason of a day.

    Attributes:
        detail: The operator's words for a closure, or the name of the holiday; else "".
        last: The last day that can be booked, local date.
    """

    reason: NoSlots
    detail: str
    last: date


def why_none(
    unit_of_work: OpenUnitOfWork,
    *,
    district: str,
    mode: Mode,
    on: date,
    now: datetime,
    calendar: WorkingCalendar,
) -> WhyNone:
    """Return why nothing is free on a local date: by the calendar, the rule, or as it is full."""
    with unit_of_work() as unit:
        rules = unit.service_settings.slot_rules()
    today = to_local(now).date()
    last = today + timedelta(days=rules.horizon_days)
    if on < today:
        return WhyNone(NoSlots.PAST, "", last)
    if on > last:
        return WhyNone(NoSlots.TOO_FAR, "", last)
    closure = rules.closure(district, on)
    if closure is not None:
        return WhyNone(NoSlots.CLOSED, closure.reason, last)
    day = day_kind(on, calendar)
    if slots_of_day(rules, district=district, mode=mode, on=on, day=day):
        return WhyNone(NoSlots.FULL, "", last)
    if day is DayKind.HOLIDAY:
        return WhyNone(NoSlots.HOLIDAY, calendar.holiday_name(on) or "", last)
    return WhyNone(NoSlots.DAY_OFF, "", last)
