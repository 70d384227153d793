"""A made-up year for the open statistics, and a talk with business; for tests and pictures."""

from datetime import datetime, timedelta

from bot.bootstrap import App
from bot.domain.inspections import SampleWish
from bot.domain.meetings import MeetingKind, NewMeeting
from bot.domain.open_data import Count, window_at
from bot.domain.people import Agent
from bot.services.meetings import meetings
from bot.services.meetings.meetings import MeetingDesk
from bot.services.reviews import inspections
from bot.services.reviews.inspections import InspectionDesk
from bot.services.times.local_time import local_day
from tests.desk_cast import catalogue

QUESTIONS = (
    "园区变压器容量不够，厂房一到晚上就跳闸停电，什么时候能增容",
    "园区变压器容量不够，厂房一到晚上就跳闸，什么时候能增容？",
    "员工孩子上学能不能安排在附近的小学",
)


def counts_of_a_month(at: int) -> list[Count]:
    """Return counts of a month; `at` is its place in the year."""
    counts = []
    for what, base in (("case", 300), ("letter", 30), ("complaint", 25), ("review", 90)):
        for place, department in enumerate(("", *list(catalogue().departments)[:9])):
            n = base + at * 7 if not department else (base + at * 7) // (place + 2)
            dimension = "department" if department else ""
            counts.append(Count(what, "", dimension, department, n, n, n - n // 20))
        counts += [Count(what, "", "length", str(days), base // days) for days in (1, 3, 9, 14)]
    levels = [Count("review", "", "level", str(level), 18) for level in range(1, 6)]
    talks = [Count("talk", "", "", "", 900 + 60 * at), Count("talk", "", "channel", "web", 900)]
    weeks = [
        Count("letter_within_7", "", "", "", 30, 30, 20),
        Count("letter_over_11", "", "", "", 30, 30, 4),
    ]
    return [*counts, *levels, *talks, *weeks]


def made_up_year(app: App, now: datetime) -> None:
    """Write the counts of the months that are published at a moment."""
    for at, month in enumerate(window_at(local_day(now)).months):
        with app.unit_of_work() as unit:
            unit.open_counts.add_month(month, counts_of_a_month(at), now=now)


def talk(app: App, boss: Agent, now: datetime) -> int:
    """Announce a talk at which three questions were asked; returns its id."""
    desk = MeetingDesk(
        app.unit_of_work, boss, now, app.catalogue, app.router, app.hot_rules.likeness
    )
    new = NewMeeting(
        MeetingKind.MEETING,
        "冬季用电座谈",
        "请嘉明工业园的企业来说说用电的事，供电公司当场答复。",
        "政务大厅三楼",
        now + timedelta(days=7),
        local_day(now + timedelta(days=5)),
    )
    made = meetings.announce(desk, new)
    for text in QUESTIONS:
        meetings.ask(app.unit_of_work, made, text=text, client="", now=now)
    return made


def inspected(app: App, boss: Agent, now: datetime) -> None:
    """Draw a sample of the cases that were closed lately, and report a finding."""
    desk = InspectionDesk(app.unit_of_work, boss, now, app.calendar, app.catalogue)
    today = local_day(now)
    wish = SampleWish(today - timedelta(days=60), today, 3, 20261124)
    sample = inspections.draw_sample(desk, wish)
    inspections.report_finding(
        desk, text="告知单少一项，申请人多跑了一趟", sample_id=sample, position=1
    )
