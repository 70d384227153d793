"""Asks for the day and the slot of a booking and reads both, with what is free and the way on."""

from collections.abc import Mapping, Sequence
from datetime import date

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.bookings.elsewhere import hall_buttons, other_halls
from actions.bookings.hold import (
    CHANGE,
    OTHER,
    WAIT,
    district_of,
    moment_of,
)
from actions.bookings.wishes import (
    MAX_OFFERED,
    answers_proposal,
    first_or_last,
    free_on,
    in_part,
    is_coming_weekday,
    narrows,
    near_wish,
    no_day_does,
    part_said,
    phrase,
    place_in_list,
    soon,
    spread,
    wants_soonest,
    weekday_of_same_week,
    wished_day,
)
from actions.forms.ask import (
    choice_button,
    chosen,
)
from actions.forms.proposals import pending
from actions.forms.question import Answer, Problem, Value
from actions.turns.turn import Turn
from bot.documents.dates import spoken_day, spoken_moment
from bot.documents.labels import (
    OTHER_DAY,
    OTHER_WAY,
    WAIT_FOR_PLACE,
)
from bot.domain.bookings import FreeSlot
from bot.domain.halls import MODE_TITLES, Mode, to_local
from bot.services.bookings.slot_reasons import NoSlots, why_none
from bot.services.reading.answers import read_yes_no
from bot.services.time_phrases.unsuitable import leaves_days_out
from bot.services.times.local_time import local_day
from bot.services.words.form_remarks import leaves_to_us
from bot.services.words.remarks import clauses

_NEEDED_FOR_SLOT = ("booking_date", "booking_district", "booking_mode")


_DAY_RESPONSES: Mapping[NoSlots, str] = {
    NoSlots.PAST: "utter_booking_day_past",
    NoSlots.TOO_FAR: "utter_booking_day_too_far",
    NoSlots.CLOSED: "utter_booking_day_closed",
    NoSlots.HOLIDAY: "utter_booking_day_holiday",
    NoSlots.DAY_OFF: "utter_booking_day_off",
    NoSlots.FULL: "utter_booking_day_full",
}


def ask_date(turn: Turn, say: CollectingDispatcher) -> None:
    """Asks for the day; the first days with a free slot are buttons."""
    free = spread(soon(turn.slots, turn.conversation_id))
    buttons = [slot_button(slot) for slot in free]
    response = "utter_booking_ask_date" if free else "utter_booking_nothing_free"
    say.utter_message(response=response, buttons=[*buttons, _other_way()])


def parse_date(turn: Turn) -> Answer:
    """The day that a text names, or why it cannot be booked."""
    text = turn.text
    same = weekday_of_same_week(text, turn.slots)
    if same is not None:
        return Value(same)
    said = phrase(text)
    proposed = answers_proposal(said, pending(turn, "booking_date"))
    if proposed is not None:
        return Value(proposed)
    is_time = said.on is None and (said.at is not None or said.part_of_day is not None)
    is_kept = is_time and bool(turn.slots.get("booking_date"))  # 时间改成上午十点, of that day
    vague = None if is_kept else wished_day(text, turn.slots, turn.conversation_id)
    if vague is not None:
        return Value(vague)
    if said.on is None:
        if wants_soonest(text) and turn.requested == "booking_date":
            return Problem("utter_booking_nothing_free")
        is_left_open = said.ambiguous or leaves_days_out(text)
        return Problem("utter_booking_date_unclear") if is_left_open else None
    if no_day_does(text):
        return Problem("utter_booking_which_then")
    if said.is_past or said.on < local_day(app().now()):
        return Problem("utter_booking_date_past", {"day": spoken_day(said.on)})
    if is_coming_weekday(text, said) and not said.several:
        return Value(said.on.isoformat())
    is_moved = turn.intent == "change_appointment" and turn.slots.get("booking_date") is not None
    is_vague = said.ambiguous and said.at is None and said.part_of_day is None
    if (is_vague or said.several) and not is_moved:
        day = {"day": spoken_day(said.on)}
        meant = ("booking_date", said.on.isoformat())
        return Problem("utter_booking_date_ambiguous", day, proposes=meant)
    return Value(said.on.isoformat())


def ask_slot(turn: Turn, say: CollectingDispatcher) -> None:
    """Asks for the slot among those free on the day, or says that none is."""
    on = date.fromisoformat(str(turn.slots["booking_date"]))
    free = free_on(turn.slots, on, turn.conversation_id)
    if not free:
        _say_none(turn, on, say)
        return
    said = str(turn.slots.get("booking_said") or "")
    offered = near_wish(free, said)[:MAX_OFFERED]
    is_wished = not narrows(said) or in_part(free, phrase(said).part_of_day)
    say.utter_message(
        response="utter_booking_ask_slot" if is_wished else "utter_booking_ask_slot_other",
        day=spoken_day(on) + (part_said(said) if is_wished else ""),
        buttons=[*(slot_button(slot) for slot in offered), other_day(), _other_way()],
    )


def _say_none(turn: Turn, on: date, say: CollectingDispatcher) -> None:
    """Say why a day has nothing, with the nearest slots and the ways on."""
    mode = Mode(str(turn.slots["booking_mode"]))
    why = why_none(
        app().unit_of_work,
        district=district_of(turn.slots),
        mode=mode,
        on=on,
        now=app().now(),
        calendar=app().calendar,
    )
    is_full = why.reason is NoSlots.FULL
    waiting = _waiting(turn) if is_full else []
    near = spread(soon(turn.slots, turn.conversation_id))
    is_new = turn.slots.get("booking_purpose") != CHANGE
    halls = other_halls(turn, district_of(turn.slots), mode, on) if is_full and is_new else ()
    elsewhere = hall_buttons(halls, str(turn.slots.get("booking_said") or ""))
    say.utter_message(
        response="utter_booking_day_full_here" if halls else _DAY_RESPONSES[why.reason],
        day=spoken_day(on),
        detail=why.detail,
        last=spoken_day(why.last),
        mode=MODE_TITLES[mode],
        halls="、".join(one.hall.name for one in halls),
        buttons=[
            *elsewhere,
            *(slot_button(slot) for slot in near),
            *waiting,
            other_day(),
            _other_way(),
        ],
    )


def parse_slot(turn: Turn) -> Answer:
    """The slot that was pressed or told, if it is still free."""
    pressed = chosen(turn, "booking_slot")
    if pressed is not None:
        return _pressed_slot(turn, pressed)
    if not all(turn.slots.get(name) for name in _NEEDED_FOR_SLOT):
        return None  # a time of day alone picks no slot yet
    if "候补" in turn.text or "排队等" in turn.text:
        return Value(WAIT)
    said = phrase(turn.text)
    on = said.on or date.fromisoformat(str(turn.slots["booking_date"]))
    free = free_on(turn.slots, on, turn.conversation_id)
    edge = first_or_last(turn.text, free)
    if edge is not None:
        return Value(edge.starts_at.isoformat(), exact=True)
    place = place_in_list(turn.text) if turn.requested == "booking_slot" else None
    if said.at is None and place is not None:
        return _offered(turn, free, place)
    if said.at is None and said.part_of_day is None:
        return _only_offered(turn, free, on)
    matching = [slot for slot in free if said.at and to_local(slot.starts_at).time() == said.at]
    if matching:
        return Value(matching[0].starts_at.isoformat())
    buttons = [slot_button(slot) for slot in near_wish(free, turn.text)[:4]]
    if said.at is None:  # a part of the day narrows the choice, it is no refusal
        return Problem("utter_booking_slot_which", {"day": spoken_day(on)}, buttons)
    buttons += [*_waiting(turn), other_day()]
    return Problem("utter_booking_slot_unavailable", {"day": spoken_day(on)}, buttons)


def any_free(turn: Turn) -> str | None:
    """Return the first slot that was offered, where which one it is is left to us: 都行."""
    is_open = turn.requested == "booking_slot" and turn.choice is None and bool(turn.text)
    if not is_open or not all(map(leaves_to_us, clauses(turn.text))):
        return None
    on = date.fromisoformat(str(turn.slots["booking_date"]))
    first = _offered(turn, free_on(turn.slots, on, turn.conversation_id), 1)
    return str(first.value) if isinstance(first, Value) else None


def _pressed_slot(turn: Turn, pressed: str) -> Answer:
    if pressed == WAIT and turn.slots.get("booking_date"):
        return Value(WAIT, exact=True)
    try:
        moment = moment_of(pressed)
    except ValueError:
        return None
    return Value(moment.isoformat(), exact=True) if moment.tzinfo else None


def _offered(turn: Turn, free: Sequence[FreeSlot], place: int) -> Answer:
    """Return one of the slots that were offered, by its place among them."""
    said = turn.text if narrows(turn.text) else str(turn.slots.get("booking_said") or "")
    near = near_wish(free, said)[:MAX_OFFERED]
    return Value(near[place - 1].starts_at.isoformat()) if 0 < place <= len(near) else None


def _only_offered(turn: Turn, free: Sequence[FreeSlot], on: date) -> Answer:
    """Return the slot that a plain "好" takes where one is offered; of several none is meant."""
    if turn.requested != "booking_slot" or not free or not read_yes_no(turn.text, turn.intent):
        return None
    several = Problem("utter_booking_slot_still_open", {"day": spoken_day(on)})
    return several if _offered(turn, free, 2) is not None else _offered(turn, free, 1)


def slot_button(slot: FreeSlot) -> dict[str, str]:
    """Return the button that takes a slot."""
    return choice_button("booking_slot", slot.starts_at.isoformat(), spoken_moment(slot.starts_at))


def other_day() -> dict[str, str]:
    """Return the button that asks for another day."""
    return choice_button("booking_date", OTHER, OTHER_DAY)


def _waiting(turn: Turn) -> list[dict[str, str]]:
    is_new = turn.slots.get("booking_purpose") != CHANGE
    return [choice_button("booking_slot", WAIT, WAIT_FOR_PLACE)] if is_new else []


def _other_way() -> dict[str, str]:
    return choice_button("booking_mode", OTHER, OTHER_WAY)
