"""How a due time comes about, day by day and span by span: one way of explaining for all clocks.

A case walks its days by `walk_days`; a ticket's clock is explained by `explain_clock`, which walks
the same days for a limit in days, and the spans of each day for a limit in hours.
"""

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.ticket_clocks import LimitUnit, OperatorLimit
from bot.planner.calendar import ONE_DAY
from bot.services.times.deadlines import RunningSpan, due_of
from bot.services.times.local_time import local_day
from bot.services.times.working_time import WorkingTime, minutes

DaySpan = tuple[date, date | None]
"""Local days between which a clock ran; the end is None while it runs."""


class DayBook(Protocol):
    """Knows which days are worked: the public calendar, or the one of a department."""

    def is_working_day(self, day: date) -> bool:
        """Tell whether a day is worked."""

    def holiday_name(self, day: date) -> str | None:
        """Return the name of the holiday a day is part of."""

    def covers(self, day: date) -> bool:
        """Tell whether the day is settled."""


@dataclass(frozen=True)
class WalkedDay:
    """One local day on the way.

    Attributes:
        is_running: The clock ran on the evening before it.
        number: Running number of a day that counts, from 1; None for other days.
        holiday: Name of the holiday, "" on an ordinary day.
        is_official: It is settled whether the day is worked.
    """

    on: date
    is_running: bool
    number: int | None
    holiday: str
    is_official: bool


def walk_days(
    first: date, last: date, spans: Sequence[DaySpan], days: DayBook
) -> Iterator[WalkedDay]:
    """Yield every day from `first` to `last` and whether it counts.

    A day counts when it is worked and the clock ran on the evening before: the day on which a clock
    starts is not counted, the day on which it stops is.

    Source: 行政许可法 第八十二条 (working days).
    """
    number, day = 0, first
    while day <= last:
        runs = any(start < day and (end is None or day <= end) for start, end in spans)
        is_counted = runs and days.is_working_day(day)
        number += is_counted
        yield WalkedDay(
            on=day,
            is_running=runs,
            number=number if is_counted else None,
            holiday=days.holiday_name(day) or "",
            is_official=days.covers(day),
        )
        day += ONE_DAY


class PartKind(enum.Enum):
    """How a stretch of time was taken."""

    START = "start"
    USED = "used"
    NOON = "noon"
    """Between two spans of a day."""
    DAY_OFF = "day_off"
    STOOD = "stood"
    """The clock stood: the business was waited for."""
    DUE = "due"


@dataclass(frozen=True)
class Part:
    """One stretch.

    Attributes:
        first: Aware UTC; of a whole day its first moment.
        minutes: Working minutes used.
        number: Running number of a day that counts.
        holiday: Name of the holiday of a day off.
        is_official: It is settled whether the day is worked.
    """

    kind: PartKind
    first: datetime
    last: datetime
    minutes: int = 0
    number: int | None = None
    holiday: str = ""
    is_official: bool = True


def explain_clock(
    limit: OperatorLimit, spans: Sequence[RunningSpan], work: WorkingTime, now: datetime
) -> tuple[Part, ...]:
    """Return the way from the start of a clock to its due time, in order.

    A clock that stands is explained up to `now`. The numbers and minutes used add up to the limit.
    """
    if not spans:
        return ()
    due = due_of(limit, spans, work)
    start, end = spans[0][0], due.at if due else max(now, spans[-1][0])
    parts = [Part(PartKind.START, start, start)]
    walk = _by_days if limit.unit is LimitUnit.WORKING_DAY else _by_minutes
    parts += walk(spans, start, end, work)
    parts += _stood(spans, end)
    if due:
        parts.append(Part(PartKind.DUE, due.at, due.at, is_official=not due.provisional))
    order = {PartKind.START: 0, PartKind.DUE: 2}
    return tuple(sorted(parts, key=lambda one: (one.first, order.get(one.kind, 1))))


def _by_days(
    spans: Sequence[RunningSpan], start: datetime, end: datetime, work: WorkingTime
) -> Iterator[Part]:
    day_spans = [(local_day(a), local_day(b) if b else None) for a, b in spans]
    for day in walk_days(local_day(start) + ONE_DAY, local_day(end), day_spans, work):
        opens = work.day_begins(day.on)
        closes = opens + ONE_DAY
        if day.number is not None:
            yield Part(PartKind.USED, opens, closes, number=day.number, is_official=day.is_official)
        elif not work.is_working_day(day.on):
            yield Part(
                PartKind.DAY_OFF, opens, closes, holiday=day.holiday, is_official=day.is_official
            )


def _by_minutes(
    spans: Sequence[RunningSpan], start: datetime, end: datetime, work: WorkingTime
) -> Iterator[Part]:
    day = local_day(start)
    while day <= local_day(end):
        is_official, worked = work.covers(day), work.spans_on(day)
        if not worked:
            opens = work.day_begins(day)
            name = work.holiday_name(day) or ""
            yield Part(
                PartKind.DAY_OFF,
                opens,
                opens + ONE_DAY,
                holiday=name,
                is_official=is_official,
            )
        closed: datetime | None = None
        for opens, closes in worked:
            if closed is not None and start < opens and closed < end:
                yield Part(PartKind.NOON, closed, opens)
            closed = closes
            for begun, stopped in spans:
                first, last = max(opens, begun), min(closes, stopped or end, end)
                if last > first:
                    used = minutes(first, last)
                    yield Part(PartKind.USED, first, last, used, is_official=is_official)
        day += ONE_DAY


def _stood(spans: Sequence[RunningSpan], end: datetime) -> Iterator[Part]:
    starts = [begun for begun, _ in spans[1:]]
    for (_, stopped), again in zip(spans, [*starts, end], strict=True):
        if stopped is not None and stopped < again and stopped < end:
            yield Part(PartKind.STOOD, stopped, min(again, end))
