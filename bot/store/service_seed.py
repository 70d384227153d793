"""Puts the operator's first halls, slot rules and office hours into an empty database."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.domain.halls import BadServiceSetting, Hall
from bot.store.read_once import read_once
from bot.store.service_settings import (
    BOOKING_RULES,
    OFFICE_HOURS,
    SLOT_RULES,
    parse_booking_rules,
    parse_office_hours,
    parse_slot_rules,
)
from bot.store.unit_of_work import SqlUnitOfWork


@dataclass(frozen=True)
class SeededServices:
    """What was written; zeros when everything was there."""

    halls: int
    settings: int


def seed_services(
    unit_of_work: Callable[[], AbstractContextManager[SqlUnitOfWork]],
    *,
    folder: Path,
    now: datetime,
) -> SeededServices:
    """Write what is missing; what an operator has entered since is never overwritten.

    `folder` (`data/seed`) holds `halls.yml`, `slot_rules.yml`, `booking_rules.yml`
    and `office_hours.yml`.

    Raises:
        BadServiceSetting: A file cannot be understood; nothing is written then.
    """
    halls = read_halls(folder / "halls.yml")
    slot_rules = _read(folder / "slot_rules.yml")
    office_hours = _read(folder / "office_hours.yml")
    booking_rules = _read(folder / "booking_rules.yml")
    parse_slot_rules(slot_rules)
    parse_booking_rules(booking_rules)
    parse_office_hours(office_hours)
    with unit_of_work() as unit:
        store = unit.service_settings
        return SeededServices(
            halls=sum(store.add_hall(hall) for hall in halls),
            settings=store.add_setting(SLOT_RULES, slot_rules, now)
            + store.add_setting(OFFICE_HOURS, office_hours, now)
            + store.add_setting(BOOKING_RULES, booking_rules, now),
        )


@read_once
def read_halls(file: Path) -> tuple[Hall, ...]:
    """Read the halls of a seed file.

    Raises:
        BadServiceSetting: A field is missing.
    """
    content = _read(file)
    try:
        return tuple(
            Hall(
                id=raw["id"],
                district=raw["district"],
                name=raw["name"],
                address=raw["address"],
                phone=raw["phone"],
                source=raw.get("source", content["source"]),
            )
            for raw in content["halls"]
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise BadServiceSetting(f"{file.name}: {error!r}") from error


@read_once
def _read(file: Path) -> dict[str, Any]:
    content: Any = YAML(typ="safe").load(file)
    if not isinstance(content, dict):
        raise BadServiceSetting(f"{file.name}: not a mapping")
    return content
