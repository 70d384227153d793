from datetime import date, datetime

import pytest
from sqlalchemy import update
from sqlalchemy.engine import Engine

from bot.domain.errors import UnknownDistrict
from bot.domain.halls import BadServiceSetting, to_local
from bot.services.bookings.office_hours import Closed, Open, desk_hours, hall_of
from bot.store.tables.services import SERVICE_SETTINGS
from bot.store.unit_of_work import unit_of_work_factory
from tests.service_factories import OpenUnit, at, calendar, seeded


def hours(unit_of_work: OpenUnit, now: datetime, district: str | None = None) -> tuple[str, str]:
    found = desk_hours(unit_of_work, now=now, calendar=calendar(), district=district)
    if isinstance(found, Open):
        return "open", f"{to_local(found.until):%m-%d %H:%M}"
    assert found.opens_at is not None
    return "closed", f"{to_local(found.opens_at):%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("day", "hour", "minute", "said"),
    [
        (date(2026, 11, 23), 8, 59, ("closed", "11-23 09:00")),  # Monday
        (date(2026, 11, 23), 9, 0, ("open", "11-23 12:00")),
        (date(2026, 11, 23), 11, 59, ("open", "11-23 12:00")),
        (date(2026, 11, 23), 12, 0, ("closed", "11-23 13:30")),
        (date(2026, 11, 23), 17, 0, ("closed", "11-24 09:00")),
        (date(2026, 11, 27), 18, 0, ("closed", "11-28 09:00")),  # Friday evening
        (date(2026, 11, 28), 10, 0, ("open", "11-28 12:00")),  # Saturday
        (date(2026, 10, 10), 14, 0, ("open", "10-10 17:00")),  # a Saturday that is worked
        (date(2026, 9, 30), 20, 0, ("closed", "10-08 09:00")),  # National Day, seven days
        (date(2026, 10, 3), 10, 0, ("closed", "10-08 09:00")),  # its Saturday is a holiday
    ],
)
def test_the_desk_says_until_when_or_from_when(
    sqlite_engine: Engine, day: date, hour: int, minute: int, said: tuple[str, str]
) -> None:
    assert hours(seeded(sqlite_engine), at(day, hour, minute)) == said


def test_a_year_without_calendar_is_said_to_be_provisional(sqlite_engine: Engine) -> None:
    unit_of_work = seeded(sqlite_engine)
    found = desk_hours(unit_of_work, now=at(date(2027, 3, 2), 10), calendar=calendar())
    assert found == Open(at(date(2027, 3, 2), 12), provisional=True)


def test_a_district_may_have_hours_of_its_own(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    own = {
        "source": "test",
        "periods": {"working": [["09:00", "12:00"]]},
        "districts": {"371581": {"working": [["08:30", "11:30"]]}},
    }
    with engine.begin() as connection:
        is_hours = SERVICE_SETTINGS.c.name == "office_hours"
        connection.execute(update(SERVICE_SETTINGS).where(is_hours).values(value=own))
    now = at(date(2026, 11, 23), 11, 45)
    assert hours(unit_of_work, now, "371581") == ("closed", "11-24 08:30")
    assert hours(unit_of_work, now, "371502") == ("open", "11-23 12:00")


def test_a_desk_that_never_opens_promises_nothing(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    with engine.begin() as connection:
        never = {"source": "test", "periods": {}, "districts": {}}
        connection.execute(update(SERVICE_SETTINGS).values(value=never))
    now = at(date(2026, 11, 23), 10)
    assert desk_hours(unit_of_work, now=now, calendar=calendar()) == Closed(None, provisional=True)


def test_hours_that_nobody_entered_are_not_guessed(engine: Engine) -> None:
    with pytest.raises(BadServiceSetting):
        desk_hours(
            unit_of_work_factory(engine), now=at(date(2026, 11, 23), 10), calendar=calendar()
        )


def test_a_hall_is_found_by_its_district(engine: Engine) -> None:
    hall = hall_of(seeded(engine), "lc-hitech")
    assert hall.name == "聊城高新技术产业开发区政务服务大厅"
    assert hall.address_text == "地址以大厅公布为准"
    with pytest.raises(UnknownDistrict):
        hall_of(seeded(engine), "nowhere")
