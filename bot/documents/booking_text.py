"""A booking in words."""

from bot.documents.dates import spoken_moment
from bot.domain.bookings import Booking
from bot.domain.catalogue import Catalogue
from bot.domain.halls import MODE_TITLES


def booking_line(booking: Booking, catalogue: Catalogue) -> str:
    """Return number, time, way and place in one line."""
    place = catalogue.district(booking.district).name
    when = spoken_moment(booking.starts_at)
    return f"{booking.number}　{when}　{MODE_TITLES[booking.mode]}　{place}"


def booking_text(booking: Booking, catalogue: Catalogue, helper: str = "") -> str:
    """Return the whole booking in lines; `helper` is the name of who helps, if it is known."""
    lines = [
        f"预约号：{booking.number}",
        f"时间：{spoken_moment(booking.starts_at)}",
        f"方式：{MODE_TITLES[booking.mode]}",
        f"地区：{catalogue.district(booking.district).name}",
    ]
    if helper:
        lines.append(f"帮办：{helper}")
    if booking.provisional:
        lines.append("提醒：那天的放假安排还没公布，如遇放假会提前与您改约。")
    return "\n".join(lines)
