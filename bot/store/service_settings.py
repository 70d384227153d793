"""Halls, slot rules and office hours: read from the database, checked on the way out and in."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.engine import Connection

from bot.domain.booking_rules import BookingRules, NoShowRule, QuietHours, TravelTable
from bot.domain.errors import UnknownDistrict
from bot.domain.halls import BadServiceSetting, DayKind, Hall, Mode, OfficeHours, Period
from bot.domain.slots import Closure, SlotKind, SlotRule, SlotRules
from bot.store.inserts import insert_if_absent
from bot.store.prepared import often
from bot.store.straight import rows_of
from bot.store.tables.services import (
    HALLS,
    SERVICE_SETTING_VERSIONS,
    SERVICE_SETTINGS,
)

SLOT_RULES = "slot_rules"
OFFICE_HOURS = "office_hours"
BOOKING_RULES = "booking_rules"

# built once: who books asks several times in a turn
_HALL_OF = often(select(HALLS).where(HALLS.c.district == bindparam("district")))
_VALUE_OF = often(
    select(SERVICE_SETTINGS.c.value).where(SERVICE_SETTINGS.c.name == bindparam("name"))
)


class ServiceSettingRepository:
    """Settings of the operator on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def hall(self, district: str) -> Hall:
        """Return the hall of a district; raises `UnknownDistrict` when none serves it."""
        rows = rows_of(self._connection, _HALL_OF, {"district": district})
        if not rows:
            raise UnknownDistrict(district)
        return _hall(rows[0])

    def halls(self) -> tuple[Hall, ...]:
        """Return all halls, by id."""
        rows = self._connection.execute(select(HALLS).order_by(HALLS.c.id))
        return tuple(_hall(row) for row in rows)

    def slot_rules(self) -> SlotRules:
        """Return the weekly rule; raises `BadServiceSetting` when none was seeded."""
        return parse_slot_rules(self._value(SLOT_RULES))

    def office_hours(self) -> OfficeHours:
        """Return the desk's hours; raises `BadServiceSetting` when none were seeded."""
        return parse_office_hours(self._value(OFFICE_HOURS))

    def booking_rules(self) -> BookingRules:
        """Return the rules around bookings; raises `BadServiceSetting` when none were seeded."""
        return parse_booking_rules(self._value(BOOKING_RULES))

    def raw(self, name: str) -> Mapping[str, Any]:
        """Return a setting as it is written; raises `BadServiceSetting` when it is not there."""
        return self._value(name)

    def change(
        self,
        name: str,
        value: Mapping[str, Any],
        *,
        seen: Mapping[str, Any],
        agent_id: int,
        now: datetime,
    ) -> bool:
        """Put a checked value in the place of the one last seen; False when it has changed.

        Raises:
            BadServiceSetting: The value cannot be understood; nothing is changed.
        """
        PARSERS[name](value)
        settings = SERVICE_SETTINGS.c
        written = self._connection.execute(
            update(SERVICE_SETTINGS)
            .where(settings.name == name, settings.value == seen)
            .values(value=value, updated_at=now)
        ).rowcount
        if written:
            kept = {"name": name, "value": seen, "agent_id": agent_id, "at": now}
            self._connection.execute(insert(SERVICE_SETTING_VERSIONS).values(**kept))
        return bool(written)

    def add_hall(self, hall: Hall) -> bool:
        """Write a hall unless its id or district is there; an operator's entry is kept."""
        return insert_if_absent(self._connection, HALLS, vars(hall))

    def add_setting(self, name: str, value: Mapping[str, Any], now: datetime) -> bool:
        """Write a setting unless it is there."""
        values = {"name": name, "value": value, "updated_at": now}
        return insert_if_absent(self._connection, SERVICE_SETTINGS, values)

    def change_office_hours(self, hours: OfficeHours, now: datetime) -> None:
        """Replace the desk's hours."""
        mine = SERVICE_SETTINGS.c.name == OFFICE_HOURS
        values = {"value": office_hours_value(hours), "updated_at": now}
        self._connection.execute(update(SERVICE_SETTINGS).where(mine).values(values))

    def _value(self, name: str) -> Mapping[str, Any]:
        rows = rows_of(self._connection, _VALUE_OF, {"name": name})
        value = rows[0].value if rows else None
        if not isinstance(value, Mapping):
            raise BadServiceSetting(f"{name}: not there; run `xiaoer seed`")
        return value


def parse_slot_rules(raw: Mapping[str, Any]) -> SlotRules:
    """Read the weekly rule as written in `data/seed/slot_rules.yml`.

    Raises:
        BadServiceSetting: A field is missing or cannot be understood.
    """
    try:
        return SlotRules(
            slot_minutes=int(raw["slot_minutes"]),
            horizon_days=int(raw["horizon_days"]),
            max_active=int(raw["max_active"]),
            lead_minutes=_by_mode(raw["lead_minutes"]),
            rules=tuple(
                SlotRule(
                    kind=SlotKind(rule["kind"]),
                    day=DayKind(rule["day"]),
                    period=_period((rule["opens"], rule["closes"])),
                    places=_by_mode(rule["places"]),
                )
                for rule in raw["rules"]
            ),
            overrides={
                (str(each["district"]), SlotKind(each["kind"])): _by_mode(each["places"])
                for each in raw["overrides"]
            },
            closures=tuple(
                Closure(date.fromisoformat(each["on"]), each.get("district"), str(each["reason"]))
                for each in raw["closures"]
            ),
            source=str(raw["source"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadServiceSetting(f"{SLOT_RULES}: {error!r}") from error


def parse_office_hours(raw: Mapping[str, Any]) -> OfficeHours:
    """Read the desk's hours as written in `data/seed/office_hours.yml`.

    Raises:
        BadServiceSetting: A field is missing or cannot be understood.
    """
    try:
        return OfficeHours(
            periods=_hours(raw["periods"]),
            districts={str(name): _hours(own) for name, own in raw["districts"].items()},
            source=str(raw["source"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadServiceSetting(f"{OFFICE_HOURS}: {error!r}") from error


def office_hours_value(hours: OfficeHours) -> dict[str, Any]:
    """Return the desk's hours as they are stored; the inverse of `parse_office_hours`."""

    def spans(kinds: Mapping[DayKind, tuple[Period, ...]]) -> dict[str, list[list[str]]]:
        return {
            kind.value: [[f"{one.opens:%H:%M}", f"{one.closes:%H:%M}"] for one in periods]
            for kind, periods in kinds.items()
        }

    districts = {name: spans(own) for name, own in hours.districts.items()}
    return {"periods": spans(hours.periods), "districts": districts, "source": hours.source}


def parse_booking_rules(raw: Mapping[str, Any]) -> BookingRules:
    """Read the rules around bookings as written in `data/seed/booking_rules.yml`.

    Raises:
        BadServiceSetting: A field is missing or cannot be understood.
    """
    try:
        no_show, travel = raw["no_show"], raw["travel"]
        since, until = (time.fromisoformat(moment) for moment in raw["quiet_hours"])
        return BookingRules(
            hold=_minutes(raw["hold_minutes"]),
            offer=_minutes(raw["offer_minutes"]),
            reminders=tuple(_minutes(each) for each in raw["reminder_minutes"]),
            quiet=QuietHours(since, until),
            no_show=NoShowRule(
                limit=int(no_show["limit"]),
                within_days=int(no_show["within_days"]),
                confirm_before=_minutes(no_show["confirm_before_minutes"]),
            ),
            travel=TravelTable(
                within=_minutes(travel["within_minutes"]),
                default=_minutes(travel["default_minutes"]),
                pairs={
                    frozenset(map(str, each["between"])): _minutes(each["minutes"])
                    for each in travel["pairs"]
                },
            ),
            source=str(raw["source"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise BadServiceSetting(f"{BOOKING_RULES}: {error!r}") from error


PARSERS: Mapping[str, Callable[[Mapping[str, Any]], object]] = {
    SLOT_RULES: parse_slot_rules,
    OFFICE_HOURS: parse_office_hours,
    BOOKING_RULES: parse_booking_rules,
}
"""What checks each setting."""


def _minutes(raw: Any) -> timedelta:
    return timedelta(minutes=int(raw))


def _hours(raw: Mapping[str, Any]) -> dict[DayKind, tuple[Period, ...]]:
    found = {DayKind(kind): tuple(map(_period, periods)) for kind, periods in raw.items()}
    for kind, periods in found.items():
        if any(a.closes > b.opens for a, b in zip(periods, periods[1:])):  # noqa: B905, RUF007
            raise BadServiceSetting(f"{OFFICE_HOURS}: periods of {kind.value} out of order")
    return found


def _period(raw: Any) -> Period:
    opens, closes = raw
    return Period(time.fromisoformat(opens), time.fromisoformat(closes))


def _by_mode(raw: Mapping[str, Any]) -> dict[Mode, int]:
    return {Mode(mode): int(number) for mode, number in raw.items()}


def _hall(row: Any) -> Hall:
    return Hall(
        id=row.id,
        district=row.district,
        name=row.name,
        address=row.address,
        phone=row.phone,
        source=row.source,
    )
