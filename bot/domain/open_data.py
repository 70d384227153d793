"""Open statistics: counts that everybody may have, and what is done so that none is too small."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.errors import BotError

FEWEST = 5
"""No published number speaks of fewer than this, zero apart."""

MONTHS = 12
"""Length of the published window."""

SETTLED_DAYS = 3
"""So many days after its end a month is counted, so that what came late is in it."""

COUNTED = (
    *("talk", "wait", "case", "ticket", "booking", "ended", "review", "rectification"),
    *("complaint", "suggestion", "letter", "letter_within_7", "letter_over_11"),
    *("adopted", "published", "mark_answers", "mark_basis", "mark_next_step", "hot"),
)
"""Everything that is counted by month; what did not happen is counted as zero."""

OTHER = "other"
"""Key under which parts that are too small stand together."""

LENGTH = "length"
"""The dimension of how long something took; its keys are whole numbers."""


class BadTables(BotError):
    """Exported tables are incomplete, changed, or cannot be read."""


@dataclass(frozen=True, order=True)
class Count:
    """So many of one kind.

    Attributes:
        what: What was counted, e.g. "case".
        month: "2026-10"; "" for the whole window.
        dimension: What `key` belongs to: "department", "matter", ...; "" for all together.
        due: Of `n` those that had a date or could be content.
        kept: Of `due` those that kept it, or were.
    """

    what: str
    month: str
    dimension: str
    key: str
    n: int
    due: int = 0
    kept: int = 0

    @property
    def is_small(self) -> bool:
        """Tell whether it speaks of too few to be published."""
        return 0 < self.n < FEWEST or 0 < self.due < FEWEST


@dataclass(frozen=True)
class Window:
    """Complete months of the calendar, both named by their first day."""

    first: date
    last: date

    @property
    def months(self) -> Sequence[date]:
        """Return the first days, oldest first."""
        found = [self.first]
        while found[-1] < self.last:
            found.append(next_month(found[-1]))
        return found


def next_month(first: date) -> date:
    """Return the first day of the month after."""
    return (first + timedelta(days=31)).replace(day=1)


def months_before(first: date, n: int) -> date:
    """Return the first day of the month `n` months earlier."""
    at = first.year * 12 + first.month - 1 - n
    return date(at // 12, at % 12 + 1, 1)


def window_at(today: date) -> Window:
    """Return the months that are complete and settled on a day."""
    this = (today - timedelta(days=SETTLED_DAYS)).replace(day=1)
    return Window(months_before(this, MONTHS), months_before(this, 1))


def publishable(counts: Iterable[Count]) -> list[Count]:
    """Return what may be published of the counts of a window: nothing that speaks of too few.

    Small parts are put together under `OTHER`, with the next larger one when they are too few even
    so; then the parts still add up to the whole, and nothing follows from subtracting. Lengths are
    put together with the next longer one. Of months the small ones are left out, and a second one
    when there is only one, or when those left out are too few together.

    Args:
        counts: With the whole (`month` and `dimension` ""), the months, and the parts.

    Returns:
        Sorted; nothing at all of what has too few in the whole window, and no share of anything of
        which too few were due.
    """
    kinds: dict[str, dict[str, list[Count]]] = {}
    for one in counts:
        group = "month" if one.month else one.dimension
        kinds.setdefault(one.what, {}).setdefault(group, []).append(one)
    found: list[Count] = []
    for groups in kinds.values():
        whole = groups[""][0]
        if 0 < whole.n < FEWEST:
            continue
        tells_shares = not 0 < whole.due < FEWEST
        for group, members in groups.items():
            kept = members if tells_shares else [replace(one, due=0, kept=0) for one in members]
            found += {"month": _months, LENGTH: _lengths}.get(group, _parts)(kept)
    return sorted(found)


def _parts(members: Sequence[Count]) -> list[Count]:
    if len(members) == 1 and not members[0].dimension:
        return list(members)
    small = [one for one in members if one.is_small]
    large = sorted((one for one in members if not one.is_small), key=lambda one: (one.n, one.key))
    while small and _together(small, OTHER).is_small and large:
        small.append(large.pop(0))
    return [*large, _together(small, OTHER)] if small else large


def _lengths(members: Sequence[Count]) -> list[Count]:
    found: list[Count] = []
    waiting: list[Count] = []
    for one in sorted(members, key=lambda one: int(one.key)):
        waiting.append(one)
        if not _together(waiting, one.key).is_small:
            found.append(_together(waiting, one.key))
            waiting = []
    if waiting and found:
        found.append(_together([found.pop(), *waiting], waiting[-1].key))
    return found


def _months(members: Sequence[Count]) -> list[Count]:
    hidden = [one for one in members if one.is_small]
    shown = sorted((one for one in members if not one.is_small), key=lambda one: (one.n, one.month))
    while hidden and (len(hidden) == 1 or _together(hidden, "").is_small):
        spare = next((one for one in shown if one.n), None)
        if spare is None:
            return []
        shown.remove(spare)
        hidden.append(spare)
    return [Count(one.what, one.month, "", "", one.n) for one in shown]


def _together(members: Sequence[Count], key: str) -> Count:
    first = members[0]
    n, due, kept = (sum(getattr(one, name) for one in members) for name in ("n", "due", "kept"))
    return Count(first.what, first.month, first.dimension, key, n, due, kept)
