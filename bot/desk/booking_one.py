"""One booking: what is known, its history, and what staff does with it."""

from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk.booking_bells import ring
from bot.desk.booking_pages import NOTES, one, reception_of, refused, render, status_of
from bot.desk.context import Desk
from bot.desk.guard import Fields
from bot.domain.bookings import STATE_TITLES, Booking, SlotNotOffered, UnknownBooking
from bot.domain.halls import MODE_TITLES
from bot.domain.people import Agent, NotAllowed
from bot.domain.slots import SLOT_TITLES
from bot.services.bookings import desk as booking_desk
from bot.services.bookings.desk import BookingPage, Reception
from bot.services.bookings.slots import first_free_slots
from bot.services.privacy.personal_data import NoReason, note_shown, read_reason

OFFERED_SLOTS = 60
NO_MOMENT = datetime(1970, 1, 1, tzinfo=timezone.utc)
"""Stands for what was no moment at all."""


REASONS: Mapping[str, str] = {
    "booked": "预约",
    "moved": "改时间",
    "cancelled": "取消",
    "arrived": "到场",
    "no_show": "未到场",
    "done": "办完",
    "note": "改备注",
    "confirmed": "电话确认",
    "handed": "换帮办",
    "asked_to_move": "帮办不在，请申请人改期",
    "unconfirmed": "到时间没有确认，自动取消",
}
"""Machine words of the history; any other reason is somebody's own sentence."""

ACTORS: Mapping[str, str] = {"applicant": "申请人", "system": "系统"}

MOVES: Mapping[str, Callable[[Reception, str, Fields], Booking]] = {
    "arrive": lambda desk, number, _: booking_desk.check_in(desk, number),
    "no-show": lambda desk, number, _: booking_desk.mark_no_show(desk, number),
    "done": lambda desk, number, _: booking_desk.finish(desk, number),
    "confirm": lambda desk, number, _: booking_desk.confirm(desk, number),
    "note": lambda desk, number, fields: booking_desk.write_note(desk, number, one(fields, "note")),
    "hand": lambda desk, number, fields: booking_desk.hand_to(
        desk, number, int(one(fields, "helper")) if one(fields, "helper").isdigit() else 0
    ),
    "cancel": lambda desk, number, fields: booking_desk.cancel_for(
        desk, number, one(fields, "reason")[:200]
    ),
    "move": lambda desk, number, fields: booking_desk.move_for(
        desk, number, moment_of(one(fields, "starts_at")), f"desk:{one(fields, 'key')[:60]}"
    ),
}


def show(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return the page."""
    return _show(desk, agent, request.path_params["number"])


def show_personal(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Return the page with name and telephone number, for a reason."""
    number = request.path_params["number"]
    try:
        reason = read_reason(one(fields, "reason"), one(fields, "other"))
        booking_desk.read_booking(reception_of(desk, agent), number)
        note_shown(desk.unit_of_work, agent=agent, subject=number, reason=reason, now=desk.now())
    except (NotAllowed, UnknownBooking) as error:
        return refused(desk, agent, error)
    except NoReason as error:
        return _show(desk, agent, number, note=NOTES[type(error)], status=status_of(error))
    return _show(desk, agent, number, is_shown=True)


def move(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Do what was pressed; on an error the page comes back with a note."""
    number = request.path_params["number"]
    act = MOVES.get(request.path_params["move"])
    if act is None:
        return refused(desk, agent, UnknownBooking(number))
    try:
        booking = act(reception_of(desk, agent), number, fields)
    except UnknownBooking as error:
        return refused(desk, agent, error)
    except tuple(NOTES) as error:
        return _show(desk, agent, number, note=NOTES[type(error)], status=status_of(error))
    ring(desk, request, booking.conversation_id)
    return RedirectResponse(f"/desk/bookings/{booking.number}", status_code=303)


def moment_of(text: str) -> datetime:
    """Return an aware moment; raises `SlotNotOffered` for anything else."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise SlotNotOffered(NO_MOMENT) from error
    if moment.tzinfo is None:
        raise SlotNotOffered(NO_MOMENT)
    return moment


def _show(
    desk: Desk,
    agent: Agent,
    number: str,
    *,
    note: str = "",
    status: HTTPStatus = HTTPStatus.OK,
    is_shown: bool = False,
) -> Response:
    try:
        page = booking_desk.read_booking(reception_of(desk, agent), number)
    except (NotAllowed, UnknownBooking) as error:
        return refused(desk, agent, error)
    matter = desk.catalogue.matters.get(page.booking.matter_id or "")
    return render(
        desk,
        "booking.html",
        status=status,
        agent=agent,
        page=page,
        booking=page.booking,
        matter=matter.name if matter else "",
        events=[(each, _who(page, each.actor), _what(each.reason)) for each in page.events],
        free=_free(desk, page.booking) if page.booking.is_open else (),
        titles=STATE_TITLES,
        modes=MODE_TITLES,
        kinds=SLOT_TITLES,
        now=desk.now(),
        note=note,
        is_shown=is_shown,
        reasons=desk.words.reasons,
    )


def _free(desk: Desk, booking: Booking) -> object:
    return first_free_slots(
        desk.unit_of_work,
        district=booking.district,
        mode=booking.mode,
        now=desk.now(),
        calendar=desk.calendar,
        limit=OFFERED_SLOTS,
        matter_id=booking.matter_id,
    )


def _who(page: BookingPage, actor: str) -> str:
    return ACTORS.get(actor) or page.names.get(actor, actor)


def _what(reason: str) -> str:
    return REASONS.get(reason, reason)
