"""A booking as a calendar file that any telephone takes in (RFC 5545)."""

import hashlib
from datetime import datetime, timedelta, timezone

from icalendar import Alarm, Calendar, Event

from bot.domain.bookings import Booking
from bot.domain.halls import MODE_TITLES, Hall, Mode

PRODUCT = "-//Xiaoer//booking//ZH"
ALARMS = (timedelta(days=-1), timedelta(hours=-1))


def booking_calendar(booking: Booking, hall: Hall, *, url: str, now: datetime) -> bytes:
    """Return the calendar file of a booking.

    The event keeps its UID and its SEQUENCE grows with each change, so taking the file in again
    moves the event; a booking that is cancelled takes it away.

    Args:
        booking: As it stands.
        hall: Where it is, for a visit to the window.
        url: Opens the page of the booking.
        now: Aware time of making the file.

    Source: RFC 5545, 3.8.4.7 (UID), 3.8.7.4 (SEQUENCE) and 3.8.1.11 (STATUS).
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event = Event()
    secret = f"{booking.id}|{booking.created_at.isoformat()}"
    event.add("uid", f"{hashlib.sha256(secret.encode()).hexdigest()[:32]}@booking.xiaoer")
    changed = booking.updated_at - booking.created_at
    event.add("sequence", max(int(changed / timedelta(seconds=1)), 0))
    event.add("dtstamp", now.astimezone(timezone.utc))
    event.add("dtstart", booking.starts_at.astimezone(timezone.utc))
    event.add("dtend", booking.ends_at.astimezone(timezone.utc))
    mark = "（暂定）" if booking.provisional else ""
    event.add("summary", f"{mark}帮办预约（{MODE_TITLES[booking.mode]}）{booking.number}")
    event.add("status", _status(booking))
    event.add("class", "PRIVATE")
    event.add("url", url)
    if booking.mode is Mode.WINDOW:
        event.add("location", f"{hall.name}，{hall.address_text}")
    for trigger in ALARMS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", trigger)
        alarm.add("description", f"帮办预约 {booking.number}")
        event.add_component(alarm)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _status(booking: Booking) -> str:
    if booking.state.value == "cancelled":
        return "CANCELLED"
    return "TENTATIVE" if booking.provisional else "CONFIRMED"
