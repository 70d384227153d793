"""The page of a booking under its secret link: QR code for the hall, calendar file."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import Route

from bot.documents.dates import spoken_moment
from bot.documents.qr import qr_data_uri
from bot.domain.bookings import STATE_TITLES, Booking, UnknownBooking
from bot.domain.halls import MODE_TITLES, Hall, Mode
from bot.portal.pages import file, html, open_pages
from bot.services.bookings.links import booking_by_link

if TYPE_CHECKING:
    from starlette.requests import Request

    from bot.bootstrap import App


def routes(app: "App") -> list[Route]:
    """Return the page and the calendar file of a booking."""
    pages = open_pages()

    def found(
        serve: Callable[["Request", Booking, Hall], Response],
    ) -> Callable[["Request"], Response]:
        def endpoint(request: "Request") -> Response:
            try:
                booking, hall = booking_by_link(app.unit_of_work, request.path_params["token"])
            except UnknownBooking:
                return html(pages.get_template("booking_missing.html").render(), 404)
            return serve(request, booking, hall)

        return endpoint

    def show(request: "Request", booking: Booking, hall: Hall) -> Response:
        body = pages.get_template("booking_page.html").render(
            booking=booking,
            hall=hall,
            when=spoken_moment(booking.starts_at),
            mode=MODE_TITLES[booking.mode],
            is_window=booking.mode is Mode.WINDOW,
            state=STATE_TITLES[booking.state],
            district=app.catalogue.district(booking.district).name,
            qr=qr_data_uri(booking.number),
            own_path=f"/bookings/{request.path_params['token']}",
        )
        return html(body)

    def calendar(request: "Request", booking: Booking, hall: Hall) -> Response:
        url = f"{app.settings.base_url}/bookings/{request.path_params['token']}"
        from bot.documents.booking_calendar import booking_calendar  # noqa: PLC0415 - need not live in the hub

        content = booking_calendar(booking, hall, url=url, now=app.now())
        return file(content, "text/calendar; charset=utf-8", f"帮办预约-{booking.number}.ics")

    return [
        Route("/bookings/{token}", found(show), name="booking"),
        Route("/bookings/{token}/booking.ics", found(calendar), name="booking_calendar"),
    ]
