"""Booking for an applicant from inside a conversation: choose day and slot, read back, done."""

import secrets
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk.booking_bells import ring
from bot.desk.booking_one import NO_MOMENT, moment_of
from bot.desk.booking_pages import (
    NOTES,
    day_of,
    one,
    opened,
    reception_of,
    refused,
    render,
    status_of,
)
from bot.desk.context import Desk
from bot.desk.guard import Fields
from bot.domain.bookings import SlotNotOffered
from bot.domain.conversations import Conversation, UnknownConversation
from bot.domain.errors import UnknownDistrict
from bot.domain.halls import MODE_TITLES, Mode
from bot.domain.people import Agent, NotAllowed
from bot.domain.slots import SLOT_TITLES
from bot.services.bookings.desk import book_for
from bot.services.bookings.slots import first_free_slots, free_slots
from bot.services.times.local_time import local_day

FIRST_SLOTS = 24
FIELDS = ("name", "phone", "district", "mode", "matter", "day", "note", "starts_at", "key")
MODES = {mode.value: mode for mode in Mode}


def show(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return the page; what the conversation knows is filled in already."""
    return _show(desk, agent, request.path_params["conversation_id"], dict(request.query_params))


def book(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Book; on an error the page comes back with the note and what was typed."""
    conversation_id = request.path_params["conversation_id"]
    typed = {name: one(fields, name) for name in fields}
    try:
        booking = book_for(
            reception_of(desk, agent),
            origin=f"desk:{conversation_id}:{typed.get('key', '')[:40]}",
            conversation_id=conversation_id,
            district=typed.get("district", ""),
            mode=_mode(typed.get("mode", "")),
            starts_at=moment_of(typed.get("starts_at", "")),
            contact_name=typed.get("name", ""),
            contact_phone=typed.get("phone", ""),
            matter_id=_matter(desk, typed.get("matter", "")),
            note=typed.get("note", ""),
        )
    except UnknownConversation as error:
        return refused(desk, agent, error)
    except tuple(NOTES) as error:
        note = NOTES[type(error)]
        return _show(desk, agent, conversation_id, typed, note=note, status=status_of(error))
    ring(desk, request, conversation_id)
    return RedirectResponse(f"/desk/bookings/{booking.number}", status_code=303)


def _show(
    desk: Desk,
    agent: Agent,
    conversation_id: str,
    typed: dict[str, str],
    *,
    note: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    if not agent.serves:
        return refused(desk, agent, NotAllowed())
    conversation = opened(desk, agent, conversation_id)
    if isinstance(conversation, Response):
        return conversation
    typed = {name: each for name, each in typed.items() if each}
    kept = {**dict.fromkeys(FIELDS, ""), **_known(conversation), **typed}
    return render(
        desk,
        "booking_new.html",
        status=status,
        agent=agent,
        conversation_id=conversation_id,
        kept=kept,
        free=_free(desk, kept),
        modes=MODE_TITLES,
        kinds=SLOT_TITLES,
        today=local_day(desk.now()),
        key=kept.get("key") or secrets.token_hex(8),
        note=note,
    )


def _known(conversation: Conversation) -> dict[str, str]:
    """Return what the applicant has told already."""
    told = conversation.fields
    names = {"name": "booking_name", "phone": "booking_phone", "district": "booking_district"}
    names |= {"mode": "booking_mode", "matter": "matter_id"}
    found = {name: str(told[slot]) for name, slot in names.items() if told.get(slot)}
    return {"mode": Mode.PHONE.value, **found}


def _free(desk: Desk, kept: dict[str, str]) -> object:
    mode = MODES.get(kept.get("mode", ""), Mode.PHONE)
    shared = {"district": kept.get("district", ""), "mode": mode, "now": desk.now()}
    try:
        if kept.get("day"):
            on = day_of(kept["day"], local_day(desk.now()))
            return free_slots(desk.unit_of_work, on=on, calendar=desk.calendar, **shared)  # type: ignore[arg-type]
        return first_free_slots(
            desk.unit_of_work,
            calendar=desk.calendar,
            limit=FIRST_SLOTS,
            **shared,  # type: ignore[arg-type]
        )
    except UnknownDistrict:
        return ()


def _mode(text: str) -> Mode:
    if text not in MODES:
        raise SlotNotOffered(NO_MOMENT)
    return MODES[text]


def _matter(desk: Desk, text: str) -> str | None:
    return text if text in desk.catalogue.matters else None
