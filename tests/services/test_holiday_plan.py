"""One real plan carried by hand over two holidays with three make-up days on weekends."""

from datetime import date
from pathlib import Path

from bot.services.plans.project import PlanProject, ProjectAnswers
from bot.store.calendars import load_calendar
from bot.store.catalogue.loader import load_catalogue

CATALOGUE = load_catalogue(Path("data/catalogue"))
CALENDAR = load_calendar(Path("data/calendar"))

START = date(2026, 9, 16)  # Wednesday, day 0
WORKED = (
    date(2026, 9, 17),  # 1 Thu
    date(2026, 9, 18),  # 2 Fri
    # Sat 19 September off
    date(2026, 9, 20),  # 3 Sun, worked instead of a day of the National Day
    date(2026, 9, 21),  # 4 Mon
    date(2026, 9, 22),  # 5 Tue: drawing review (5) due
    date(2026, 9, 23),  # 6 Wed
    date(2026, 9, 24),  # 7 Thu: fire design review (2) due
    # Fri 25 to Sun 27 September: Mid-Autumn
    date(2026, 9, 28),  # 8 Mon
    date(2026, 9, 29),  # 9 Tue: construction permit (2) due
    date(2026, 9, 30),  # 10 Wed
    # Thu 1 to Wed 7 October: National Day
    date(2026, 10, 8),  # 11 Thu
    date(2026, 10, 9),  # 12 Fri
    date(2026, 10, 10),  # 13 Sat, worked instead of a day of the National Day
    # Sun 11 October off
    date(2026, 10, 12),  # 14 Mon
    date(2026, 10, 13),  # 15 Tue
    date(2026, 10, 14),  # 16 Wed: fire acceptance (7) due
)
"""Every working day of the plan, counted by hand from the arrangement of the State Council.

Source: 国务院办公厅关于2026年部分节假日安排的通知 (2025-11-04).
"""


def test_a_renovation_is_dated_over_mid_autumn_and_national_day_as_counted_by_hand() -> None:
    made = PlanProject(CATALOGUE, CALENDAR).compose(ProjectAnswers("soc-renovation"), START)
    assert made is not None
    due = {step.planned.step.id: step.planned.due.on for step in made.steps}

    assert due["draw"] == WORKED[5 - 1] == date(2026, 9, 22)
    assert due["fired"] == WORKED[7 - 1] == date(2026, 9, 24)
    assert due["cp"] == WORKED[9 - 1] == date(2026, 9, 29)
    assert due["firea"] == WORKED[16 - 1] == date(2026, 10, 14)
    assert made.plan.finishes.on == date(2026, 10, 14)
    assert not made.plan.finishes.provisional


def test_the_hand_count_leaves_out_no_working_day() -> None:
    days = [date.fromordinal(n) for n in range(START.toordinal() + 1, WORKED[-1].toordinal() + 1)]

    assert tuple(day for day in days if CALENDAR.is_working_day(day)) == WORKED
