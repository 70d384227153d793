"""The State Council's notice: read whole, and refused when it contradicts itself."""

from datetime import date
from pathlib import Path

import pytest

from bot.planner.errors import InvalidCalendar
from bot.planner.holiday_notice import calendar_of, read_notice, year_of
from bot.store.calendars import load_calendar, read_year, write_year
from tests.desk_cast import DATA

NOTICE = """国务院办公厅关于2026年部分节假日安排的通知

各省、自治区、直辖市人民政府：
　　经国务院批准，现将2026年元旦等放假调休日期的具体安排通知如下。
　　一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
　　二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
　　三、清明节：4月4日（周六）至6日（周一）放假，共3天。
　　四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
　　五、端午节：6月19日（周五）至21日（周日）放假，共3天。
　　六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
　　七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
　　节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。
"""


def test_a_notice_is_read_like_the_file_that_was_written_by_hand() -> None:
    year = year_of(NOTICE)
    read = calendar_of(read_notice(NOTICE, year), year, "x")
    written = read_year(DATA / "calendar" / "2026.yml")

    assert year == 2026
    assert dict(read.days_off) == dict(written.days_off)
    assert read.make_up_days == written.make_up_days


def test_a_written_year_is_read_back_and_replaces_the_shipped_one(tmp_path: Path) -> None:
    changed = NOTICE.replace("1月1日（周四）至3日（周六）放假调休，共3天", "1月1日（周四）放假1天")
    holidays = read_notice(changed, 2026)
    write_year(tmp_path, calendar_of(holidays, 2026, "通知"), holidays)

    calendar = load_calendar(DATA / "calendar", tmp_path)

    assert calendar.is_working_day(date(2026, 1, 2))
    assert not load_calendar(DATA / "calendar").is_working_day(date(2026, 1, 2))


def test_a_holiday_that_begins_in_december_lies_in_the_year_before() -> None:
    text = NOTICE.replace(
        "1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班",
        "2025年12月30日（周二）至2026年1月1日（周四）放假调休，共3天。12月28日（周日）上班",
    )
    first = read_notice(text, 2026)[0]

    assert first.days_off == (date(2025, 12, 30), date(2025, 12, 31), date(2026, 1, 1))
    assert first.make_up_days == (date(2025, 12, 28),)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("共9天", "共8天", "写的是 8 天，日期算下来是 9 天"),
        ("4月4日（周六）", "4月4日（周五）", "2026-04-04 是周六，不是周五"),
        ("6月19日", "6月31日", "没有 6 月 31 日"),
        ("10月1日（周四）至7日（周三）放假调休，共7天。", "", "国庆节：没有读出放假日期"),
        ("　　四、", "四", "只读出"),
    ],
)
def test_a_notice_that_contradicts_itself_is_refused_with_the_place(
    old: str, new: str, words: str
) -> None:
    text = NOTICE.replace(old, new)
    if words == "只读出":
        text = "\n".join(text.splitlines()[:7])

    with pytest.raises(InvalidCalendar, match=words):
        read_notice(text, 2026)


def test_the_notice_of_another_year_does_not_fit() -> None:
    with pytest.raises(InvalidCalendar, match="不是周"):
        read_notice(NOTICE, 2027)


def test_a_text_without_the_title_is_no_notice() -> None:
    with pytest.raises(InvalidCalendar, match="标题"):
        year_of("今天天气很好")
