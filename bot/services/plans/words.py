"""Dates and lengths in the words applicants read."""

import math
from datetime import date

from bot.planner.calendar import ROUNDING_SLACK, DueDate
from bot.planner.graph import Step

HOURS_A_DAY = 8
"""Hours of a working day, the catalogue's own conversion (2 hours = 0.25 working days)."""

WEEKDAYS = "一二三四五六日"
PROVISIONAL = "暂定"
"""Stands behind a date that hangs on holidays not yet published."""


def chinese_date(day: date, base: date, *, weekday: bool = True) -> str:
    """Return a date with its weekday; the year only when it is not that of `base`."""
    year = "" if day.year == base.year else f"{day.year}年"
    named = f"（周{WEEKDAYS[day.weekday()]}）" if weekday else ""
    return f"{year}{day.month}月{day.day}日{named}"


def chinese_due(due: DueDate, base: date, *, weekday: bool = True) -> str:
    """Return a computed date, marked when it is provisional."""
    return chinese_date(due.on, base, weekday=weekday) + (PROVISIONAL if due.provisional else "")


def chinese_length(working_days: float) -> str:
    """Return a length as people say it: 即办, 2小时, 5个工作日 (fractions rounded up)."""
    if working_days <= ROUNDING_SLACK:
        return "即办"
    if working_days < 1:
        return f"{math.ceil(working_days * HOURS_A_DAY - ROUNDING_SLACK)}小时"
    return f"{math.ceil(working_days - ROUNDING_SLACK)}个工作日"


def step_length(step: Step) -> str:
    """Return the length of a step; a public notice in the calendar days that the law counts."""
    if step.calendar_days:
        return f"{step.calendar_days}天（自然日）"
    return chinese_length(step.working_days)


def chinese_change(working_days: float) -> str:
    """Return a change of a length: 少5个工作日, 多2个工作日."""
    return f"{'少' if working_days < 0 else '多'}{chinese_length(abs(working_days))}"


def chinese_slack(working_days: float) -> str:
    """Return by how much a step may be late, in whole working days; "" for less than one."""
    whole = math.floor(working_days + ROUNDING_SLACK)
    return f"{whole}个工作日" if whole else ""
