"""Reads a booking back before it is made, moved or cancelled."""

from datetime import timedelta

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.bookings.hold import WAIT, district_of, keep, starts_at, wait_span
from actions.bookings.matter import NOTE
from actions.forms.ask import asking, confirming
from actions.turns.turn import Turn
from bot.documents.booking_text import booking_line
from bot.documents.dates import spoken_day, spoken_moment
from bot.documents.labels import (
    BOOK,
    CANCEL_BOOKING,
    DO_NOT_BOOK,
    JOIN_WAITING,
    KEEP_BOOKING,
    booked_about,
    booked_by,
    booked_for,
    held_until,
)
from bot.domain.bookings import SlotUnavailable
from bot.domain.halls import MODE_TITLES, Mode, to_local
from bot.services.bookings import bookings
from bot.services.bookings.news import clock_time


def read_back(turn: Turn, say: CollectingDispatcher) -> None:
    """Read everything back before it is booked, with until when the slot is kept."""
    read = {
        "mode": MODE_TITLES[Mode(str(turn.slots["booking_mode"]))],
        "district": app().catalogue.district(district_of(turn.slots)).name,
        "about": _about(turn) + _contact(turn),
    }
    if turn.slots["booking_slot"] == WAIT:
        first, last = wait_span(turn.slots)
        is_day = last - first > timedelta(hours=1)
        when = spoken_day(to_local(first).date()) if is_day else spoken_moment(first)
        buttons = confirming("booking_confirmed", JOIN_WAITING, DO_NOT_BOOK)
        asking("utter_booking_ask_confirm_wait", buttons, when=when, **read)(turn, say)
        return
    moment = starts_at(turn.slots)
    read["when"] = spoken_moment(moment)
    buttons = confirming("booking_confirmed", BOOK, DO_NOT_BOOK)
    response = "utter_booking_ask_confirm"
    if not app().calendar.covers(to_local(moment).date()):
        response = "utter_booking_ask_confirm_provisional"
    asking(response, buttons, **read, held=_held_words(turn))(turn, say)


def _about(turn: Turn) -> str:
    """Return what the booking is for, as it is read back; "" when that was not said."""
    known = app().catalogue.matters.get(str(turn.slots.get("matter_id") or ""))
    if turn.slots.get(NOTE):  # before a matter that was only spoken of earlier
        return booked_about(str(turn.slots[NOTE]))
    return booked_for(known.name) if known else ""


def _contact(turn: Turn) -> str:
    """Return who is to be called, as it is read back; "" where nobody was named yet."""
    name, phone = (turn.slots.get(f"booking_{part}") for part in ("name", "phone"))
    return booked_by(str(name or ""), str(phone or ""))


def _held_words(turn: Turn) -> str:
    """Return until when the slot is kept; the time is said only when it really is."""
    try:
        hold = keep(turn, turn.slots)
    except SlotUnavailable:
        return ""
    return held_until(clock_time(hold.until))


def read_back_cancel(turn: Turn, say: CollectingDispatcher) -> None:
    """Read the booking back that is to be cancelled."""
    own = bookings.my_bookings(app().unit_of_work, turn.conversation_id, only_open=True)
    number = turn.slots.get("booking_number")
    line = next((booking_line(b, app().catalogue) for b in own if b.number == number), "")
    buttons = confirming("booking_confirmed", CANCEL_BOOKING, KEEP_BOOKING)
    asking("utter_booking_ask_cancel", buttons, booking=line)(turn, say)
