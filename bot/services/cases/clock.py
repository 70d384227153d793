"""The clock of a case in working days; it stands still during rectification and special procedures.

Source: 行政许可法 第四十五条 (what is not counted), 第八十二条 (working days).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.domain.cases import PAUSED_STATES, CaseEvent, CaseState, running_spans
from bot.planner.calendar import DueDate, WorkingCalendar
from bot.services.times.local_time import local_day


@dataclass(frozen=True)
class CaseClock:
    """Days of one limit.

    Attributes:
        days_used: Working days on which the clock ran; the day it starts and the day it starts
            again are not counted, the day it stops is.
        days_left: Limit less days used, negative when overdue; None without a limit or before the
            acceptance.
        due: Last local day on time; None without a limit, before the acceptance and while the clock
            stands (nobody knows when it goes on), unless it had already passed.
        is_overdue: The due day is over and the case was not finished by then.
        provisional: A day counted for `days_used` has no official calendar yet.
    """

    days_used: int
    days_left: int | None
    due: DueDate | None
    is_overdue: bool
    provisional: bool


def read_clock(
    events: Iterable[CaseEvent],
    limit: int | None,
    today: date,
    calendar: WorkingCalendar,
    stands: frozenset[CaseState] = PAUSED_STATES,
) -> CaseClock:
    """Count the days of a case.

    Args:
        events: Its whole history, oldest first.
        limit: Whole working days, or None.
        today: Local date.
        calendar: The working calendar.
        stands: States in which nothing is counted.
    """
    spans = [
        (local_day(start), local_day(end) if end else None)
        for start, end in running_spans(events, stands)
    ]
    counts = [calendar.working_days_between(start, end or today) for start, end in spans]
    used = sum(count.days for count in counts)
    due = _due(spans, [count.days for count in counts], limit, calendar)
    last_day = today if not spans or spans[-1][1] is None else spans[-1][1]
    left = limit - used if limit is not None and spans else None
    is_in_time = due is not None and last_day <= due.on
    return CaseClock(
        days_used=used,
        # no days at all, begun on a day off: due on the next working day, and in time until then
        days_left=max(left, 0) if left is not None and is_in_time else left,
        due=due,
        is_overdue=due is not None and last_day > due.on,
        provisional=any(count.provisional for count in counts),
    )


def _due(
    spans: list[tuple[date, date | None]],
    days: list[int],
    limit: int | None,
    calendar: WorkingCalendar,
) -> DueDate | None:
    if limit is None:
        return None
    left = limit
    for (start, end), count in zip(spans, days):  # noqa: B905 - made together
        due = calendar.add_working_days(start, left)
        # a limit used up on the day on which the clock stops is due when it goes on
        if end is None or due.on < end or count > left:
            return due
        left -= count
    return None
