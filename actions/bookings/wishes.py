"""When people want to come: phrases, "as soon as possible", "after work", as days and slots."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.turns.history import last_responses
from actions.turns.intent_groups import BOOKING
from actions.turns.turn import Turn
from bot.documents.dates import spoken_day
from bot.domain.bookings import FreeSlot
from bot.domain.halls import Mode, to_local
from bot.domain.slots import SlotKind
from bot.services.bookings.slots import first_free_slots, free_slots
from bot.services.reading.numerals import read_number
from bot.services.reading.spoken_digits import without_spelt
from bot.services.time_phrases.months import MONTH_DAY, WEEKDAYS
from bot.services.time_phrases.time_phrases import PartOfDay, TimePhrase, parse_time_phrase
from bot.services.times.local_time import local_day
from bot.services.words.form_remarks import leaves_to_us
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import clauses, is_correction

SEARCHED_SLOTS = 40
"""Slots looked at when the nearest days are offered."""

ALL_SLOTS = 2000
"""Slots looked at when a part of the day is wished: all within the horizon."""

NOON = 12
MAX_OFFERED = 8
"""Slots offered as buttons at once."""

_AFTER_ALL = re.compile(r"^(算了|那|要不|嗯)?[，, ]*还是(就)?(?!.*还是)")
"""还是 at the beginning takes a choice back; elsewhere it asks for one."""

_MOVED_TO = re.compile(r"(改|换|挪|调|推迟|提前)到")
OFFERED = "utter_booking_help"
"""Says that somebody may come along, and offers to book one."""

_MOVES = re.compile(r"^(那|就|还是|要不)*(改|换|挪|调)(成|为|到|个|一下|下)?")
"""The word of moving before the day that is meant: 那改周一."""

_UNFIT = re.compile(
    "不(行|中|成|去|来|能|得空)|[来去赶]不|没空|没时间|有事|够呛|悬(?!挂)|腾不出|得[去送接上陪看]|要[去送接上陪看]|走不开|冲突|算了"
)
"""Says that a day does not do, or what else is done on it: 明天得送孩子."""

_SOONEST = re.compile(
    "[越愈]快[越愈]好|越早越好|尽快|尽早|赶快|赶紧|最快|最早|最近的?(?!的?(?:大厅|窗口|地))|随便哪天|哪天都|(啥|什么)时候都|"
    "(?:几点|哪个点|啥点|什么时间|啥时间|哪个时段|哪会儿?)(?:都|也)?(?:行|可以|中|成|沾|没问题)|随便几点|几点随便"
)
_LATEST = re.compile("最(晚|后)(的|那|一)?(个|档|场|班|时段)?的?(吧|呗|就行|$)")

_SHIFT = re.compile(
    r"(?:(?P<back>提前|提早|往前[挪移推改调]?|早)|往后[挪移推拖延改调]?|推迟|推后|延后|延迟|顺延|晚)(?:个)?"
    r"(?P<count>[一两二三四五六七]|\d{1,2})个?(?P<unit>天|周|星期|礼拜)"
)
"""Moves a booking by days or weeks from the day that it is on."""

_SAME_DAY = re.compile(
    "(?:(?<=^)|(?<=[改换到成为是就，, ]))(?:当天|那天|同一?天)"
    r"(?=[上下早中晚]|\d|[一二两三四五六七八九十])"
)
"""The day that was said before: 改当天下午."""

_EITHER = re.compile("或|还是|[到至和跟、]|周末|左右|前后|以[前后]|之[前后]")
_PLACE = re.compile(
    "第(?P<place>[一二两三四五六七八1-8])(个|号|档)?|头一?个|打头的|最早那个|最前面"
)
"""Which of several slots is meant."""

_CANCELS = re.compile("取消|退[掉了]|不[约去来用要办]了|作废|撤")

_ANY_DAY = re.compile("哪天|哪一天|啥时候|什么时候|几点|时间|日子|早|快")
_IF_FREE = re.compile(
    "(那|就|的话|话|我|俺|咱|去|来|过去|还|约|在|要不|请问|想|，|,| )*"
    "(有没有|有|能不能|能|可不可以|可以|可|行不行|行|中不中|中|成|得空|空)?(号|空档|空|位置|位|人|时间|约|去|来|办|不)*"
    "(行|中|成|能|可以|约)?(吗|么|嘛|不|没有|没|吧|呢|啊|呀)*[?？]*"
)
"""What asks whether a time is free, once day and time are taken away."""

_WEEKDAY = re.compile(r"(?<![这本上下个])(?:周|星期|礼拜)([一二三四五六日天])")
_WEEKEND = re.compile("周末|双休日")
_NEEDED = ("booking_district", "booking_mode")


def phrase(text: str) -> TimePhrase:
    """Return what a text says about day and time."""
    # "改到周五" names one day; the reader of phrases takes a bare 到 for a span
    said = _SAME_DAY.sub("", without_spelt(text))
    said = _MOVES.sub("", _MOVED_TO.sub(r"\1成", _AFTER_ALL.sub("", said)))
    return parse_time_phrase(said, app().now(), app().calendar)


def part_said(text: str) -> str:
    """Return the part of the day that a text wishes for, as people read it: 上午; "" for none."""
    part = phrase(text).part_of_day if text else None
    return "" if part is None else part.value


def _is_time_moved_to(part: str) -> bool:
    """Tell whether a part of a text moves a booking to a time of day: 换到下午三点."""
    said = phrase(part)
    return _MOVED_TO.search(part) is not None and (said.at or said.part_of_day) is not None


def last_day_said(turn: Turn) -> Turn:
    """Return the turn from the day that is meant on, where another one is said not to do.

    "周三我要去进货，改到下周四下午行吗" and "明天不行了，后天上午吧" mean the later day.
    """
    parts = clauses(turn.text)
    dated = [part for part in parts if phrase(part).on is not None]
    moved = parts[-1] if turn.choice is None and len(parts) > 1 else ""
    is_new = bool(dated) and (_MOVED_TO.search(dated[0]) or _MOVES.match(dated[0])) is not None
    if len(dated) == 1 and not is_new and moved not in dated and _is_time_moved_to(moved):
        kept = tuple(entity for entity in turn.entities if entity.value in moved)
        return replace(turn, text=moved, entities=kept)  # 周二上午我得送货，换到下午三点
    if turn.choice is not None or len(dated) < 2 or "也" in dated[-1]:  # noqa: PLR2004
        return turn
    last = dated[-1]
    is_moved = _MOVED_TO.search(last) is not None or _MOVES.match(last) is not None
    if not is_moved and _UNFIT.search(dated[0]) is None:
        return turn
    text = turn.text[turn.text.rindex(dated[-1]) :]
    kept = tuple(found for found in turn.entities if found.value in text)
    return replace(turn, text=text, entities=kept, clauses=())


def no_day_does(text: str) -> bool:
    """Tell whether every day that a text names is said not to do: "这周都没空 下周也悬"."""
    dated = [part for part in clauses(text) if phrase(part).on is not None]
    asked = re.search(r"(?P<verb>.)不(?P=verb)|[吗嘛么?？]$", text)  # 周六行不行
    return bool(dated) and asked is None and all(_UNFIT.search(part) for part in dated)


def later_wish(before: str, text: str) -> str:
    """Return the words that say the time of day once another day is named.

    "改周一同一时间" says nothing about it, so that the earlier words still do.
    """
    said = phrase(text)
    is_told = said.at is not None or said.part_of_day is not None or wants_soonest(text)
    return text if is_told or not before else before


def takes_help(turn: Turn) -> bool:
    """Tell whether a text names a day or a time right after help was offered: 后天上午行不."""
    if turn.choice is not None or OFFERED not in last_responses(turn):
        return False
    if turn.entity("service_mode") is not None and not asks(turn.text):  # 那就视频吧
        return True
    said = phrase(turn.text)
    return said.on is not None or said.at is not None or said.part_of_day is not None


def books_offered(turn: Turn) -> bool:
    """Tell whether that is said between the questions of another task, which waits meanwhile."""
    return turn.loop not in {None, BOOKING} and takes_help(turn)


def narrows(text: str) -> bool:
    """Tell whether a text names a part of the day and nothing that is nearer: 下午."""
    said = phrase(text) if text else TimePhrase()
    return said.part_of_day is not None and said.at is None


def moves(turn: Turn) -> bool:
    """Tell whether a time that was chosen is to be another one: "改到下午行不"."""
    is_chosen = turn.slots.get("booking_slot") is not None
    is_moved = turn.intent in {"change_appointment", "go_back"} or is_correction(turn.text)
    return is_chosen and is_moved


def answers_proposal(said: TimePhrase, proposed: str | None) -> str | None:
    """Return the day (ISO) that is meant right after another day was proposed; None for none.

    "下礼拜" – "11月30日吗？" – "礼拜三" is the Wednesday of that week; a bare time takes the day.
    """
    if proposed is None:
        return None
    day = date.fromisoformat(proposed)
    if said.on is None:
        return proposed if said.at is not None or said.part_of_day is not None else None
    is_same_week = said.on.isocalendar()[:2] == day.isocalendar()[:2]
    is_meant = is_same_week and said.ambiguous and not said.several
    return said.on.isoformat() if is_meant else None


def place_in_list(text: str) -> int | None:
    """Return which of the offered slots is meant: 第一个 is 1, 最后 none."""
    found = _PLACE.search(text)
    return None if found is None else int(read_number(found["place"] or "1"))


def takes_booking_back(turn: Turn) -> bool:
    """Tell whether a booking is cancelled, whatever else is said: "那个预约取消掉"."""
    return turn.intent == "cancel_appointment" and _CANCELS.search(turn.text) is not None


def speaks_of_time(text: str) -> bool:
    """Tell whether what is left to us is the day: "随便哪天都行"."""
    return _ANY_DAY.search(text) is not None


def leaves_time(turn: Turn) -> bool:
    """Tell whether the time of day is left to us where it is asked for: "上午几点都行"."""
    is_left = turn.requested == "booking_slot" and wants_soonest(turn.text)
    return is_left and re.search("[吗么嘛?？]$", turn.text) is None


def asks_if_free(turn: Turn) -> bool:
    """Tell whether a text only names a day or time and asks if it can be had: "周五行不行"."""
    named = [e.value for e in turn.entities if e.name in {"date", "time"}]
    rest = turn.text
    for value in sorted(named, key=len, reverse=True):
        rest = rest.replace(value, "")
    return bool(named) and _IF_FREE.fullmatch(rest.strip()) is not None


_WHAT_DAY = re.compile("是?(几月)?几[号日]|(星期|周|礼拜)几(来着|啊|呀|呢)?[?？]?$")


def early_time(turn: Turn, meant: str = "") -> str | None:
    """Return the time of day that a text names while no slot can be chosen yet, as it was said.

    Args:
        turn: The message.
        meant: The part of it that holds: 下午三点, of 上午不行，改成下午三点.
    """
    if all(turn.slots.get(name) for name in (*_NEEDED, "booking_date")):
        return None
    text = meant if meant and meant in turn.text else turn.text
    said = phrase(text)
    if turn.requested == "booking_date" and phrase(turn.text).several:
        return None  # 下周二上午或者下周三上午: the day is asked again
    is_time = said.at is not None or said.part_of_day is not None
    is_time |= _SOONEST.search(text) is not None
    named = (one.value for one in turn.entities if one.name == "time" and one.value in text)
    value = next(named, None)
    if not is_time or value:
        return value if is_time else None
    if said.at is not None:
        return f"{said.at:%H:%M}"
    return said.part_of_day.value if said.part_of_day is not None else text


def keeps_day(changes: Mapping[str, Any], slots: Mapping[str, Any]) -> bool:
    """Tell whether changes leave the day of a booking as it is: 上午不行，改成后天下午三点."""
    return changes.get("booking_date") in {None, slots.get("booking_date")}


def says_what_day(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say which date a day is that is asked after: 下周三是几号来着. False for nothing such."""
    is_asked = turn.choice is None and _WHAT_DAY.search(turn.text) is not None
    day = phrase(turn.text).on if is_asked else None
    if day is not None:
        say.utter_message(response="utter_booking_day_is", day=spoken_day(day))
    return day is not None


def wants_soonest(text: str) -> bool:
    """Tell whether somebody wants the first free slot, whenever it is: 越快越好."""
    return _SOONEST.search(text) is not None or leaves_to_us(text)


def first_or_last(text: str, free: Sequence[FreeSlot]) -> FreeSlot | None:
    """Return the first or the last free slot of a day where a text wants it: "那就最晚的"."""
    if not free:
        return None
    if wants_soonest(text):
        part = in_part(free, phrase(text).part_of_day)  # 下午几点都行
        return part[0] if part else free[0]
    return free[-1] if _LATEST.search(text) else None


def day_in(text: str) -> str | None:
    """Return the day that a sentence names for sure (ISO), None when it names none to come."""
    said = phrase(text)
    if said.on is None or said.is_past or said.on < local_day(app().now()):
        return None
    is_vague = said.ambiguous and said.at is None and said.part_of_day is None
    is_vague &= not is_coming_weekday(text, said)
    is_vague |= said.several
    return None if is_vague or _WEEKEND.search(text) else said.on.isoformat()


def says_bad_day(text: str, say: CollectingDispatcher) -> None:
    """Say that the day which a sentence names is over, or is none: 约昨天下午, 11月31号."""
    said = phrase(text)
    today = local_day(app().now())
    named = MONTH_DAY.search(text)
    if said.on is None and said.ambiguous and named is not None:
        say.utter_message(response="utter_booking_date_never", day=named[0])
    if said.on is not None and said.on < today and moved_day(text, today) is None:
        say.utter_message(response="utter_booking_date_past", day=spoken_day(said.on))


def is_coming_weekday(text: str, said: TimePhrase) -> bool:
    """Tell whether a bare weekday is one of the next days: 礼拜三 on a Friday.

    It is read back with its date before anything is booked.
    """
    days = (said.on - local_day(app().now())).days if said.on else 0
    text = _MOVED_TO.sub("", text)
    is_one = len(_WEEKDAY.findall(text)) == 1 and _EITHER.search(text) is None
    return is_one and 0 < days <= len(WEEKDAYS)


def moved_day(text: str, before: date) -> str | None:
    """Return the day (ISO) so many days after or before another one: 往后挪一天; None for none."""
    found = _SHIFT.search(text)
    if found is None:
        return None
    amount = timedelta(days=int(read_number(found["count"])) * (7 if found["unit"] != "天" else 1))
    moved = before - amount if found["back"] else before + amount
    return moved.isoformat() if moved >= local_day(app().now()) else None


def weekday_of_same_week(text: str, slots: Mapping[str, Any]) -> str | None:
    """Return the day (ISO) of a bare weekday that takes the place of a noted one.

    "下周三" and then "改成周四" is the Thursday of that week, not the nearest one.
    """
    found = _WEEKDAY.search(text)
    noted = slots.get("booking_date")
    if found is None or not noted or slots.get("booking_purpose") == "change":
        return None
    before = date.fromisoformat(str(noted))
    meant = before + timedelta(days=WEEKDAYS.index(found[1].replace("天", "日")) - before.weekday())
    is_other_week = before.isocalendar()[:2] != local_day(app().now()).isocalendar()[:2]
    return meant.isoformat() if is_other_week and meant != before else None


def day_instead(text: str, slots: Mapping[str, Any]) -> str | None:
    """Return the day (ISO) that takes the place of a noted one; None where either is lacking."""
    said = phrase(text)
    is_future = said.on is not None and said.on >= local_day(app().now())
    if not slots.get("booking_date") or said.on is None or not is_future:
        return None
    return weekday_of_same_week(text, slots) or said.on.isoformat()


def derived_wish(slots: Mapping[str, Any], conversation_id: str) -> dict[str, str]:
    """Return day and slot that the words leave no choice about, once place and way are known.

    "越快越好" and "下班以后" name the first free day; a time of day names the slot of that time.
    """
    said = str(slots.get("booking_said") or "")
    if not said or not all(slots.get(name) for name in _NEEDED):
        return {}
    found: dict[str, str] = {}
    on = slots.get("booking_date") or wished_day(said, slots, conversation_id)
    if not on:
        return {}
    if not slots.get("booking_date"):
        found["booking_date"] = str(on)
    free = free_on(slots, date.fromisoformat(str(on)), conversation_id)
    wish = phrase(said)
    if wish.at is not None:
        exact = [slot for slot in free if to_local(slot.starts_at).time() == wish.at]
        return {**found, "booking_slot": exact[0].starts_at.isoformat()} if exact else found
    if wants_soonest(said):
        near = in_part(free, wish.part_of_day)
        return {**found, "booking_slot": near[0].starts_at.isoformat()} if near else found
    return found


def wished_day(said: str, slots: Mapping[str, Any], conversation_id: str) -> str | None:
    """Return the first free day (ISO) for words that name no single day, None for other words."""
    if not all(slots.get(name) for name in _NEEDED):
        return None
    wish = phrase(said)
    is_weekend = _WEEKEND.search(said) is not None and wish.on is not None
    if not is_weekend and (wish.on is not None or wish.ambiguous):
        return None
    if not (is_weekend or wish.part_of_day or wants_soonest(said)):
        return None
    free = in_part(soon(slots, conversation_id, limit=ALL_SLOTS), wish.part_of_day)
    if is_weekend and wish.on is not None:
        days = {wish.on, wish.on + timedelta(days=1)}
        free = [slot for slot in free if to_local(slot.starts_at).date() in days]
        return to_local(free[0].starts_at).date().isoformat() if free else wish.on.isoformat()
    return to_local(free[0].starts_at).date().isoformat() if free else None


def free_on(slots: Mapping[str, Any], on: date, conversation_id: str) -> tuple[FreeSlot, ...]:
    """Return the free slots of a day, for the chosen place and way."""
    return free_slots(
        app().reading,
        district=str(slots["booking_district"]),
        mode=Mode(str(slots["booking_mode"])),
        on=on,
        now=app().now(),
        calendar=app().calendar,
        conversation_id=conversation_id,
        matter_id=slots.get("matter_id"),
    )


def soon(
    slots: Mapping[str, Any], conversation_id: str, limit: int = SEARCHED_SLOTS
) -> tuple[FreeSlot, ...]:
    """Return the first free slots, for the chosen place and way."""
    return first_free_slots(
        app().reading,
        district=str(slots["booking_district"]),
        mode=Mode(str(slots["booking_mode"])),
        now=app().now(),
        calendar=app().calendar,
        limit=limit,
        conversation_id=conversation_id,
        matter_id=slots.get("matter_id"),
    )


def spread(free: Sequence[FreeSlot]) -> list[FreeSlot]:
    """Return the first slot of each half-day, so that the nearest days can be chosen among."""
    halves: dict[tuple[date, bool], FreeSlot] = {}
    for slot in free:
        local = to_local(slot.starts_at)
        halves.setdefault((local.date(), local.hour < NOON), slot)
    return list(halves.values())[:4]


def near_wish(free: Sequence[FreeSlot], said: str) -> list[FreeSlot]:
    """Return the slots nearest to the time of day that was wished, in order of time."""
    wish = phrase(said) if said else TimePhrase()
    if wish.at is not None:
        wanted = wish.at.hour * 60 + wish.at.minute
        ranked = sorted(free, key=lambda slot: abs(_minutes(slot) - wanted))
        return sorted(ranked[:4], key=lambda slot: slot.starts_at)
    if wish.part_of_day is not None:
        return in_part(free, wish.part_of_day) or list(free)
    return evenly(free, MAX_OFFERED)


def evenly(free: Sequence[FreeSlot], count: int) -> list[FreeSlot]:
    """Return at most `count` slots spread over the day, the first and the last among them."""
    if len(free) <= count:
        return list(free)
    return [free[round(i * (len(free) - 1) / (count - 1))] for i in range(count)]


def in_part(free: Sequence[FreeSlot], part: PartOfDay | None) -> list[FreeSlot]:
    """Return the slots of a part of the day; all of them for none."""
    kinds = {PartOfDay.NOON: SlotKind.NOON, PartOfDay.EVENING: SlotKind.EVENING}
    if part is None:
        return list(free)
    if part in kinds:  # after work, over noon: what the operator calls so
        return [slot for slot in free if slot.kind is kinds[part]]
    is_morning = part is PartOfDay.MORNING
    return [slot for slot in free if (_minutes(slot) < NOON * 60) == is_morning]


def _minutes(slot: FreeSlot) -> int:
    local = to_local(slot.starts_at)
    return local.hour * 60 + local.minute
