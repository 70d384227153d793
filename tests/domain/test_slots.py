from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.halls import BadServiceSetting, DayKind, Mode, Period, to_local
from bot.domain.slots import Closure, SlotKind, SlotRule, SlotRules, slots_of_day

ON = date(2026, 11, 24)


def rules(
    *periods: tuple[time, time],
    minutes: int = 30,
    places: int = 2,
    closures: tuple[Closure, ...] = (),
) -> SlotRules:
    return SlotRules(
        slot_minutes=minutes,
        horizon_days=30,
        max_active=3,
        lead_minutes={},
        rules=tuple(
            SlotRule(SlotKind.REGULAR, DayKind.WORKING, Period(*period), {Mode.WINDOW: places})
            for period in periods
        ),
        overrides={("busy", SlotKind.REGULAR): {Mode.WINDOW: 9}},
        closures=closures,
        source="test",
    )


MORNING = (time(9), time(12))


def test_a_morning_of_three_hours_has_six_half_hours() -> None:
    found = slots_of_day(rules(MORNING), district="d", mode=Mode.WINDOW, on=ON, day=DayKind.WORKING)
    starts = [f"{to_local(slot.starts_at):%H:%M}" for slot in found]
    assert starts == ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30"]
    assert {slot.places for slot in found} == {2}


def test_a_stretch_too_short_for_a_slot_is_not_offered() -> None:
    found = slots_of_day(
        rules((time(9), time(10, 10))),
        district="d",
        mode=Mode.WINDOW,
        on=ON,
        day=DayKind.WORKING,
    )
    assert len(found) == 2


@pytest.mark.parametrize(
    ("mode", "day"), [(Mode.PHONE, DayKind.WORKING), (Mode.WINDOW, DayKind.HOLIDAY)]
)
def test_a_mode_or_day_without_a_rule_has_no_slots(mode: Mode, day: DayKind) -> None:
    assert slots_of_day(rules(MORNING), district="d", mode=mode, on=ON, day=day) == ()


def test_a_district_may_have_places_of_its_own() -> None:
    found = slots_of_day(
        rules(MORNING), district="busy", mode=Mode.WINDOW, on=ON, day=DayKind.WORKING
    )
    assert {slot.places for slot in found} == {9}


@pytest.mark.parametrize(("closed", "count"), [(None, 0), ("d", 0), ("other", 6)])
def test_a_closure_empties_the_day_of_its_district_or_of_all(
    closed: str | None, count: int
) -> None:
    closure = Closure(ON, closed, "停电")
    found = slots_of_day(
        rules(MORNING, closures=(closure,)),
        district="d",
        mode=Mode.WINDOW,
        on=ON,
        day=DayKind.WORKING,
    )
    assert len(found) == count


def test_rules_that_share_a_half_hour_are_refused() -> None:
    with pytest.raises(BadServiceSetting):
        rules(MORNING, (time(11, 30), time(13)))


def test_a_period_that_runs_backwards_is_refused() -> None:
    with pytest.raises(BadServiceSetting):
        Period(time(12), time(9))


@pytest.mark.parametrize("broken", [{"minutes": 0}, {"places": -1}])
def test_numbers_out_of_range_are_refused(broken: dict[str, int]) -> None:
    with pytest.raises(BadServiceSetting):
        rules(MORNING, **broken)  # type: ignore[arg-type]


@settings(deadline=None)  # machines that run this are shared
@given(
    opens=st.integers(0, 22 * 60),
    length=st.integers(1, 119),
    minutes=st.integers(5, 120),
)
def test_slots_fill_their_period_without_gap_or_overlap(
    opens: int, length: int, minutes: int
) -> None:
    closes = opens + length
    period = (time(opens // 60, opens % 60), time(closes // 60, closes % 60))
    found = slots_of_day(
        rules(period, minutes=minutes), district="d", mode=Mode.WINDOW, on=ON, day=DayKind.WORKING
    )
    assert len(found) == length // minutes
    for first, second in pairwise(found):
        assert first.ends_at == second.starts_at
    for slot in found:
        assert slot.ends_at - slot.starts_at == timedelta(minutes=minutes)
        assert period[0] <= to_local(slot.starts_at).time() < period[1]
