"""Reminders keep out of the night; helpers need the way between two visits."""

from datetime import date, datetime, time, timedelta

import pytest

from bot.domain.booking_rules import BookingRules, NoShowRule, QuietHours, TravelTable
from bot.domain.halls import BadServiceSetting, Mode, at_local
from bot.domain.helpers import Absence, Engagement, Helper, Wish, able, best_first, seats_left

THURSDAY = date(2026, 11, 26)
QUIET = QuietHours(time(21), time(8))
TRAVEL = TravelTable(
    within=timedelta(minutes=20),
    default=timedelta(minutes=60),
    pairs={frozenset({"371502", "371503"}): timedelta(minutes=40)},
)


def local(hour: int, minute: int = 0, day: date = THURSDAY) -> datetime:
    return at_local(day, time(hour, minute))


def rules(**changes: object) -> BookingRules:
    wanted: dict[str, object] = {
        "hold": timedelta(minutes=10),
        "offer": timedelta(minutes=30),
        "reminders": (timedelta(days=1), timedelta(hours=1)),
        "quiet": QUIET,
        "no_show": NoShowRule(2, 90, timedelta(hours=2)),
        "travel": TRAVEL,
        "source": "test",
    }
    return BookingRules(**{**wanted, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("starts_at", "day_before", "hour_before"),
    [
        (local(10), local(10, day=date(2026, 11, 25)), local(9)),
        # an hour before 8:30 is quiet: the evening before, at the last minute that is not
        (local(8, 30), local(8, 30, day=date(2026, 11, 25)), local(20, 59, date(2026, 11, 25))),
        (local(21, 30), local(20, 59, date(2026, 11, 25)), local(20, 30)),
        (local(22, 30), local(20, 59, date(2026, 11, 25)), local(20, 59)),
        (local(0, 30), local(20, 59, date(2026, 11, 24)), local(20, 59, date(2026, 11, 25))),
    ],
)
def test_reminders_keep_out_of_the_quiet_hours(
    starts_at: datetime, day_before: datetime, hour_before: datetime
) -> None:
    due = rules().reminders_of(starts_at, local(9, day=date(2026, 11, 20)))
    assert due == {"1440": day_before, "60": hour_before}


def test_a_reminder_whose_time_is_over_is_left_out() -> None:
    assert list(rules().reminders_of(local(10), local(8))) == ["60"]
    assert rules().reminders_of(local(10), local(9, 30)) == {}


@pytest.mark.parametrize(
    "changes",
    [
        {"hold": timedelta(0)},
        {"offer": timedelta(days=15)},
        {"reminders": (timedelta(minutes=-5),)},
        {"no_show": NoShowRule(0, 90, timedelta(hours=2))},
        {"travel": TravelTable(timedelta(0), timedelta(days=2), {})},
    ],
)
def test_numbers_that_make_no_sense_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(BadServiceSetting):
        rules(**changes)


def test_quiet_hours_by_day_are_possible_too() -> None:
    noon = QuietHours(time(12), time(14))
    assert noon.covers(local(13))
    assert not noon.covers(local(14))
    assert noon.before(local(13)) == local(11, 59)


def helper(**changes: object) -> Helper:
    wanted: dict[str, object] = {
        "agent_id": 1,
        "name": "韩梅梅",
        "home": "371502",
        "districts": ("371502", "371503"),
        "modes": tuple(Mode),
    }
    return Helper(**{**wanted, **changes})  # type: ignore[arg-type]


def seats(wish: Wish, *busy: Engagement, away: tuple[Absence, ...] = (), **changes: object) -> int:
    return seats_left(helper(**changes), wish, busy, away, TRAVEL)


def engaged(hour: int, minute: int, mode: Mode, district: str = "371502") -> Engagement:
    return Engagement(
        1, local(hour, minute), local(hour, minute) + timedelta(minutes=30), mode, district
    )


def wish(hour: int, minute: int, mode: Mode, district: str = "371502") -> Wish:
    return Wish(local(hour, minute), local(hour, minute) + timedelta(minutes=30), mode, district)


@pytest.mark.parametrize(
    ("first", "second", "is_possible"),
    [
        # 371502 ends 9:30; the way to 371503 takes 40 minutes
        (("371502", 9, 0), ("371503", 10, 0), False),
        (("371502", 9, 0), ("371503", 10, 10), True),
        (("371502", 9, 0), ("371502", 9, 50), True),
        (("371502", 9, 0), ("371502", 9, 40), False),
        # a pair without a line takes the default, an hour; both ways round
        (("371521", 9, 0), ("371503", 10, 29), False),
        (("371521", 9, 0), ("371503", 10, 30), True),
        (("371503", 10, 0), ("371502", 9, 0), False),
    ],
)
def test_two_visits_need_the_way_between_them(
    first: tuple[str, int, int], second: tuple[str, int, int], is_possible: bool
) -> None:
    busy = engaged(first[1], first[2], Mode.ON_SITE, first[0])
    wanted = wish(second[1], second[2], Mode.ON_SITE, second[0])
    assert bool(seats(wanted, busy)) is is_possible


def test_the_way_back_to_the_own_hall_counts_too() -> None:
    out = engaged(9, 0, Mode.ON_SITE, "371503")
    assert not seats(wish(10, 0, Mode.WINDOW), out)
    assert seats(wish(10, 10, Mode.WINDOW), out)


def test_a_helper_sees_as_many_at_once_as_the_settings_say() -> None:
    window = engaged(9, 0, Mode.WINDOW)
    assert seats(wish(9, 0, Mode.WINDOW), window) == 0
    assert seats(wish(9, 0, Mode.WINDOW), window, capacity=3) == 2
    assert seats(wish(9, 0, Mode.ON_SITE), capacity=3) == 1
    assert seats(wish(9, 30, Mode.WINDOW), window) == 1


def test_nobody_telephones_while_somebody_sits_at_the_window() -> None:
    assert not seats(wish(9, 0, Mode.PHONE), engaged(9, 0, Mode.WINDOW), capacity=5)


def test_an_absence_covers_what_it_touches() -> None:
    away = (Absence(1, 1, local(9, 15), local(12), "培训"),)
    assert not seats(wish(9, 0, Mode.PHONE), away=away)
    assert not seats(wish(11, 30, Mode.PHONE), away=away)
    assert seats(wish(12, 0, Mode.PHONE), away=away)


def test_who_knows_the_matter_goes_before_others_and_nobody_is_left_without_help() -> None:
    tobacco, all_round = helper(matters=("tobacco",)), helper(agent_id=2)
    food = helper(agent_id=3, matters=("food",))
    assert able((tobacco, all_round, food), "food") == (all_round, food)
    assert able((tobacco, food), "seal") == (tobacco, food)
    assert able((tobacco, food), None) == (tobacco, food)


def test_who_has_least_to_do_is_asked_first() -> None:
    two, one = helper(agent_id=2), helper()
    assert best_first([two, one], []) == [one, two]
    assert best_first([two, one], [engaged(9, 0, Mode.PHONE)]) == [two, one]
