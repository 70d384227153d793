"""When a public holiday is, for people."""

from datetime import date

from bot.documents.dates import spoken_day
from bot.services.words.holiday import HolidayAsked


def holiday_text(asked: HolidayAsked) -> str:
    """Return the days off and those that are worked instead, or that they are not published."""
    if asked.days is None:
        return f"{asked.year}年{asked.name}的放假安排我这里还没有，以国务院办公厅公布的为准。"
    first, last = asked.days.first, asked.days.last
    count = (last - first).days + 1
    span = _day(first) if count == 1 else f"{_day(first)}到{_day(last)}"
    worked = "、".join(map(_day, asked.worked))
    also = f"；前后要上班的周末：{worked}" if worked else ""
    return f"{asked.year}年{asked.name}放假 {count} 天：{span}{also}。（{asked.source}）"


def day_text(day: date, *, is_worked: bool) -> str:
    """Return whether a day is worked, as a sentence: 11月30日（周一）是工作日."""
    return f"{spoken_day(day)}是{'工作日' if is_worked else '休息日'}。"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
