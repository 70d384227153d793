"""Reminds applicants of papers that come later; the clock calls this every minute."""

from datetime import date, datetime, timedelta

from bot.domain.applications import LaterPaper
from bot.domain.conversations import Author, Button, Reply, UnknownConversation
from bot.planner.calendar import WorkingCalendar
from bot.services.applications.ports import Reminder
from bot.services.applications.texts import ApplicationTexts, plain_day
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.times.local_time import LOCAL, local_day

BATCH = 100
SOON_WORKING_DAYS = 3
"""A reminder goes out so many working days before the day."""

LOOK_AHEAD = timedelta(days=14)
"""Calendar days that hold three working days even over the longest holiday."""

QUIET_FROM, QUIET_UNTIL = 21, 8
"""Local hours between which nobody is reminded."""


def remind_of_papers(
    unit_of_work: OpenUnitOfWork,
    *,
    texts: ApplicationTexts,
    calendar: WorkingCalendar,
    now: datetime,
    limit: int = BATCH,
) -> tuple[str, ...]:
    """Remind applicants of papers that come later: before, on and after the day, once each.

    Two clocks at once remind once: the mark is one `UPDATE … WHERE` in the transaction of the line.
    At night nobody is reminded.

    Returns:
        The conversations that were told.
    """
    if not QUIET_UNTIL <= now.astimezone(LOCAL).hour < QUIET_FROM:
        return ()
    today = local_day(now)
    with unit_of_work() as uow:
        waiting = uow.applications.reminders(today, today + LOOK_AHEAD, limit)
    told: dict[str, None] = {}
    for reminder in waiting:
        kind = _kind(reminder.paper, today, calendar)
        if kind is None or kind == reminder.reminded:
            continue
        with unit_of_work() as uow:
            if uow.applications.claim_reminder(reminder.paper.id, reminder.reminded, kind):
                _tell(uow, reminder, kind, texts, now)
                told[reminder.conversation_id] = None
    return tuple(told)


def _kind(paper: LaterPaper, today: date, calendar: WorkingCalendar) -> str | None:
    if today > paper.due_on:
        return "late"
    if today == paper.due_on:
        return "today"
    left = calendar.working_days_between(today, paper.due_on).days
    return "soon" if left <= SOON_WORKING_DAYS else None


def _tell(
    uow: UnitOfWork, reminder: Reminder, kind: str, texts: ApplicationTexts, now: datetime
) -> None:
    words = {
        "soon": texts.reminder_soon,
        "today": texts.reminder_today,
        "late": texts.reminder_late,
    }[kind].format(
        number=reminder.paper.case_number,
        matter=reminder.matter_name,
        paper=reminder.paper.name,
        day=plain_day(reminder.paper.due_on),
    )
    button = Button(texts.supplement_title, texts.supplement_payload)
    try:
        uow.conversations.get(reminder.conversation_id)
    except UnknownConversation:
        return
    reply = Reply(words, (button,), author=Author.SYSTEM)
    reached = uow.links.used_last(reminder.conversation_id)
    uow.conversations.add_message(reached, reply, now=now)
