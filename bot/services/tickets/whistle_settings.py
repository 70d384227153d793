"""The operator's rules of the whistle as plain values: read, written, and saved with their history.

The file in `data/services` holds the first values; what an official saves in the desk counts from
then on. Each saving is a row of its own that is never changed, with who, when and why.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from bot.domain.errors import BotError
from bot.domain.people import Agent, NotAllowed
from bot.domain.ticket_clocks import (
    ClockKind,
    Limits,
    LimitUnit,
    MatterKind,
    OperatorLimit,
    OwnHours,
    Periods,
    Urgency,
    WhistleRules,
)
from bot.planner.calendar import WorkingCalendar
from bot.planner.errors import PlannerError
from bot.planner.hours import ServiceHours
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.tickets.ports import SavedSettings

MOST_DAYS = 250
MOST_HOURS = 2000
MOST_MINUTES = 100_000
KEY_LENGTH = 16


class BadWhistleSettings(BotError):
    """A value is missing, no number, or outside of what makes sense; the message says which."""


class SettingsReasonMissing(BotError):
    """Rules are not changed without saying why."""


class SettingsChanged(BotError):
    """Somebody else saved meanwhile."""


def read_settings(
    content: Mapping[str, Any],
    *,
    keywords: Mapping[str, str],
    urgent_words: tuple[str, ...],
    kinds: Mapping[str, MatterKind],
) -> WhistleRules:
    """Return the rules that plain values describe; what is said of unknown kinds is passed over.

    Raises:
        BadWhistleSettings: See there.
    """
    try:
        return WhistleRules(
            limits={
                kind: {one: _limit(content[kind.value][one.value]) for one in Urgency}
                for kind in ClockKind
            },
            extension=_limit(content["extension"]),
            warn_minutes=_number(content["warn_minutes"], MOST_MINUTES),
            escalate_minutes=_number(content["escalate_minutes"], MOST_MINUTES),
            periods=read_periods(content["working_hours"]["periods"]),
            departments={
                str(name): _own(entry) for name, entry in (content["departments"] or {}).items()
            },
            keywords=keywords,
            urgent_words=urgent_words,
            kinds=kinds,
            own_limits={
                name: _own_limits(entry)
                for name, entry in (content.get("own_limits") or {}).items()
                if name in kinds
            },
        )
    except (KeyError, TypeError, ValueError, AttributeError, PlannerError) as error:
        raise BadWhistleSettings(repr(error)) from error


def write_settings(rules: WhistleRules) -> dict[str, Any]:
    """Return the rules as plain values; the inverse of `read_settings`."""
    content: dict[str, Any] = {
        kind.value: {one.value: _plain(by[one]) for one in Urgency}
        for kind, by in rules.limits.items()
    }
    content["extension"] = _plain(rules.extension)
    content["warn_minutes"] = rules.warn_minutes
    content["escalate_minutes"] = rules.escalate_minutes
    content["working_hours"] = {"periods": write_periods(rules.periods)}
    content["departments"] = {
        name: {
            "periods": write_periods(own.periods),
            "days_off": sorted(day.isoformat() for day in own.days_off),
            "extra_days": sorted(day.isoformat() for day in own.extra_days),
        }
        for name, own in sorted(rules.departments.items())
    }
    content["own_limits"] = {
        name: {
            clock.value: {one.value: _plain(limit) for one, limit in by.items()}
            for clock, by in limits.items()
        }
        for name, limits in sorted(rules.own_limits.items())
    }
    return content


def read_periods(pairs: Sequence[Sequence[str]]) -> Periods:
    """Return spans of a day; raises `BadWhistleSettings` when they overlap or are none."""
    try:
        periods = tuple(
            (time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in pairs
        )
        ServiceHours(periods)  # checks order and overlap
    except (TypeError, ValueError, PlannerError) as error:
        raise BadWhistleSettings(f"periods {pairs!r}") from error
    return periods


def write_periods(periods: Periods) -> list[list[str]]:
    """Return spans of a day as texts."""
    return [[f"{opens:%H:%M}", f"{closes:%H:%M}"] for opens, closes in periods]


def current_rules(uow: UnitOfWork, first: WhistleRules) -> WhistleRules:
    """Return the rules that count now: the latest saved ones, else those of the file."""
    saved = uow.whistle_settings.latest()
    if saved is None:
        return first
    return read_settings(
        saved.content,
        keywords=first.keywords,
        urgent_words=first.urgent_words,
        kinds=first.kinds,
    )


def save_rules(
    unit_of_work: OpenUnitOfWork,
    *,
    rules: WhistleRules,
    agent: Agent,
    reason: str,
    seen: int,
    now: datetime,
) -> None:
    """Save rules that count from now on; open clocks are counted again by the hub.

    Args:
        unit_of_work: Opens the transaction.
        rules: The new rules.
        agent: Somebody who oversees.
        reason: Why, in Chinese.
        seen: Id of the saving that was on the page, 0 for the file.
        now: Aware UTC.

    Raises:
        NotAllowed: The person does not oversee.
        SettingsReasonMissing: No reason.
        SettingsChanged: Somebody else was faster.
    """
    if not agent.oversees:
        raise NotAllowed
    if not reason.strip():
        raise SettingsReasonMissing
    with unit_of_work() as uow:
        latest = uow.whistle_settings.latest()
        if (latest.id if latest else 0) != seen:
            raise SettingsChanged
        content = write_settings(rules)
        uow.whistle_settings.add(SavedSettings(0, now, f"agent:{agent.id}", reason, content))


def rules_key(rules: WhistleRules, calendar: WorkingCalendar) -> str:
    """Return the fingerprint of what due times depend on besides the ticket."""
    text = f"{sorted(write_settings(rules).items())}{calendar.fingerprint}"
    return hashlib.sha256(text.encode()).hexdigest()[:KEY_LENGTH]


def own_limit(value: int, unit: LimitUnit, source: str) -> OperatorLimit:
    """Return a limit of a kind of matter that an official has typed."""
    return _limit({"value": value, "unit": unit.value, "source": source, "verified": True})


def changed_limit(limit: OperatorLimit, value: int, unit: LimitUnit, source: str) -> OperatorLimit:
    """Return a limit with another value; an official who saves it has confirmed it."""
    _limit({"value": value, "unit": unit.value, "source": source, "verified": True})
    is_same = (value, unit) == (limit.value, limit.unit)
    return (
        limit if is_same else replace(limit, value=value, unit=unit, source=source, verified=True)
    )


def _plain(limit: OperatorLimit) -> dict[str, object]:
    return {
        "value": limit.value,
        "unit": limit.unit.value,
        "source": limit.source,
        "verified": limit.verified,
    }


def _limit(entry: Mapping[str, Any]) -> OperatorLimit:
    unit = LimitUnit(entry["unit"])
    most = MOST_DAYS if unit is LimitUnit.WORKING_DAY else MOST_HOURS
    return OperatorLimit(
        value=_number(entry["value"], most),
        unit=unit,
        source=str(entry["source"]),
        verified=bool(entry["verified"]),
    )


def _own_limits(entry: Mapping[str, Any]) -> Limits:
    return {
        ClockKind(clock): {Urgency(one): _limit(limit) for one, limit in by.items()}
        for clock, by in entry.items()
    }


def _number(value: object, most: int) -> int:
    if type(value) is not int or not 1 <= value <= most:
        raise BadWhistleSettings(f"a limit of {value!r}")
    return value


def _own(entry: Mapping[str, Any]) -> OwnHours:
    periods = entry.get("periods") or ()
    return OwnHours(
        periods=read_periods(periods) if periods else (),
        days_off=frozenset(_day(day) for day in entry.get("days_off") or ()),
        extra_days=frozenset(_day(day) for day in entry.get("extra_days") or ()),
    )


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
