"""Booking a helper: begin, change, cancel, look up, and write it down once it was read back."""

from typing import Any

from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.bookings.contact import told_contact, without_number_words
from actions.bookings.days_and_slots import slot_button
from actions.bookings.hold import (
    CANCEL,
    CHANGE,
    NEW,
    WAIT,
    district_of,
    kept,
    starts_at,
    wait_span,
)
from actions.bookings.matter import NOTE, matter_booked
from actions.bookings.offers import leave_list, show_helper, show_waits, shown_first
from actions.bookings.ways import told_mode, where_to_go
from actions.bookings.wishes import (
    day_in,
    derived_wish,
    last_day_said,
    moved_day,
    part_said,
    phrase,
    says_bad_day,
)
from actions.forms.form import form_named
from actions.forms.known import known_items
from actions.forms.leaving import asked_behind_drop
from actions.forms.switched import while_on
from actions.forms.taken import say_taken
from actions.plans.dates import restart_plan
from actions.steering.steer import answer_one
from actions.turns.buttons import ITEM_MARK
from actions.turns.opens_form import start_form
from actions.turns.places import find_district, known_district
from actions.turns.registry import action_named
from actions.turns.skill import SkillAction, close_form, finish_form
from actions.turns.turn import Turn
from bot.documents.booking_text import booking_line, booking_text
from bot.documents.dates import spoken_moment
from bot.domain.bookings import (
    AlreadyBooked,
    BadContact,
    Booking,
    BookingClosed,
    SlotUnavailable,
    TooManyBookings,
    UnknownBooking,
)
from bot.domain.halls import MODE_TITLES, Mode, to_local
from bot.domain.wait_errors import NothingToWaitFor, PlacesFree
from bot.services.bookings import bookings
from bot.services.bookings.holds import held_slot, join_waiting, release_slot
from bot.services.bookings.links import link_booking
from bot.services.bookings.news import clock_time, helper_name
from bot.services.reading.answers import read_option
from bot.services.times.local_time import local_day
from bot.services.words.booking import books_anew
from bot.services.words.form_remarks import moves_earlier_booking, says_booked

MODE_WORDS = {"on_site": "上门", "video": "视频", "phone": "电话", "window": "窗口"}


class ActionStartBooking(SkillAction):
    """Begins a booking with what the first sentence already tells."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_start_booking"

    @while_on("booking")
    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Open the form; name and phone of an earlier booking are kept.

        Who has a booking already, and tells nothing new, is shown it first.
        """
        is_open = turn.loop == "booking_form" and not turn.entities  # 几点还有号: it is asked again
        if is_open or shown_first(turn, _own(turn), say):
            return []
        place = find_district(turn.entity("district") or turn.text) or known_district(turn)
        going = where_to_go(turn.text)  # 去不了窗口 names no way
        marked = {found.value for found in turn.entities if found.name == "service_mode"}
        ways = {one for one in marked if one in going}
        # 打电话不中你们能上门不: which of several is meant, the whole text tells
        said = ways.pop() if len(ways) == 1 else without_number_words(going)
        say.utter_message(response="utter_booking_start")
        told = {
            "booking_mode": read_option(said, MODE_WORDS) or told_mode(turn.text),
            "booking_district": place.id if place else None,
            "booking_said": turn.text,
            "booking_date": day_in(turn.text),
            "booking_slot": None,
            **told_contact(turn),
        }
        matter = matter_booked(turn)
        told = {**turn.slots, **told, "booking_purpose": NEW}
        told |= derived_wish(told, turn.conversation_id)
        if told.get("booking_slot"):
            told |= kept(turn, told, say, is_derived=True)
            read_back = ("booking_mode", "booking_district", "booking_slot")
            say_taken("booking_form", turn, {name: told.get(name) for name in read_back}, say)
        else:
            taken = {"booking_mode", "booking_district", "booking_date", *told_contact(turn)}
            noted = {name: value for name, value in told.items() if name in taken}
            part = part_said(turn.text)
            says_bad_day(turn.text, say)
            say_taken("booking_form", turn, noted, say, {"booking_date": part})
        names = ("mode", "district", "said", "date", "slot", "name", "phone")
        return start_form(
            turn,
            "booking_form",
            booking_purpose=NEW,
            booking_number=None,
            booking_confirmed=None,
            booking_note=None,
            matter_id=matter.id if matter else turn.slots.get("matter_id"),
            **{f"booking_{name}": told.get(f"booking_{name}") for name in names},
        )


class ActionChangeBooking(SkillAction):
    """Begins moving the booking of this conversation to another time."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_change_booking"

    @while_on("booking")
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
        """Show all of them, with the helper who stays and the line on the waiting list."""
        found = _own(turn)
        is_said = show_helper(turn, say) + show_waits(turn, say)
        if is_said and not found:
            return []
        if not found and _is_being_made(turn):
            _say_not_yet(turn, say)
            return []
        if not found:
            missing = "utter_booking_none_here" if says_booked(turn.text) else "utter_booking_none"
            say.utter_message(response=missing)
            return []
        lines = "\n".join(booking_line(booking, app().catalogue) for booking in found)
        say.utter_message(response="utter_booking_list", bookings=lines)
        return []


class ActionSubmitBooking(SkillAction):
    """Books, moves or cancels, once the applicant has said yes to what was read back."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_submit_booking"

    @while_on("booking")
    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Write once per message; a slot lost meanwhile is offered again."""
        purpose = turn.slots.get("booking_purpose") or NEW
        if turn.slots.get("booking_confirmed") != "yes":
            release_slot(app().unit_of_work, turn.conversation_id)
            say.utter_message(response="utter_booking_dropped")
            return [*_cleared(), *finish_form(turn, say)]
        if turn.slots.get("booking_slot") == WAIT:
            return _join(turn, say)
        until = _held_until(turn, str(purpose))
        try:
            done = _write(turn, str(purpose))
        except SlotUnavailable:
            if until is None:
                say.utter_message(response="utter_booking_slot_lost")
            else:
                say.utter_message(response="utter_booking_hold_over", until=until)
            return _once_more(FollowupAction("booking_form"))
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


def _held_until(turn: Turn, purpose: str) -> str | None:
    """Return until when the slot was kept, None when it still is or never was."""
    hold = held_slot(app().unit_of_work, turn.conversation_id)
    is_same = hold is not None and purpose != CANCEL and hold.starts_at == starts_at(turn.slots)
    if hold is None or not is_same or hold.is_live(app().now()):
        return None
    return clock_time(hold.until)


def _join(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Join the waiting list; where places have become free meanwhile they are offered."""
    application = app()
    first, last = wait_span(turn.slots)
    try:
        _, ahead = join_waiting(
            application.unit_of_work,
            origin=turn.origin("wait"),
            conversation_id=turn.conversation_id,
            district=district_of(turn.slots),
            mode=Mode(str(turn.slots["booking_mode"])),
            first_at=first,
            last_at=last,
            contact_name=str(turn.slots["booking_name"]),
            contact_phone=str(turn.slots["booking_phone"]),
            matter_id=turn.slots.get("matter_id"),
            now=application.now(),
            calendar=application.calendar,
        )
    except PlacesFree as free:
        buttons = [slot_button(slot) for slot in free.free]
        say.utter_message(response="utter_booking_no_need_to_wait", buttons=buttons)
        return _once_more(FollowupAction("booking_form"))
    except NothingToWaitFor:
        say.utter_message(response="utter_booking_nothing_to_wait_for")
    except BadContact:
        say.utter_message(response="utter_booking_bad_contact")
    else:
        say.utter_message(response="utter_booking_waiting", ahead=str(ahead))
    return [*_cleared(), *finish_form(turn, say)]


def _once_more(*events: EventType) -> list[EventType]:
    return [SlotSet("booking_slot", None), SlotSet("booking_confirmed", None), *events]


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
            mode=Mode(str(turn.slots["booking_mode"])),
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
        note=str(turn.slots.get(NOTE) or ""),
        calendar=application.calendar,
        provisional=True,  # the day was read back with its mark
        **shared,
    )


def _say_done(purpose: str, done: Booking, say: CollectingDispatcher) -> None:
    application = app()
    with application.unit_of_work() as unit:
        helper = helper_name(unit, done.agent_id)
    text = booking_text(done, application.catalogue, helper)
    if purpose == CANCEL:
        say.utter_message(response="utter_booking_cancelled", number=done.number)
    elif purpose == CHANGE:
        say.utter_message(response="utter_booking_changed", booking=text, link=_link(done))
    else:
        say.utter_message(response="utter_booking_done", booking=text, link=_link(done))
    if purpose != CANCEL and done.confirm_by is not None:
        say.utter_message(response="utter_booking_confirm", until=spoken_moment(done.confirm_by))


def _link(booking: Booking) -> str:
    path = link_booking(app().unit_of_work, booking, app().now())
    return app().settings.base_url + path


def _start_on_existing(turn: Turn, say: CollectingDispatcher, purpose: str) -> list[EventType]:
    is_being_made = _is_being_made(turn)
    if is_being_made and purpose == CANCEL:  # "不约了"
        release_slot(app().unit_of_work, turn.conversation_id)
        say.utter_message(response="utter_booking_not_made")
        asked = asked_behind_drop(turn)
        answered = [] if asked is None else answer_one(asked, say)
        return [*close_form(), *_cleared(), *answered, *finish_form(turn, say)]
    if is_being_made and moves_earlier_booking(turn.text) and not _own(turn):
        release_slot(app().unit_of_work, turn.conversation_id)
        say.utter_message(response="utter_booking_none_here")
        return [*close_form(), *_cleared(), *finish_form(turn, say)]
    if is_being_made:  # what is to be other was not understood; the open question follows
        say.utter_message(response="utter_booking_change_what")
        return []
    if purpose == CANCEL and leave_list(turn, say):
        return []
    found = _own(turn)
    if not found and purpose == CHANGE and books_anew(turn.text):
        return action_named("action_start_booking").act(turn, say)
    if not found:
        is_said = show_helper(turn, say)
        if not is_said:
            say.utter_message(response="utter_booking_none_here")
        return []
    booking = found[0]
    turn = last_day_said(turn)  # 周三要进货 挪到下周五上午
    known = {
        **turn.slots,
        "booking_purpose": purpose,
        "booking_number": booking.number,
        "booking_mode": booking.mode.value,
        "booking_district": booking.district,
        "booking_said": turn.text,
        "booking_date": None,
        "booking_slot": None,
        "booking_confirmed": None,
    }
    if purpose == CHANGE:
        known |= _moved(turn, booking, say)
        known |= derived_wish(known, turn.conversation_id)
        if known["booking_slot"]:
            known |= kept(turn, known, say, is_derived=True)
    names = ("purpose", "number", "mode", "district", "said", "date", "slot", "confirmed")
    slots = {f"booking_{name}": known[f"booking_{name}"] for name in names}
    return start_form(turn, "booking_form", **slots)


def _moved(turn: Turn, booking: Booking, say: CollectingDispatcher) -> dict[str, Any]:
    """Return what a text changes of a booking, as slots: another way, another day or time."""
    day = local_day(booking.starts_at)
    moved = moved_day(turn.text, day)
    on = moved or day_in(turn.text) or _same_day(turn.text, booking)
    way = _other_way(turn, booking)
    if way:
        say.utter_message(response="utter_common_noted_as", items=MODE_TITLES[Mode(way)])
    if way and on is None:  # 打电话就行: the day stays as well
        on = moved = day.isoformat()
    said = to_local(booking.starts_at).strftime("%H:%M") if moved else turn.text
    return {
        "booking_mode": way or booking.mode.value,
        "booking_date": on,
        "booking_said": said,  # the time of day stays with a day that is counted from the old one
    }


def _other_way(turn: Turn, booking: Booking) -> str | None:
    """Return the way that a booking is to have instead of its own: 打电话就行; None for none."""
    said = turn.entity("service_mode") or ""
    way = read_option(without_number_words(said), MODE_WORDS) or told_mode(turn.text)
    return way if way != booking.mode.value else None


def _same_day(text: str, booking: Booking) -> str | None:
    """Return the day of a booking (ISO) when only another time of it is named: "改到下午"."""
    said = phrase(text)
    is_time = said.on is None and (said.at is not None or said.part_of_day is not None)
    return local_day(booking.starts_at).isoformat() if is_time else None


def _say_not_yet(turn: Turn, say: CollectingDispatcher) -> None:
    """Say that nothing is booked yet, and what is noted so far."""
    form = form_named("booking_form")
    items = known_items(form.questions(turn, turn.slots), turn.slots) if form else []
    if items:
        say.utter_message(response="utter_booking_not_yet_known", items=ITEM_MARK.join(items))
    else:
        say.utter_message(response="utter_booking_not_yet")


def _is_being_made(turn: Turn) -> bool:
    return turn.loop == "booking_form" and turn.slots.get("booking_purpose") == NEW


def _own(turn: Turn) -> list[Booking]:
    found = bookings.my_bookings(app().unit_of_work, turn.conversation_id, only_open=True)
    now = app().now()
    return sorted((b for b in found if b.ends_at > now), key=lambda b: b.starts_at)


def _cleared() -> list[EventType]:
    names = (
        "booking_date",
        "booking_slot",
        "booking_confirmed",
        "booking_said",
        "booking_number",
        NOTE,
    )
    return [SlotSet(name, None) for name in names]
