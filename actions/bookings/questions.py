"""The questions of a booking: how, where, which day, which slot, who; all read back at the end."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.bookings.contact import told_contact, with_number, without_number
from actions.bookings.elsewhere import hall_buttons, has_hall, other_halls
from actions.bookings.hold import (
    CANCEL,
    CHANGE,
    OTHER,
    WAIT,
    district_of,
    kept,
    moment_of,
)
from actions.bookings.matter import NOTE, in_general, is_other_change, says_which_change
from actions.bookings.read_back import read_back, read_back_cancel
from actions.bookings.ways import asks_of_way, told_mode, weighs_ways, without_past
from actions.bookings.wishes import (
    MAX_OFFERED,
    answers_proposal,
    asks_if_free,
    day_in,
    day_instead,
    derived_wish,
    early_time,
    first_or_last,
    free_on,
    in_part,
    is_coming_weekday,
    keeps_day,
    last_day_said,
    later_wish,
    leaves_time,
    moves,
    narrows,
    near_wish,
    no_day_does,
    part_said,
    phrase,
    place_in_list,
    says_bad_day,
    says_what_day,
    soon,
    speaks_of_time,
    spread,
    takes_booking_back,
    wants_soonest,
    weekday_of_same_week,
    wished_day,
)
from actions.forms.ask import (
    asking,
    choice_button,
    chosen,
    district,
    free_text,
    left_to_us,
    option,
    phone,
    yes_no,
)
from actions.forms.form import ValidateForm
from actions.forms.proposals import pending
from actions.forms.question import Answer, Problem, Question, Value
from actions.turns.beside import without_denied
from actions.turns.names import meant_matter, registration_of
from actions.turns.turn import Turn
from bot.documents.dates import spoken_day, spoken_moment
from bot.documents.labels import (
    OTHER_DAY,
    OTHER_WAY,
    WAIT_FOR_PLACE,
)
from bot.domain.bookings import FreeSlot
from bot.domain.halls import MODE_TITLES, Mode, to_local
from bot.domain.matters import Matter
from bot.services.bookings.slot_reasons import NoSlots, why_none
from bot.services.reading.answers import read_yes_no
from bot.services.time_phrases.unsuitable import leaves_days_out
from bot.services.times.local_time import local_day
from bot.services.words.booking import asks_hours, cancels_again, told_topic
from bot.services.words.filing import announces_filing
from bot.services.words.form_remarks import leaves_to_us
from bot.services.words.remarks import clauses, is_correction

_NEEDED_FOR_SLOT = ("booking_date", "booking_district", "booking_mode")
_DAY_RESPONSES: Mapping[NoSlots, str] = {
    NoSlots.PAST: "utter_booking_day_past",
    NoSlots.TOO_FAR: "utter_booking_day_too_far",
    NoSlots.CLOSED: "utter_booking_day_closed",
    NoSlots.HOLIDAY: "utter_booking_day_holiday",
    NoSlots.DAY_OFF: "utter_booking_day_off",
    NoSlots.FULL: "utter_booking_day_full",
}


class ValidateBookingForm(ValidateForm):
    """Asks what is missing for the purpose: a new booking, a change, a cancellation."""

    form = "booking_form"

    def questions(self, turn: Turn, slots: Mapping[str, Any]) -> Sequence[Question]:
        """Return the questions in order."""
        purpose = slots.get("booking_purpose")
        if purpose == CANCEL:
            return (yes_no("booking_confirmed", read_back_cancel),)
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
                show=lambda value: spoken_moment(moment_of(str(value))),
                why="utter_booking_why_date",
                examples="utter_common_examples_time",
            ),
        )
        mode = _mode()
        if purpose == CHANGE:  # the way is known, and may be another one: 打电话就行
            return (mode, *when, yes_no("booking_confirmed", read_back))
        named = free_text(
            "booking_name",
            "utter_booking_ask_name",
            label=("姓名", "名字", "名儿", "称呼"),
            is_name=True,
        )
        return (
            left_to_us(mode, Mode.WINDOW.value, speaks_of_time),
            district("booking_district", "utter_booking_ask_district"),
            *when,
            replace(named, parse=with_number(named.parse)),
            phone("booking_phone", "utter_booking_ask_phone"),
            yes_no("booking_confirmed", read_back),
        )

    def told(self, turn: Turn) -> Mapping[str, Any]:
        """Return name, telephone and what it is for when the words tell them."""
        matter = _matter_in(turn)
        told: dict[str, Any] = {
            **told_contact(turn),
            **({"matter_id": matter.id} if matter else {}),
        }
        is_settled = bool(turn.slots.get("booking_mode")) and not is_correction(turn.text)
        mode = None if is_settled else told_mode(turn.text)
        return (
            {**told, "booking_mode": mode} if mode and turn.entity("service_mode") is None else told
        )

    def _read(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Take "周五行不行" for the day that it names; who cancels is never taken for a yes."""
        is_cancelling = turn.slots.get("booking_purpose") == CANCEL
        is_asked = is_cancelling and turn.choice is None and turn.requested == "booking_confirmed"
        if is_asked and cancels_again(turn.text):  # 嗯 取消
            return self._accept(turn, {"booking_confirmed": "yes"}, say, None)
        if turn.choice is None and not is_cancelling and takes_booking_back(turn):
            return [SlotSet("requested_slot", turn.requested)]
        if says_what_day(turn, say) or says_which_change(turn, say):
            return self._ask_again(turn, say)
        turn = last_day_said(turn)
        topic = {} if turn.entity("matter") else _topic(turn)
        if topic:  # 开饭店的事 begins no business here
            return self._accept(turn, topic, say, None)
        free = _any_free(turn)
        if free is not None:  # 都行 你看着办
            return self._accept(turn, {"booking_slot": free}, say, None)
        is_name = turn.requested == "booking_name" and "booking_name" in told_contact(turn)
        if leaves_time(turn) or _tells_time(turn):  # 上午几点都行 asks for no opening hours
            turn = replace(turn, intent="inform", clauses=())
        said = replace(turn, intent="inform") if is_name or asks_if_free(turn) else turn
        return super()._read(said, say)

    def answers_beside(
        self,
        turn: Turn,
        questions: Sequence[Question],
        opened: Question | None,
        *,
        replaces: bool = False,
    ) -> dict[str, Any]:
        """Keep a time of day that comes before place, way or day are known."""
        found = super().answers_beside(turn, questions, opened, replaces=replaces)
        if turn.slots.get("booking_mode") and asks_of_way(turn.text):
            found.pop("booking_mode", None)  # 视频是不是得下载个啥
        matter = _matter_in(turn) if opened is not None and opened.slot == "booking_name" else None
        if matter is not None:  # where a name is asked for, nothing else is looked for in the words
            found = {**found, "matter_id": matter.id}
        is_day_open = opened is not None and opened.slot in {"booking_mode", "booking_district"}
        day = day_instead(turn.text, turn.slots) if replaces else is_day_open and day_in(turn.text)
        found = {"booking_date": day, **found} if day else found
        is_early = keeps_day(found, turn.slots) and early_time(turn) is not None
        is_open = opened is not None and opened.slot == "booking_slot"
        is_part = (is_open or moves(turn)) and narrows(turn.text) and "booking_date" not in found
        return {**found, "booking_said": turn.text} if is_early or is_part else found

    def accepted(
        self,
        turn: Turn,
        slots: Mapping[str, Any],
        changes: Mapping[str, Any],
        say: CollectingDispatcher,
    ) -> Mapping[str, Any]:
        """Another day, place or way makes the chosen slot void; a chosen one is kept."""
        derived = dict(changes)
        way = None if slots.get("booking_mode") else changes.get("booking_mode")
        if way and (leaves_to_us(turn.text) or weighs_ways(turn.text)):
            say.utter_message(response="utter_common_noted_as", items=MODE_TITLES[Mode(str(way))])
        derived |= _noted(turn, slots, changes, say)
        if moves(turn) and narrows(str(changes.get("booking_said") or "")):
            derived.setdefault("booking_slot", None)
        if {"booking_date", "booking_district", "booking_mode"} & derived.keys():
            derived.setdefault("booking_slot", None)
        if "booking_date" in derived and turn.text:
            derived["booking_said"] = later_wish(str(slots.get("booking_said") or ""), turn.text)
        if derived.get("booking_district") and not has_hall(str(derived["booking_district"])):
            say.utter_message(response="utter_booking_no_hall")
            derived["booking_district"] = None
        now_known, wished = {**slots, **derived}, dict[str, str]()
        if now_known.get("booking_slot") is None and "booking_confirmed" not in derived:
            wished = derived_wish(now_known, turn.conversation_id)
            derived |= wished
        is_derived = bool(wished.get("booking_slot"))
        if derived.get("booking_slot"):
            derived |= kept(turn, {**slots, **derived}, say, is_derived=is_derived)
        is_typed = bool(changes.get("booking_slot") and turn.text)
        if is_typed and derived["booking_slot"] not in {None, WAIT}:  # 下五三点 is read back
            moment = spoken_moment(moment_of(derived["booking_slot"]))
            say.utter_message(response="utter_common_noted_as", items=moment)
        if is_derived and derived["booking_slot"] and "booking_date" in {**wished, **changes}:
            moment = spoken_moment(moment_of(derived["booking_slot"]))
            say.utter_message(response="utter_common_noted_as", items=moment)
        return derived

    def _read_choice(
        self,
        turn: Turn,
        questions: Sequence[Question],
        opened: Question | None,
        say: CollectingDispatcher,
    ) -> list[EventType]:
        if turn.choice in {("booking_date", OTHER), ("booking_mode", OTHER)}:
            void = dict.fromkeys((turn.choice[0], "booking_date", "booking_slot", "booking_said"))
            return self._ask_next(turn, dict(turn.slots), {**void, "form_failures": 0.0}, say)
        return super()._read_choice(turn, questions, opened, say)


def _mode() -> Question:
    """Return the question for the way of service."""
    modes = {mode.value: title for mode, title in MODE_TITLES.items()}
    buttons = [choice_button("booking_mode", key, title) for key, title in modes.items()]
    mode = option(
        "booking_mode",
        asking("utter_booking_ask_mode", lambda _: buttons),
        modes,
        label=("方式",),
    )
    read = without_number(mode.parse)

    def parse(turn: Turn) -> Answer:
        if announces_filing(turn.text):
            return None  # 我要投诉三号窗口骂人 chooses no window
        is_told = turn.choice is None and turn.text
        return read(replace(turn, text=without_past(turn.text)) if is_told else turn)

    return replace(mode, parse=parse, entity="service_mode")


def _tells_time(turn: Turn) -> bool:
    """Tell whether what is taken for a question after opening hours only chooses a time.

    "还是上午吧 下午孩子没人接".
    """
    is_told = turn.entity("date") is not None or turn.entity("time") is not None
    return turn.intent == "ask_office_hours" and is_told and not asks_hours(turn.text)


def _noted(
    turn: Turn, slots: Mapping[str, Any], changes: Mapping[str, Any], say: CollectingDispatcher
) -> dict[str, Any]:
    """Say which time and matter were told by the way; return the matter."""
    if "booking_date" not in changes and turn.text:
        says_bad_day(turn.text, say)
    early = early_time(turn, str(changes.get("booking_said") or ""))
    if early and "booking_said" in changes and keeps_day(changes, slots):
        say.utter_message(response="utter_common_noted_as", items=early)
    matter = _matter_in(turn)
    if matter is not None and matter.id != slots.get("matter_id"):
        say.utter_message(response="utter_common_noted_as", items=matter.name)
    elif changes.get(NOTE):
        say.utter_message(response="utter_common_noted_as", items=changes[NOTE])
    return {"matter_id": matter.id, NOTE: None} if matter is not None else {}


def _topic(turn: Turn) -> dict[str, str]:
    """Return what it is for in the words of who books, where no matter is named."""
    is_free = (
        turn.choice is None and turn.loop is not None and turn.requested != "booking_confirmed"
    )
    topic = told_topic(turn.text) if is_free else None
    return {NOTE: topic} if topic is not None else {}


def _matter_in(turn: Turn) -> Matter | None:
    """Return what the booking is for, when the words tell it: 食品证变更 is no new licence."""
    named = without_denied(turn).entity("matter")  # 店里还没通电
    matter = in_general(meant_matter(named, turn.text), turn.text) if named else None
    matter = registration_of(matter, turn.entity("enterprise_type"), turn.text) if matter else None
    return None if matter is not None and is_other_change(matter, turn.text) else matter


def _ask_date(turn: Turn, say: CollectingDispatcher) -> None:
    free = spread(soon(turn.slots, turn.conversation_id))
    buttons = [slot_button(slot) for slot in free]
    response = "utter_booking_ask_date" if free else "utter_booking_nothing_free"
    say.utter_message(response=response, buttons=[*buttons, _other_way()])


def _parse_date(turn: Turn) -> Answer:
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


def _ask_slot(turn: Turn, say: CollectingDispatcher) -> None:
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


def _parse_slot(turn: Turn) -> Answer:
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


def _any_free(turn: Turn) -> str | None:
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
