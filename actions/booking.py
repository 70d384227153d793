"""Booking a helper: begin, change, cancel, look up, and write it down once it was read back."""

from datetime import date
from typing import Any

from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._booking_questions import (
    CANCEL,
    CHANGE,
    NEW,
    day_in,
    district_of,
    starts_at,
    told_contact,
    wished_slot,
)
from actions._names import find_district
from actions._plan_dates import restart_plan
from actions._registry import action_named
from actions._skill import SkillAction, finish_form, start_form
from actions._turn import Turn
from bot.documents.booking_text import booking_line, booking_text
from bot.documents.dates import spoken_day
from bot.domain.bookings import (
    AlreadyBooked,
    BadContact,
    Booking,
    BookingClosed,
    SlotUnavailable,
    TooManyBookings,
    UnknownBooking,
)
from bot.domain.halls import Mode
from bot.services import bookings
from bot.services.answers import read_option

MODE_WORDS = {"on_site": "上门", "video": "视频", "phone": "电话", "window": "窗口"}


class ActionStartBooking(SkillAction):
    """Begins a booking with what the first sentence already tells."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_start_booking"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Open the form; name and phone of an earlier booking are kept."""
        place = find_district(turn.entity("district") or turn.text)
        said = turn.entity("service_mode") or turn.text
        say.utter_message(response="utter_booking_start")
        told = {
            "booking_mode": read_option(said, MODE_WORDS),
            "booking_district": place.id if place else None,
            "booking_said": turn.text,
            "booking_date": day_in(turn.text),
            "booking_slot": None,
            **told_contact(turn),
        }
        if told["booking_date"] is not None:
            day = spoken_day(date.fromisoformat(str(told["booking_date"])))
            say.utter_message(response="utter_common_noted_as", items=day)
        return start_form(
            turn,
            "booking_form",
            booking_purpose=NEW,
            booking_number=None,
            booking_confirmed=None,
            **{**told, **wished_slot(told)},
        )


class ActionChangeBooking(SkillAction):
    """Begins moving the booking of this conversation to another time."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_change_booking"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Take the latest open booking; without one, offer a new one."""
        restarted = restart_plan(turn, say)  # 改成12月15号开始 is about the plan
        if restarted is not None:
            return restarted
        return _start_on_existing(turn, say, CHANGE)


class ActionCancelBooking(SkillAction):
    """Begins cancelling the booking of this conversation."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_cancel_booking"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Read it back before anything is cancelled."""
        return _start_on_existing(turn, say, CANCEL)


class ActionShowBookings(SkillAction):
    """Shows the open bookings of this conversation."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_show_bookings"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Show all of them, or say that there is none."""
        found = _own(turn)
        if not found:
            say.utter_message(response="utter_booking_none")
            return []
        lines = "\n".join(booking_line(booking, app().catalogue) for booking in found)
        say.utter_message(response="utter_booking_list", bookings=lines)
        return []


class ActionSubmitBooking(SkillAction):
    """Books, moves or cancels, once the applicant has said yes to what was read back."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_submit_booking"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Write once per message; a slot lost meanwhile is offered again."""
        purpose = turn.slots.get("booking_purpose") or NEW
        if turn.slots.get("booking_confirmed") != "yes":
            say.utter_message(response="utter_booking_dropped")
            return [*_cleared(), *finish_form(turn, say)]
        try:
            done = _write(turn, str(purpose))
        except SlotUnavailable:
            say.utter_message(response="utter_booking_slot_lost")
            return [
                SlotSet("booking_slot", None),
                SlotSet("booking_confirmed", None),
                FollowupAction("booking_form"),
            ]
        except TooManyBookings as error:
            say.utter_message(response="utter_booking_too_many", limit=str(error))
        except AlreadyBooked:
            say.utter_message(response="utter_booking_same_time")
        except BadContact:
            say.utter_message(response="utter_booking_bad_contact")
            return [
                SlotSet("booking_name", None),
                SlotSet("booking_phone", None),
                SlotSet("booking_confirmed", None),
                FollowupAction("booking_form"),
            ]
        except (BookingClosed, UnknownBooking):
            say.utter_message(response="utter_booking_closed")
        else:
            _say_done(str(purpose), done, say)
        return [*_cleared(), *finish_form(turn, say)]


def _write(turn: Turn, purpose: str) -> Booking:
    application = app()
    shared: dict[str, Any] = {
        "origin": turn.origin("booking"),
        "conversation_id": turn.conversation_id,
        "now": application.now(),
    }
    number = str(turn.slots.get("booking_number"))
    if purpose == CANCEL:
        return bookings.cancel(application.unit_of_work, number=number, **shared)
    if purpose == CHANGE:
        return bookings.reschedule(
            application.unit_of_work,
            number=number,
            starts_at=starts_at(turn.slots),
            calendar=application.calendar,
            provisional=True,  # the day was read back with its mark
            **shared,
        )
    return bookings.book(
        application.unit_of_work,
        district=district_of(turn.slots),
        mode=Mode(str(turn.slots["booking_mode"])),
        starts_at=starts_at(turn.slots),
        contact_name=str(turn.slots["booking_name"]),
        contact_phone=str(turn.slots["booking_phone"]),
        matter_id=turn.slots.get("matter_id"),
        calendar=application.calendar,
        provisional=True,  # the day was read back with its mark
        **shared,
    )


def _say_done(purpose: str, done: Booking, say: CollectingDispatcher) -> None:
    text = booking_text(done, app().catalogue)
    if purpose == CANCEL:
        say.utter_message(response="utter_booking_cancelled", number=done.number)
    elif purpose == CHANGE:
        say.utter_message(response="utter_booking_changed", booking=text)
    else:
        say.utter_message(response="utter_booking_done", booking=text)


def _start_on_existing(turn: Turn, say: CollectingDispatcher, purpose: str) -> list[EventType]:
    is_being_made = turn.loop == "booking_form" and turn.slots.get("booking_purpose") == NEW
    if is_being_made and purpose == CANCEL:  # "不约了"
        return action_named("action_stop").act(turn, say)
    found = _own(turn)
    if not found:
        say.utter_message(response="utter_booking_none")
        return []
    booking = found[0]
    return start_form(
        turn,
        "booking_form",
        booking_purpose=purpose,
        booking_number=booking.number,
        booking_mode=booking.mode.value,
        booking_district=booking.district,
        booking_said=turn.text,
        booking_date=None,
        booking_slot=None,
        booking_confirmed=None,
    )


def _own(turn: Turn) -> list[Booking]:
    found = bookings.my_bookings(app().unit_of_work, turn.conversation_id, only_open=True)
    now = app().now()
    return sorted((b for b in found if b.ends_at > now), key=lambda b: b.starts_at)


def _cleared() -> list[EventType]:
    names = ("booking_date", "booking_slot", "booking_confirmed", "booking_said", "booking_number")
    return [SlotSet(name, None) for name in names]
