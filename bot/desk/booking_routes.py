"""Addresses of bookings and one-to-one help at the desk, for `bot.desk.routes`."""

from starlette.routing import BaseRoute, Route

from bot.desk import (
    assistances,
    booking_helpers,
    booking_new,
    booking_one,
    booking_settings,
    bookings,
)
from bot.desk.context import Desk
from bot.desk.guard import form, page


def booking_routes(desk: Desk) -> list[BaseRoute]:
    """Return the routes; the fixed addresses come before those with a number."""
    talk, helped = "/conversations/{conversation_id}", "/assistances/{assistance_id:int}"
    return [
        Route("/bookings", page(desk, bookings.show), methods=["GET"]),
        Route("/bookings/check-in", form(desk, bookings.arrive), methods=["POST"]),
        Route("/bookings/rules", page(desk, booking_settings.show), methods=["GET"]),
        Route("/bookings/rules/{setting}", form(desk, booking_settings.save), methods=["POST"]),
        Route("/bookings/helpers", page(desk, booking_helpers.show), methods=["GET"]),
        Route("/bookings/helpers", form(desk, booking_helpers.save), methods=["POST"]),
        Route("/bookings/absences", form(desk, booking_helpers.absent), methods=["POST"]),
        Route("/bookings/absences/back", form(desk, booking_helpers.withdraw), methods=["POST"]),
        Route("/bookings/{number}", page(desk, booking_one.show), methods=["GET"]),
        Route("/bookings/{number}/show", form(desk, booking_one.show_personal), methods=["POST"]),
        Route("/bookings/{number}/{move}", form(desk, booking_one.move), methods=["POST"]),
        Route(f"{talk}/booking", page(desk, booking_new.show), methods=["GET"]),
        Route(f"{talk}/booking", form(desk, booking_new.book), methods=["POST"]),
        Route(f"{talk}/assistance", form(desk, assistances.propose), methods=["POST"]),
        Route("/assistances", page(desk, assistances.show_list), methods=["GET"]),
        Route(helped, page(desk, assistances.show_one), methods=["GET"]),
        Route(f"{helped}/end", form(desk, assistances.end), methods=["POST"]),
    ]
