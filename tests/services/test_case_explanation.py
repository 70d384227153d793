from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.cases import CaseEvent, CaseEventKind, CaseState
from bot.services.cases.clock import read_clock
from bot.services.cases.explanation import DayKind, explain_days, explain_runs
from tests.casework_factories import calendar, local

S = CaseState


def history(*moves: tuple[CaseState, str]) -> list[CaseEvent]:
    return [
        CaseEvent(local(f"{day} 10:00"), "approval", CaseEventKind.MOVED, None, state)
        for state, day in moves
    ]


def test_a_case_over_national_day_is_explained_day_by_day() -> None:
    # received Tue 29 Sep 2026, accepted Wed 30 Sep; 1-7 Oct off; Thu 8, Fri 9, make-up Sat 10
    moves = history((S.RECEIVED, "2026-09-29"), (S.ACCEPTED, "2026-09-30"))
    days = explain_days(moves, date(2026, 10, 10), calendar())
    assert [(day.on.day, day.kind, day.number) for day in days] == [
        (29, DayKind.WAITED, None),
        (30, DayKind.FIRST, None),
        *((day, DayKind.DAY_OFF, None) for day in range(1, 8)),
        (8, DayKind.COUNTED, 1),
        (9, DayKind.COUNTED, 2),
        (10, DayKind.COUNTED, 3),
    ]
    assert days[2].holiday == "国庆节"


def test_a_pause_is_named_by_its_state_and_ends_the_day_it_goes_on() -> None:
    moves = history(
        (S.RECEIVED, "2026-11-20"),  # Fri
        (S.ACCEPTED, "2026-11-20"),
        (S.UNDER_REVIEW, "2026-11-20"),
        (S.HEARING, "2026-11-24"),  # Tue, still counted
        (S.UNDER_REVIEW, "2026-11-26"),  # Thu, not yet counted
    )
    days = explain_days(moves, date(2026, 11, 27), calendar())
    taken = {day.on.day: (day.kind, day.state) for day in days}
    assert taken[24] == (DayKind.COUNTED, S.HEARING)
    assert taken[25] == (DayKind.STOOD, S.HEARING)
    assert taken[26] == (DayKind.STOOD, S.UNDER_REVIEW)
    assert taken[27] == (DayKind.COUNTED, S.UNDER_REVIEW)
    assert [day.number for day in days if day.number] == [1, 2, 3]


def test_a_finished_case_is_explained_up_to_its_end() -> None:
    moves = history(
        (S.RECEIVED, "2026-11-20"), (S.ACCEPTED, "2026-11-20"), (S.COMPLETED, "2026-11-24")
    )
    days = explain_days(moves, date(2027, 3, 1), calendar())
    assert days[-1].on == date(2026, 11, 24)
    assert explain_days([], date(2026, 11, 24), calendar()) == ()


@settings(max_examples=150, deadline=None)
@given(
    gaps=st.lists(st.integers(0, 12), max_size=6),
    start=st.integers(0, 280),
    rest=st.integers(0, 20),
    pause=st.sampled_from([S.RECTIFICATION, S.HEARING, S.PUBLICITY, S.INSPECTION]),
)
def test_the_counted_days_are_those_of_the_clock(
    gaps: list[int], start: int, rest: int, pause: CaseState
) -> None:
    day = date(2026, 1, 1) + timedelta(days=start)
    moves = [(S.RECEIVED, day.isoformat()), (S.ACCEPTED, day.isoformat())]
    state = S.ACCEPTED
    for gap in gaps:
        day += timedelta(days=gap)
        state = S.UNDER_REVIEW if state is pause else pause
        moves.append((state, day.isoformat()))
    events, today = history(*moves), day + timedelta(days=rest)
    days = explain_days(events, today, calendar())
    used = read_clock(events, None, today, calendar()).days_used
    assert sum(one.kind is DayKind.COUNTED for one in days) == used
    assert [one.number for one in days if one.number] == list(range(1, used + 1))
    assert sum(run.working_days for run in explain_runs(days)) == used
    assert [one.on for one in days] == sorted({one.on for one in days})
