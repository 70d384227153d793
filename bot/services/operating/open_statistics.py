"""What everybody may have of the counts: the last complete months, nothing that is too small."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.catalogue import Catalogue
from bot.domain.open_data import Count, Window, publishable, window_at
from bot.services.learning.fact_checks import EVER, key_of, work_list
from bot.services.learning.stale_facts import STALE_AFTER_DAYS, stale_facts
from bot.services.ports import OpenUnitOfWork, within
from bot.services.times.local_time import local_day


@dataclass(frozen=True)
class OpenTable:
    """The published table.

    Attributes:
        window: The months it speaks of.
        missing: Months of the window that have not been counted yet.
        facts_on: Local day on which the facts were counted.
    """

    window: Window
    missing: Sequence[date]
    facts_on: date
    counts: Sequence[Count]


def open_table(reading: OpenUnitOfWork, catalogue: Catalogue, *, now: datetime) -> OpenTable:
    """Return the published table of a moment."""
    today = local_day(now)
    window = window_at(today)
    with reading() as unit:
        counted = unit.open_counts.counted(window.first, window.last)
        totals = unit.open_counts.totals(window.first, window.last)
        facts = _facts(within(unit), catalogue, now)
    missing = [month for month in window.months if month not in counted]
    return OpenTable(window, missing, today, publishable([*totals, *facts]))


def _facts(unit_of_work: OpenUnitOfWork, catalogue: Catalogue, now: datetime) -> Sequence[Count]:
    work = work_list(unit_of_work, catalogue, now=now, days=STALE_AFTER_DAYS)
    waiting = {key_of(one) for one in work.stale} | {key_of(one) for one, _ in work.changed}
    n: Counter[tuple[str, str]] = Counter()
    fresh: Counter[tuple[str, str]] = Counter()
    for fact in stale_facts(catalogue, local_day(now), EVER):
        for place in (("", ""), ("kind", fact.kind)):
            n[place] += 1
            fresh[place] += key_of(fact) not in waiting
    return [Count("fact", "", *place, n[place], n[place], fresh[place]) for place in n]
