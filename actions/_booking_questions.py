"""The questions of a booking: how, where, which day, which slot, who; all read back at the end."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._ask import (
    asking,
    choice_button,
    chosen,
    confirming,
    district,
    free_text,
    option,
    phone,
    yes_no,
)
from actions._form import Answer, Problem, Question, ValidateForm, Value
from actions._turn import Turn
from bot.documents.booking_text import booking_line
from bot.documents.dates import spoken_day, spoken_moment
from bot.documents.labels import BOOK, CANCEL_BOOKING, DO_NOT_BOOK, KEEP_BOOKING
from bot.domain.bookings import FreeSlot
from bot.domain.halls import MODE_TITLES, Mode, to_local
from bot.services import bookings
from bot.services.identifiers import check_phone
from bot.services.local_time import local_day
from bot.services.slots import first_free_slots, free_slots
from bot.services.time_phrases import PartOfDay, TimePhrase, parse_time_phrase

NEW, CHANGE, CANCEL = "new", "change", "cancel"
_NAMED = re.compile(
    r"(?:我叫|俺叫|名字叫|联系人是?|称呼我?)(?P<name>[\u4e00-\u9fff]{2,4})|"
    r"(?:我|俺|免贵)姓(?P<family>[\u4e00-\u9fff])|"
    r"(?:^|[，, ])(?!电话|手机|号码|联系)(?P<before>[\u4e00-\u9fff]{2,3})[，, ]?(?=1[3-9]\d{9})|"
    r"^(?:叫我|我是)?(?P<called>[\u4e00-\u9fff]{1,2}(?:师傅|先生|女士|老板|经理|小姐|大哥|大姐))$"
)
_AFTER_ALL = re.compile(r"^(算了|那|要不|嗯)?[，, ]*还是(就)?(?!.*还是)")
"""还是 at the beginning takes a choice back; elsewhere it asks for one."""

_MOVED_TO = re.compile(r"(改|换|挪|调|推迟|提前)到")
_NEEDED_FOR_SLOT = ("booking_date", "booking_district", "booking_mode")
SEARCHED_SLOTS = 40
"""Slots looked at when the nearest days are offered."""

NOON = 12
MAX_OFFERED = 8
"""Slots offered as buttons at once."""


class ValidateBookingForm(ValidateForm):
    """Asks what is missing for the purpose: a new booking, a change, a cancellation."""

    form = "booking_form"

    def questions(self, turn: Turn, slots: Mapping[str, Any]) -> Sequence[Question]:
        """Return the questions in order."""
        purpose = slots.get("booking_purpose")
        if purpose == CANCEL:
            return (yes_no("booking_confirmed", _read_back_cancel),)
        when = (
            Question(
                "booking_date",
                _ask_date,
                _parse_date,
                label=("日期", "哪天", "时间", "几号"),
                entity="date",
                show=lambda value: spoken_day(date.fromisoformat(str(value))),
                why="utter_booking_why_date",
                examples="utter_common_examples_date",
            ),
            Question(
                "booking_slot",
                _ask_slot,
                _parse_slot,
                label=("几点", "时段"),
                entity="time",
                show=lambda value: spoken_moment(_moment(str(value))),
                examples="utter_common_examples_time",
            ),
        )
        if purpose == CHANGE:
            return (*when, yes_no("booking_confirmed", _read_back))
        modes = {mode.value: title for mode, title in MODE_TITLES.items()}
        buttons = [choice_button("booking_mode", key, title) for key, title in modes.items()]
        mode = option(
            "booking_mode",
            asking("utter_booking_ask_mode", lambda _: buttons),
            modes,
            label=("方式",),
        )
        return (
            Question(**{**mode.__dict__, "entity": "service_mode"}),
            district("booking_district", "utter_booking_ask_district"),
            *when,
            free_text("booking_name", "utter_booking_ask_name", label=("姓名", "名字", "称呼")),
            phone("booking_phone", "utter_booking_ask_phone"),
            yes_no("booking_confirmed", _read_back),
        )

    def told(self, turn: Turn) -> Mapping[str, Any]:
        """Return name and telephone when the words tell them."""
        return told_contact(turn)

    def accepted(
        self,
        turn: Turn,
        slots: Mapping[str, Any],
        changes: Mapping[str, Any],
        say: CollectingDispatcher,
    ) -> Mapping[str, Any]:
        """Another day, place or way makes the chosen slot void."""
        derived = dict(changes)
        if {"booking_date", "booking_district", "booking_mode"} & derived.keys():
            derived.setdefault("booking_slot", None)
        if "booking_date" in derived and turn.text:
            derived["booking_said"] = turn.text
        now_known = {**slots, **derived}
        if now_known.get("booking_slot") is None and "booking_confirmed" not in derived:
            derived |= wished_slot(now_known)
        if derived.get("booking_slot"):
            derived["booking_date"] = to_local(_moment(derived["booking_slot"])).date().isoformat()
        return derived


def day_in(text: str) -> str | None:
    """Return the day that a sentence names for sure (ISO), None when it names none to come."""
    phrase = _phrase(text)
    if phrase.on is None or phrase.is_past or phrase.on < local_day(app().now()):
        return None
    is_vague = phrase.ambiguous and phrase.at is None and phrase.part_of_day is None
    return None if is_vague else phrase.on.isoformat()


def wished_slot(slots: Mapping[str, Any]) -> dict[str, str]:
    """Return the free slot at the very time that was said, once day, place and way are known."""
    if not all(slots.get(name) for name in _NEEDED_FOR_SLOT):
        return {}
    wish = _phrase(str(slots.get("booking_said") or "")).at
    if wish is None:
        return {}
    free = _free_slots(slots, date.fromisoformat(str(slots["booking_date"])))
    exact = [slot for slot in free if to_local(slot.starts_at).time() == wish]
    return {"booking_slot": exact[0].starts_at.isoformat()} if exact else {}


def told_contact(turn: Turn) -> dict[str, str]:
    """Return name and telephone that a sentence tells by the way, as slots."""
    told = {}
    number = check_phone(turn.entity("phone") or "")
    if number.is_valid:
        told["booking_phone"] = number.value
    name = _NAMED.search(turn.text)
    if name is not None:
        told["booking_name"] = next(said for said in name.groups() if said)
    return told


def starts_at(slots: Mapping[str, Any]) -> datetime:
    """Return the chosen start, aware."""
    return _moment(str(slots["booking_slot"]))


def district_of(slots: Mapping[str, Any]) -> str:
    """Return the code of the chosen district."""
    return str(slots["booking_district"])


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _phrase(text: str) -> TimePhrase:
    # "改到周五" names one day; the reader of phrases takes a bare 到 for a span
    said = _MOVED_TO.sub(r"\1成", _AFTER_ALL.sub("", text))
    return parse_time_phrase(said, app().now(), app().calendar)


def _ask_date(turn: Turn, say: CollectingDispatcher) -> None:
    soon = first_free_slots(
        app().unit_of_work,
        district=district_of(turn.slots),
        mode=Mode(str(turn.slots["booking_mode"])),
        now=app().now(),
        calendar=app().calendar,
        limit=SEARCHED_SLOTS,
    )
    buttons = [_slot_button(slot) for slot in _spread(soon)]
    say.utter_message(response="utter_booking_ask_date", buttons=buttons)


def _parse_date(turn: Turn) -> Answer:
    text = turn.text
    phrase = _phrase(text)
    if phrase.on is None:
        return Problem("utter_booking_date_unclear") if phrase.ambiguous else None
    if phrase.is_past or phrase.on < local_day(app().now()):
        return Problem("utter_booking_date_past", {"day": spoken_day(phrase.on)})
    if phrase.ambiguous and phrase.at is None and phrase.part_of_day is None:
        return Problem("utter_booking_date_ambiguous", {"day": spoken_day(phrase.on)})
    return Value(phrase.on.isoformat())


def _ask_slot(turn: Turn, say: CollectingDispatcher) -> None:
    on = date.fromisoformat(str(turn.slots["booking_date"]))
    free = _free(turn, on)
    if not free:
        soon = first_free_slots(
            app().unit_of_work,
            district=district_of(turn.slots),
            mode=Mode(str(turn.slots["booking_mode"])),
            now=app().now(),
            calendar=app().calendar,
            limit=SEARCHED_SLOTS,
        )
        say.utter_message(
            response="utter_booking_day_full",
            day=spoken_day(on),
            buttons=[_slot_button(slot) for slot in _spread(soon)],
        )
        return
    offered = _near_wish(free, str(turn.slots.get("booking_said") or ""))[:MAX_OFFERED]
    say.utter_message(
        response="utter_booking_ask_slot",
        day=spoken_day(on),
        buttons=[_slot_button(slot) for slot in offered],
    )


def _parse_slot(turn: Turn) -> Answer:
    pressed = chosen(turn, "booking_slot")
    if pressed is not None:
        try:
            moment = _moment(pressed)
        except ValueError:
            return None
        return Value(moment.isoformat(), exact=True) if moment.tzinfo else None
    if not all(turn.slots.get(name) for name in _NEEDED_FOR_SLOT):
        return None  # a time of day alone picks no slot yet
    phrase = _phrase(turn.text)
    on = phrase.on or date.fromisoformat(str(turn.slots["booking_date"]))
    if phrase.at is None and phrase.part_of_day is None:
        return None
    matching = [
        slot
        for slot in _free(turn, on)
        if phrase.at is not None and to_local(slot.starts_at).time() == phrase.at
    ]
    if matching:
        return Value(matching[0].starts_at.isoformat())
    near = _near_wish(_free(turn, on), turn.text)[:4]
    buttons = [_slot_button(slot) for slot in near]
    return Problem("utter_booking_slot_unavailable", {"day": spoken_day(on)}, buttons)


def _free(turn: Turn, on: date) -> tuple[FreeSlot, ...]:
    return _free_slots(turn.slots, on)


def _free_slots(slots: Mapping[str, Any], on: date) -> tuple[FreeSlot, ...]:
    return free_slots(
        app().unit_of_work,
        district=district_of(slots),
        mode=Mode(str(slots["booking_mode"])),
        on=on,
        now=app().now(),
        calendar=app().calendar,
    )


def _spread(free: Sequence[FreeSlot]) -> list[FreeSlot]:
    """Return the first slot of each half-day, so that the nearest days can be chosen among."""
    halves: dict[tuple[date, bool], FreeSlot] = {}
    for slot in free:
        local = to_local(slot.starts_at)
        halves.setdefault((local.date(), local.hour < NOON), slot)
    return list(halves.values())[:4]


def _near_wish(free: Sequence[FreeSlot], said: str) -> list[FreeSlot]:
    """Return the slots nearest to the time of day that was wished, in order of time."""
    phrase = _phrase(said) if said else TimePhrase()
    if phrase.at is not None:
        wanted = phrase.at.hour * 60 + phrase.at.minute
        ranked = sorted(free, key=lambda slot: abs(_minutes(slot) - wanted))
        return sorted(ranked[:4], key=lambda slot: slot.starts_at)
    if phrase.part_of_day is not None:
        morning = phrase.part_of_day is PartOfDay.MORNING
        half = [slot for slot in free if (_minutes(slot) < NOON * 60) == morning]
        return half or list(free)
    step = max(1, len(free) // MAX_OFFERED)
    return list(free[::step])


def _minutes(slot: FreeSlot) -> int:
    local = to_local(slot.starts_at)
    return local.hour * 60 + local.minute


def _slot_button(slot: FreeSlot) -> dict[str, str]:
    return choice_button("booking_slot", slot.starts_at.isoformat(), spoken_moment(slot.starts_at))


def _read_back(turn: Turn, say: CollectingDispatcher) -> None:
    moment = starts_at(turn.slots)
    read = {
        "when": spoken_moment(moment),
        "mode": MODE_TITLES[Mode(str(turn.slots["booking_mode"]))],
        "district": app().catalogue.district(district_of(turn.slots)).name,
    }
    buttons = confirming("booking_confirmed", BOOK, DO_NOT_BOOK)
    if app().calendar.covers(to_local(moment).date()):
        asking("utter_booking_ask_confirm", buttons, **read)(turn, say)
    else:
        asking("utter_booking_ask_confirm_provisional", buttons, **read)(turn, say)


def _read_back_cancel(turn: Turn, say: CollectingDispatcher) -> None:
    own = bookings.my_bookings(app().unit_of_work, turn.conversation_id, only_open=True)
    number = turn.slots.get("booking_number")
    line = next((booking_line(b, app().catalogue) for b in own if b.number == number), "")
    buttons = confirming("booking_confirmed", CANCEL_BOOKING, KEEP_BOOKING)
    asking("utter_booking_ask_cancel", buttons, booking=line)(turn, say)
