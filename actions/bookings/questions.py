"""The questions of a booking: how, where, which day, which slot, who; all read back at the end."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings.contact import told_contact, with_number, without_number
from actions.bookings.days_and_slots import (
    any_free,
    ask_date,
    ask_slot,
    parse_date,
    parse_slot,
)
from actions.bookings.elsewhere import has_hall
from actions.bookings.hold import (
    CANCEL,
    CHANGE,
    OTHER,
    WAIT,
    kept,
    moment_of,
)
from actions.bookings.matter import NOTE, in_general, is_other_change, says_which_change
from actions.bookings.read_back import read_back, read_back_cancel
from actions.bookings.ways import asks_of_way, told_mode, weighs_ways, without_past
from actions.bookings.wishes import (
    asks_if_free,
    day_in,
    day_instead,
    derived_wish,
    early_time,
    keeps_day,
    last_day_said,
    later_wish,
    leaves_time,
    moves,
    narrows,
    says_bad_day,
    says_what_day,
    speaks_of_time,
    takes_booking_back,
)
from actions.forms.ask import (
    asking,
    choice_button,
    district,
    free_text,
    left_to_us,
    option,
    phone,
    yes_no,
)
from actions.forms.form import ValidateForm
from actions.forms.question import Answer, Question
from actions.turns.beside import without_denied
from actions.turns.names import meant_matter, registration_of
from actions.turns.turn import Turn
from bot.documents.dates import spoken_day, spoken_moment
from bot.domain.halls import MODE_TITLES, Mode
from bot.domain.matters import Matter
from bot.services.words.booking import asks_hours, cancels_again, told_topic
from bot.services.words.filing import announces_filing
from bot.services.words.form_remarks import leaves_to_us
from bot.services.words.remarks import is_correction


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
                ask_date,
                parse_date,
                label=("日期", "哪天", "时间", "几号"),
                entity="date",
                show=lambda value: spoken_day(date.fromisoformat(str(value))),
                why="utter_booking_why_date",
                examples="utter_common_examples_date",
            ),
            Question(
                "booking_slot",
                ask_slot,
                parse_slot,
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
        free = any_free(turn)
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
