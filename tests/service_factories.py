"""Builders for tests of bookings, reviews, policies and plans; people are made up."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Engine

from bot.domain.bookings import Booking
from bot.domain.halls import Mode, at_local
from bot.planner.calendar import WorkingCalendar
from bot.services.bookings import bookings
from bot.store.calendars import load_calendar
from bot.store.service_seed import seed_services
from bot.store.unit_of_work import SqlUnitOfWork, unit_of_work_factory

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "data" / "seed"

NOW = datetime(2026, 11, 23, 0, 30, tzinfo=timezone.utc)
"""Monday, 08:30 in Liaocheng."""

TUESDAY = date(2026, 11, 24)
SATURDAY = date(2026, 11, 28)
DISTRICT = "371503"

OpenUnit = Callable[[], AbstractContextManager[SqlUnitOfWork]]


@cache
def calendar() -> WorkingCalendar:
    """Return the calendar of the product's own data; 2027 is not published in it."""
    return load_calendar(ROOT / "data" / "calendar")


def seeded(engine: Engine) -> OpenUnit:
    """Return the unit of work of a database with the operator's settings."""
    unit_of_work = unit_of_work_factory(engine)
    seed_services(unit_of_work, folder=SEED, now=NOW)
    return unit_of_work


def at(on: date, hour: int, minute: int = 0) -> datetime:
    """Return a local time of a day as UTC."""
    return at_local(on, datetime(2000, 1, 1, hour, minute, tzinfo=timezone.utc).time())


def book(unit_of_work: OpenUnit, who: int = 0, **changes: Any) -> Booking:
    """Book a place for applicant number `who`, on Tuesday at ten unless told otherwise."""
    wanted: dict[str, Any] = {
        "origin": f"c{who}:m1:booking",
        "conversation_id": f"c{who}",
        "district": DISTRICT,
        "mode": Mode.WINDOW,
        "starts_at": at(TUESDAY, 10),
        "contact_name": "李雷",
        "contact_phone": f"1380635{who:04d}",
        "now": NOW,
        "calendar": calendar(),
    }
    return bookings.book(unit_of_work, **{**wanted, **changes})


def reschedule(unit_of_work: OpenUnit, booking: Booking, **changes: Any) -> Booking:
    """Move a booking by half an hour in its own conversation unless told otherwise."""
    wanted: dict[str, Any] = {
        "origin": f"{booking.number}:move",
        "conversation_id": booking.conversation_id,
        "number": booking.number,
        "starts_at": booking.starts_at + timedelta(minutes=30),
        "now": NOW,
        "calendar": calendar(),
    }
    return bookings.reschedule(unit_of_work, **{**wanted, **changes})


def cancel(unit_of_work: OpenUnit, booking: Booking, **changes: Any) -> Booking:
    """Cancel a booking in its own conversation unless told otherwise."""
    wanted: dict[str, Any] = {
        "origin": f"{booking.number}:cancel",
        "conversation_id": booking.conversation_id,
        "number": booking.number,
        "now": NOW,
    }
    return bookings.cancel(unit_of_work, **{**wanted, **changes})
