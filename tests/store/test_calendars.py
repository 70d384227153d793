from datetime import date
from pathlib import Path

import chinese_calendar
import pytest

from bot.planner.calendar import ONE_DAY, WorkingCalendar
from bot.planner.errors import InvalidCalendar
from bot.store.calendars import LIBRARY_SOURCE, library_years, load_calendar, read_year

FOLDER = Path("data/calendar")
MINIMAL = """\
year: 2030
source: test
holidays:
- name: 元旦
  off: [2029-12-31, 2030-01-01]
  make_up: [2029-12-29]
"""


def test_the_file_for_2026_says_the_same_as_the_library() -> None:
    library = library_years()[2026]
    ours = read_year(FOLDER / "2026.yml")
    assert dict(ours.days_off) == dict(library.days_off)
    assert ours.make_up_days == library.make_up_days


def test_every_day_of_the_library_keeps_its_meaning() -> None:
    calendar = load_calendar(FOLDER)
    day, last = date(2004, 1, 1), date(2026, 12, 27)
    while day <= last:
        assert calendar.is_working_day(day) == chinese_calendar.is_workday(day), day
        day += ONE_DAY


def test_an_unpublished_year_is_provisional_and_reported() -> None:
    calendar = load_calendar(FOLDER)
    beyond = max(year.year for year in calendar.years) + 1
    assert calendar.add_working_days(date(beyond, 3, 1), 1).provisional
    assert calendar.missing_years(date(beyond, 1, 2)) == [beyond]


def test_an_operator_adds_a_year_with_one_file(tmp_path: Path) -> None:
    (tmp_path / "2030.yml").write_text(MINIMAL, encoding="utf-8")
    calendar = load_calendar(tmp_path)
    assert not calendar.is_working_day(date(2029, 12, 31))
    assert calendar.add_working_days(date(2029, 12, 29), 1).on == date(2030, 1, 2)
    assert calendar.missing_years(date(2030, 2, 1)) == []


def test_a_file_replaces_the_library_for_its_year(tmp_path: Path) -> None:
    text = MINIMAL.replace("2030", "2026").replace("2029-12-31, ", "").replace("2029-12-29", "")
    (tmp_path / "2026.yml").write_text(text, encoding="utf-8")
    calendar = load_calendar(tmp_path)
    assert calendar.is_working_day(date(2026, 10, 1))
    assert not calendar.is_working_day(date(2025, 10, 1))


def test_a_missing_folder_leaves_the_library(tmp_path: Path) -> None:
    calendar = load_calendar(tmp_path / "nowhere")
    assert isinstance(calendar, WorkingCalendar)
    assert {year.source for year in calendar.years} == {LIBRARY_SOURCE}


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        MINIMAL.replace("year: 2030", "year: 2031"),
        MINIMAL.replace("source: test\n", ""),
        MINIMAL.replace("  off: ", "  days: "),
        MINIMAL.replace("2030-01-01", "'2030-01-01'"),
        MINIMAL.replace("2029-12-29", "2030-01-02"),
        "year: 2030\nsource: test\nholidays: 3\n",
    ],
)
def test_a_broken_file_is_refused_by_name(tmp_path: Path, text: str) -> None:
    file = tmp_path / "2030.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidCalendar):
        read_year(file)
