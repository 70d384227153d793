"""The form of the slot rules and booking rules, read into what the settings keep."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.desk.booking_pages import one
from bot.desk.guard import Fields
from bot.domain.halls import BadServiceSetting, Mode

MODES = tuple(mode.value for mode in Mode)


def slot_rules_of(fields: Fields, seen: Mapping[str, Any]) -> dict[str, Any]:
    """Return the weekly rule as typed; a line without a beginning is left out.

    Raises:
        BadServiceSetting: A number is none.
    """
    return {
        "source": seen["source"],
        "slot_minutes": number(one(fields, "slot_minutes")),
        "horizon_days": number(one(fields, "horizon_days")),
        "max_active": number(one(fields, "max_active")),
        "lead_minutes": {mode: number(one(fields, f"lead_{mode}")) for mode in MODES},
        "rules": [
            {**_texts(line, "kind", "day", "opens", "closes"), "places": _places(line)}
            for line in lines_of(fields, "rule", ("kind", "day", "opens", "closes", *MODES))
            if line["opens"]
        ],
        "overrides": [
            {**_texts(line, "district", "kind"), "places": _places(line)}
            for line in lines_of(fields, "own", ("district", "kind", *MODES))
            if line["district"]
        ],
        "closures": [
            {"on": line["on"], "district": line["district"] or None, "reason": line["reason"]}
            for line in lines_of(fields, "closed", ("on", "district", "reason"))
            if line["on"]
        ],
    }


def booking_rules_of(fields: Fields, seen: Mapping[str, Any]) -> dict[str, Any]:
    """Return the rules around bookings as typed; raises as `slot_rules_of`."""
    reminders = one(fields, "reminder_minutes").replace("，", ",").split(",")
    return {
        "source": seen["source"],
        "hold_minutes": number(one(fields, "hold_minutes")),
        "offer_minutes": number(one(fields, "offer_minutes")),
        "reminder_minutes": [number(each) for each in reminders if each.strip()],
        "quiet_hours": [one(fields, "quiet_since"), one(fields, "quiet_until")],
        "no_show": {
            name: number(one(fields, f"no_show_{name}"))
            for name in ("limit", "within_days", "confirm_before_minutes")
        },
        "travel": {
            "within_minutes": number(one(fields, "travel_within")),
            "default_minutes": number(one(fields, "travel_default")),
            "pairs": [
                {"between": [line["from"], line["to"]], "minutes": number(line["minutes"])}
                for line in lines_of(fields, "way", ("from", "to", "minutes"))
                if line["from"] and line["to"]
            ],
        },
    }


def lines_of(fields: Fields, prefix: str, names: Sequence[str]) -> list[dict[str, str]]:
    """Return the lines of a table: the values of `<prefix>_<name>` side by side.

    Raises:
        BadServiceSetting: The columns are of different lengths.
    """
    columns = [fields.get(f"{prefix}_{name}") or [] for name in names]
    if len({len(column) for column in columns}) != 1:
        raise BadServiceSetting(prefix)
    return [dict(zip(names, line, strict=True)) for line in zip(*columns, strict=True)]


def number(text: str) -> int:
    """Return a whole number; nothing typed is zero. Raises `BadServiceSetting`."""
    text = text.strip() or "0"
    if not text.isascii() or not text.isdigit() or len(text) > 6:  # noqa: PLR2004 - minutes of a year
        raise BadServiceSetting(text)
    return int(text)


def _places(line: Mapping[str, str]) -> dict[str, int]:
    return {mode: number(line[mode]) for mode in MODES if number(line[mode])}


def _texts(line: Mapping[str, str], *names: str) -> dict[str, str]:
    return {name: line[name] for name in names}
