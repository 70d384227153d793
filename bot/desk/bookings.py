"""The day of bookings: by day or week, own or of the hall, with check-in by number or QR code."""

from datetime import timedelta
from http import HTTPStatus
from itertools import groupby
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk.booking_pages import NOTES, day_of, one, reception_of, refused, render, status_of
from bot.desk.context import Desk
from bot.desk.guard import Fields
from bot.domain.bookings import (
    STATE_TITLES,
    BookingClosed,
    NotToday,
    UnknownBooking,
    booking_number,
)
from bot.domain.halls import MODE_TITLES, to_local
from bot.domain.people import Agent, NotAllowed
from bot.domain.slots import SLOT_TITLES
from bot.services.bookings.desk import check_in, day_sheet
from bot.services.times.local_time import local_day

WEEK = 7


def show(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return the page."""
    return _show(desk, agent, dict(request.query_params))


def arrive(desk: Desk, _request: Request, agent: Agent, fields: Fields) -> Response:
    """Check somebody in by the number that was typed or scanned; then show the booking."""
    typed = one(fields, "number")
    number = booking_number(typed) or typed
    try:
        booking = check_in(reception_of(desk, agent), number)
    except (BookingClosed, NotToday, UnknownBooking) as error:
        return _show(desk, agent, {}, note=NOTES[type(error)], typed=typed, error=error)
    return RedirectResponse(f"/desk/bookings/{booking.number}", status_code=303)


def _show(
    desk: Desk,
    agent: Agent,
    query: dict[str, str],
    *,
    note: str = "",
    typed: str = "",
    error: BookingClosed | NotToday | UnknownBooking | None = None,
) -> Response:
    today = local_day(desk.now())
    first = day_of(query.get("day", ""), today)
    days = WEEK if query.get("days") == str(WEEK) else 1
    first -= timedelta(days=first.weekday() if days == WEEK else 0)
    district = query.get("district", "")
    own = query.get("own") == "1"
    chosen = {"day": first.isoformat(), "days": str(days), "district": district}
    chosen["own"] = "1" if own else ""
    try:
        sheet = day_sheet(
            reception_of(desk, agent),
            first,
            days,
            district=district if district in desk.catalogue.districts else None,
            only_own=own,
        )
    except NotAllowed as refusal:
        return refused(desk, agent, refusal)
    by_day = groupby(sheet.bookings, key=lambda each: to_local(each.starts_at).date())
    return render(
        desk,
        "bookings.html",
        status=status_of(error) if error else HTTPStatus.OK,
        agent=agent,
        sheet=sheet,
        by_day={day: list(found) for day, found in by_day},
        all_days=[first + timedelta(days=n) for n in range(days)],
        today=today,
        now=desk.now(),
        note=note,
        typed=typed,
        chosen=chosen,
        titles=STATE_TITLES,
        modes=MODE_TITLES,
        kinds=SLOT_TITLES,
        step=timedelta(days=days),
        link=lambda **changes: "/desk/bookings?" + urlencode({**chosen, **changes}),
    )
