"""The due dates of a plan as a calendar file that any telephone takes in (RFC 5545)."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone

from icalendar import Alarm, Calendar, Event

from bot.documents.snapshot_dates import DueDay, due_day
from bot.domain.plan_snapshot import PlanSnapshot, SnapshotPromise, SnapshotStep
from bot.domain.plans import SavedPlan

PRODUCT = "-//Xiaoer//plan//ZH"
DAY_BEFORE = timedelta(hours=-15)
SAME_DAY = timedelta(hours=9)
"""From the first minute of the day: nine in the morning, on the day before and on the day."""


def plan_calendar(saved: SavedPlan, plan: PlanSnapshot, *, url: str, now: datetime) -> bytes:
    """Return the calendar file of a plan.

    An event keeps its UID for ever and its SEQUENCE grows with time, so taking the file in again
    moves the events that are there and adds none twice.

    Args:
        saved: Whose id and time of making the UIDs are made of.
        plan: What it says now.
        url: Opens the plan; "" for none.
        now: Aware time of making the file.

    Source: RFC 5545, 3.8.4.7 (UID) and 3.8.7.4 (SEQUENCE).
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"办事计划：{plan.title}")
    calendar.add("x-wr-timezone", "Asia/Shanghai")
    sequence = max(int((now - saved.created_at) / timedelta(minutes=1)), 0)
    for key, event in _events(plan):
        event.add("uid", f"{_digest(saved, key)}@plan.xiaoer")
        event.add("sequence", sequence)
        event.add("dtstamp", now.astimezone(timezone.utc))
        event.add("last-modified", now.astimezone(timezone.utc))
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        if url:
            event.add("url", url)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(plan: PlanSnapshot) -> Iterator[tuple[str, Event]]:
    """Yield each event with what tells it from the others of the plan."""
    seen: dict[str, int] = {}
    for stage in plan.stages:
        for group in stage.groups:
            for step in group.steps:
                due = due_day(step.due, plan.start_on)
                if due is None or step.is_done:
                    continue
                key = f"step|{stage.name}|{step.name}"
                seen[key] = seen.get(key, 0) + 1
                yield f"{key}|{seen[key]}", _step_event(step, due)
    for number, promise in enumerate(plan.promises, start=1):
        due = due_day(promise.due, plan.start_on)
        if due is not None:
            yield f"promise|{promise.scope}|{number}", _promise_event(promise, due)


def _step_event(step: SnapshotStep, due: DueDay) -> Event:
    earliest = "最早" if step.is_earliest else ""
    star = "★ " if step.is_critical else ""
    event = _event(f"{star}{earliest}办完：{step.name}", due)
    papers = [material.name for material in step.materials]
    lines = [
        f"谁来办：{step.department}" if step.department else "",
        f"用时：{step.length}" if step.length else "",
        "关键步骤，一步晚就全晚。" if step.is_critical else "",
        "典型用时，以窗口答复为准。" if step.is_uncertain else "",
        f"视您的情况：{'；'.join(step.undecided)}" if step.undecided else "",
        f"材料：{'、'.join(papers)}" if papers else "",
        f"去哪办：{'；'.join(step.channels)}" if step.channels else "",
        f"来源：{step.source}（{step.checked_on} 核对）" if step.source else "",
        _provisional(due),
    ]
    event.add("description", "\n".join(line for line in lines if line))
    return event


def _promise_event(promise: SnapshotPromise, due: DueDay) -> Event:
    event = _event(f"承诺最迟日：{promise.scope}", due)
    lines = [f"承诺时限：{promise.limit}", f"来源：{promise.source}", _provisional(due)]
    event.add("description", "\n".join(line for line in lines if line))
    return event


def _event(summary: str, due: DueDay) -> Event:
    event = Event()
    marked = f"（暂定）{summary}" if due.is_provisional else summary
    event.add("summary", marked)
    event.add("dtstart", due.on)
    event.add("dtend", _next(due.on))
    event.add("status", "TENTATIVE" if due.is_provisional else "CONFIRMED")
    for trigger, text in ((DAY_BEFORE, f"明天：{marked}"), (SAME_DAY, f"今天：{marked}")):
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", trigger)
        alarm.add("description", text)
        event.add_component(alarm)
    return event


def _provisional(due: DueDay) -> str:
    return "日期暂定：国务院尚未公布该年放假安排。" if due.is_provisional else ""


def _next(day: date) -> date:
    return day + timedelta(days=1)


def _digest(saved: SavedPlan, key: str) -> str:
    text = f"{saved.id}|{saved.created_at.isoformat()}|{key}"
    return hashlib.sha256(text.encode()).hexdigest()[:32]
