"""The slot of a booking that is kept for the applicant while the rest is asked."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.bookings.wishes import derived_wish, phrase
from actions.turns.turn import Turn
from bot.documents.dates import spoken_moment
from bot.domain.bookings import SlotNotOffered, SlotPast, SlotTooFar, SlotUnavailable
from bot.domain.halls import Mode, at_local, to_local
from bot.domain.waits import Hold
from bot.services.bookings import bookings
from bot.services.bookings.holds import hold_slot

NEW, CHANGE, CANCEL = "new", "change", "cancel"
OTHER = "other"
"""Value of the buttons that take an answer back: another day, another way."""

RACES = 20
"""So many others may be quicker in taking the first slot; afterwards the person chooses."""

WAIT = "候补"
"""Value of `booking_slot` for whoever would rather wait for a place of that day."""

_RESPONSES: Mapping[type[SlotUnavailable], str] = {
    SlotPast: "utter_booking_slot_past",
    SlotTooFar: "utter_booking_slot_too_far",
    SlotNotOffered: "utter_booking_slot_not_offered",
}


def kept(
    turn: Turn, slots: Mapping[str, Any], say: CollectingDispatcher, *, is_derived: bool = False
) -> dict[str, Any]:
    """Keep the chosen slot for this conversation; say why when it cannot be had.

    Args:
        turn: The message.
        slots: What is known, with the slot.
        say: Where a refusal goes.
        is_derived: The person wants the first slot, not this one: when somebody else was quicker,
            the next one is kept.

    Returns:
        The slots to set: the chosen one and its day, or None in its place.
    """
    if slots["booking_slot"] == WAIT:
        return {}
    wanted, again = dict(slots), dict[str, str]()
    for _ in range(RACES):
        moment = starts_at(wanted)
        day = to_local(moment).date().isoformat()
        try:
            keep(turn, wanted)
        except SlotUnavailable as refused:
            response = _RESPONSES.get(type(refused), "utter_booking_slot_full")
            if is_derived:
                again = derived_wish({**wanted, "booking_slot": None}, turn.conversation_id)
            if not again.get("booking_slot"):
                break
            wanted |= again
        else:
            return {"booking_slot": wanted["booking_slot"], "booking_date": day}
    say.utter_message(response=response, when=spoken_moment(moment))
    return {"booking_slot": None, "booking_date": day}


def keep(turn: Turn, slots: Mapping[str, Any]) -> Hold:
    """Keep the chosen slot while the applicant decides; raises `SlotUnavailable`."""
    number, moved = slots.get("booking_number"), None
    if slots.get("booking_purpose") == CHANGE:
        own = bookings.my_bookings(app().unit_of_work, turn.conversation_id, only_open=True)
        moved = next((each.id for each in own if each.number == number), None)
    return hold_slot(
        app().unit_of_work,
        conversation_id=turn.conversation_id,
        district=district_of(slots),
        mode=Mode(str(slots["booking_mode"])),
        starts_at=starts_at(slots),
        now=app().now(),
        calendar=app().calendar,
        matter_id=slots.get("matter_id"),
        moved=moved,
    )


def wait_span(slots: Mapping[str, Any]) -> tuple[datetime, datetime]:
    """Return what is waited for: the time that was wished, else the whole day (UTC)."""
    on = date.fromisoformat(str(slots["booking_date"]))
    wish = phrase(str(slots.get("booking_said") or ""))
    midnight = at_local(on, datetime.min.time())
    if wish.at is not None:
        first = at_local(on, wish.at)
        return first, first + timedelta(minutes=1)
    return midnight, midnight + timedelta(days=1)


def starts_at(slots: Mapping[str, Any]) -> datetime:
    """Return the chosen start, aware."""
    return moment_of(str(slots["booking_slot"]))


def district_of(slots: Mapping[str, Any]) -> str:
    """Return the code of the chosen district."""
    return str(slots["booking_district"])


def moment_of(text: str) -> datetime:
    """Return the moment that a slot holds as ISO 8601 text."""
    return datetime.fromisoformat(text)
