"""Changing the desk's hours: several spans a day, for the whole city or one district."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time

from bot.domain.halls import BadServiceSetting, DayKind, OfficeHours, Period
from bot.domain.people import AuditEntry
from bot.services.ports import OpenUnitOfWork

SPAN = re.compile(r"(\d{1,2})[:：](\d{2})\s*(?:-|－|—|–|~|～|至|到)\s*(\d{1,2})[:：](\d{2})")
BETWEEN = re.compile(r"[\s,，、;；]*")


def read_spans(text: str) -> tuple[Period, ...]:
    """Read "09:00-12:00, 13:30-17:00"; nothing at all means closed.

    Raises:
        BadServiceSetting: Something else stands there, a span runs backwards, or spans overlap.
    """
    periods: list[Period] = []
    position = 0
    stripped = text.strip()
    while position < len(stripped):
        found = SPAN.match(stripped, position)
        if found is None:
            raise BadServiceSetting(stripped[position : position + 20])
        numbers = [int(part) for part in found.groups()]
        try:
            period = Period(time(numbers[0], numbers[1]), time(numbers[2], numbers[3]))
        except ValueError:
            raise BadServiceSetting(found.group()) from None
        if periods and period.opens < periods[-1].closes:
            raise BadServiceSetting(found.group())
        periods.append(period)
        between = BETWEEN.match(stripped, found.end())
        position = between.end() if between else found.end()
    return tuple(periods)


def spans_text(periods: tuple[Period, ...]) -> str:
    """Return spans as they are typed."""
    return ", ".join(f"{one.opens:%H:%M}-{one.closes:%H:%M}" for one in periods)


def change_office_hours(
    unit_of_work: OpenUnitOfWork,
    *,
    spans: Mapping[DayKind, tuple[Period, ...]] | None,
    district: str | None,
    source: str,
    agent_id: int,
    now: datetime,
) -> OfficeHours:
    """Replace the hours of the city or of one district; every promise of a person asks them anew.

    Args:
        unit_of_work: Opens the transaction.
        spans: Hours by kind of day; None takes a district's own hours away.
        district: Whose; None for the whole city.
        source: Who says so.
        agent_id: Who changes them.
        now: Aware, UTC.

    Raises:
        BadServiceSetting: The city cannot be without hours, and the origin has to be named.
    """
    if not source or (district is None and spans is None):
        raise BadServiceSetting("source")
    with unit_of_work() as unit:
        hours = unit.service_settings.office_hours()
        if district is None:
            changed = replace(hours, periods=dict(spans or {}), source=source)
        else:
            districts = {name: own for name, own in hours.districts.items() if name != district}
            if spans is not None:
                districts[district] = dict(spans)
            changed = replace(hours, districts=districts, source=source)
        unit.service_settings.change_office_hours(changed, now)
        detail = "; ".join(
            f"{kind.value} {spans_text(periods) or '-'}" for kind, periods in (spans or {}).items()
        )
        entry = AuditEntry(now, agent_id, "office_hours_changed", district, detail or "as the city")
        unit.people.add_audit(entry)
    return changed
