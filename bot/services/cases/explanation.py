"""The clock of a case day by day: which days count, which do not, and why."""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.cases import (
    CASE_STATES,
    PAUSED_STATES,
    CaseEvent,
    CaseState,
    ClockMode,
    running_spans,
)
from bot.planner.calendar import WorkingCalendar
from bot.services.times.clock_explanation import WalkedDay, walk_days
from bot.services.times.local_time import local_day


class DayKind(enum.Enum):
    """How one day was taken."""

    COUNTED = "counted"
    DAY_OFF = "day_off"
    """A weekend or a public holiday."""
    STOOD = "stood"
    """The clock stood."""
    WAITED = "waited"
    """Not accepted yet."""
    FIRST = "first"
    """The day of the acceptance, from which is counted."""


@dataclass(frozen=True)
class ExplainedDay:
    """One local day.

    Attributes:
        number: Running number of a counted day, from 1; None for other days.
        holiday: Name of the holiday, "" on an ordinary day.
        state: Where the case stood at the end of the day.
        is_official: An official calendar decides about the day.
    """

    on: date
    kind: DayKind
    number: int | None
    holiday: str
    state: CaseState
    is_official: bool


@dataclass(frozen=True)
class ExplainedRun:
    """Days in a row that were taken alike; both ends included."""

    kind: DayKind
    first: date
    last: date
    state: CaseState
    working_days: int


def explain_days(
    events: Sequence[CaseEvent],
    today: date,
    calendar: WorkingCalendar,
    stands: frozenset[CaseState] = PAUSED_STATES,
) -> tuple[ExplainedDay, ...]:
    """Return every day from the opening to `today`, or to the end of the case.

    `stands` are the states in which its clock stands.

    The numbers of the counted days end at `CaseClock.days_used`: a day counts when it is worked and
    the clock ran on the evening before it. Costs O(days + events).

    Source: 行政许可法 第八十二条 (working days), 第三十二条 and 第四十五条 (what is not counted).
    """
    moves = [event for event in events if event.to]
    if not moves:
        return ()
    spans = [(local_day(a), local_day(b) if b else None) for a, b in running_spans(events, stands)]
    last = _last_day(moves, today)
    accepted = next((local_day(e.at) for e in moves if e.to is CaseState.ACCEPTED), None)
    days, position = [], 0
    for walked in walk_days(local_day(moves[0].at), last, spans, calendar):
        while position + 1 < len(moves) and local_day(moves[position + 1].at) <= walked.on:
            position += 1
        state = moves[position].to
        assert state is not None
        days.append(
            ExplainedDay(
                on=walked.on,
                kind=_kind(walked, accepted),
                number=walked.number,
                holiday=walked.holiday,
                state=state,
                is_official=walked.is_official,
            )
        )
    return tuple(days)


def explain_runs(days: Iterable[ExplainedDay]) -> tuple[ExplainedRun, ...]:
    """Put days together that follow each other and were taken alike.

    Days off between counted days do not part them: a run of counted days says how many of its
    days counted.
    """
    runs: list[ExplainedRun] = []
    for day in days:
        before = runs[-1] if runs else None
        alike = before is not None and (
            (before.kind is day.kind and before.state is day.state)
            or (before.kind is DayKind.COUNTED and day.kind in {DayKind.DAY_OFF, DayKind.COUNTED})
        )
        counted = int(day.kind is DayKind.COUNTED)
        if before is not None and alike:
            runs[-1] = ExplainedRun(
                before.kind, before.first, day.on, before.state, before.working_days + counted
            )
        else:
            runs.append(ExplainedRun(day.kind, day.on, day.on, day.state, counted))
    return tuple(runs)


def _last_day(moves: Sequence[CaseEvent], today: date) -> date:
    end = moves[-1]
    assert end.to is not None
    is_over = CASE_STATES[end.to].clock is ClockMode.ENDED
    return min(today, local_day(end.at)) if is_over else today


def _kind(day: WalkedDay, accepted: date | None) -> DayKind:
    if accepted is None or day.on < accepted:
        return DayKind.WAITED
    if day.on == accepted:
        return DayKind.FIRST
    if not day.is_running:
        return DayKind.STOOD
    return DayKind.DAY_OFF if day.number is None else DayKind.COUNTED
