"""When a person can be reached, in words."""

from bot.documents.dates import spoken_moment
from bot.domain.halls import DayKind, OfficeHours, Period
from bot.services.bookings.office_hours import Closed, Open


def hours_text(hours: Open | Closed) -> str:
    """Return whether the desk is open now, and when it opens next."""
    if isinstance(hours, Open):
        return f"帮办坐席现在上班，今天到 {spoken_moment(hours.until)} 为止。"
    if hours.opens_at is None:
        return "帮办坐席最近没有排班，请拨打 12345。"
    mark = "（那天的放假安排还没公布，以当天为准）" if hours.provisional else ""
    return f"帮办坐席现在下班了，下次上班是 {spoken_moment(hours.opens_at)}{mark}。"


_KINDS = {DayKind.WORKING: "工作日", DayKind.WEEKEND: "双休日", DayKind.HOLIDAY: "法定假日"}


def week_text(hours: OfficeHours) -> str:
    """Return at which hours the desk is staffed on each kind of day."""
    told = (f"{name} {_periods(hours.of(None, kind))}" for kind, name in _KINDS.items())
    return f"帮办坐席的时间：{'；'.join(told)}。"


def _periods(periods: tuple[Period, ...]) -> str:
    spans = (f"{one.opens:%H:%M}–{one.closes:%H:%M}" for one in periods)
    return "、".join(spans) or "不上班"
