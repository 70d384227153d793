"""Days and moments as people say them, always with the weekday."""

from datetime import date, datetime

from bot.services.times.local_time import LOCAL

_WEEKDAYS = "一二三四五六日"


def spoken_day(day: date) -> str:
    """Return "2026年1月5日（周一）"."""
    return f"{day.year}年{day.month}月{day.day}日（周{_WEEKDAYS[day.weekday()]}）"


def spoken_moment(moment: datetime) -> str:
    """Return "1月5日（周一）09:00" in local time."""
    local = moment.astimezone(LOCAL)
    weekday = _WEEKDAYS[local.weekday()]
    return f"{local.month}月{local.day}日（周{weekday}）{local:%H:%M}"
