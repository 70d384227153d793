"""What is put right in an application, or asked of what is filled in, while it is filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.applying.draft import CONFIRMED, CONSENT, PAPERS_DONE, VALUES, Draft, state_after
from actions.applying.questions import explain_fields, read_typed
from actions.turns.turn import Turn
from bot.documents.application_text import noted_text
from bot.domain.single_form import FieldKind, FormField
from bot.services.reading.form_reading import labels_in, read_fields
from bot.services.words.apply import (
    asks_what_is_filled,
    asks_what_is_left,
    asks_what_to_fill,
    door_number,
    is_no_value,
    mends,
    right_one,
    with_door_number,
)
from bot.services.words.remarks import replacement

LAST_LOOKS = frozenset({CONSENT, CONFIRMED, PAPERS_DONE})
"""Questions behind those of the fields; a no to them is no slip."""


@dataclass(frozen=True)
class Emptied:
    """Slots without the value that was wrong."""

    slots: Mapping[str, Any]


def says_of_fields(draft: Draft, turn: Turn, say: CollectingDispatcher) -> bool:
    """Answer what is filled in, what is missing, or what the open fields want; else False."""
    if asks_what_to_fill(turn.text) and turn.requested not in LAST_LOOKS:
        explain_fields(turn, say)
        return True
    if asks_what_is_filled(turn.text):
        named = [one.id for one in labels_in(draft.filled.fields, turn.text)]
        _say_filled(draft, say, [one for one in named if one in draft.filled.values])
        return True
    return asks_what_is_left(turn.text)  # it is asked again, with how many there are


def _say_filled(draft: Draft, say: CollectingDispatcher, named: list[str]) -> None:
    shown = named or list(draft.filled.values)
    if shown:
        items = noted_text(draft.filled, shown)
        say.utter_message(response="utter_apply_filled_so_far", items=items)
    else:
        say.utter_message(response="utter_common_nothing_known")


def put_right(draft: Draft, turn: Turn) -> dict[str, str]:
    """Return the values that a text puts in the place of others, by field; empty for none.

    "地址写错了 是曙光路18号", "门牌是18号", "叫张建军 不是张建国".
    """
    number = door_number(turn.text)
    if not is_mending(turn) and not number:
        return {}
    address = _of_kind(draft, FieldKind.ADDRESS)
    known = draft.filled.values.get(address.id) if address else None
    if number and address and known:
        return {address.id: with_door_number(known, number)}
    reading = read_typed(draft, turn, ())
    typed = {name: reading.typed[name] for name in reading.labelled}
    if told := {name: value for name, value in typed.items() if not is_no_value(value)}:
        return told
    said = right_one(turn.text) or replacement(turn.text)
    if not said:
        return {}
    named = labels_in(draft.filled.fields, turn.text)
    fields = tuple(draft.filled.fields)
    held = [one.id for one in named] or list(draft.filled.values)
    still_open = [] if named else [one.id for one in fields if one.id not in held]
    found: dict[str, str] = {}
    for empty in (held, still_open):  # 不是临清 是冠县, also where no district was told
        found = found or read_fields(fields, said, empty=empty).typed
    return {name: value for name, value in found.items() if value not in _values(draft)}


def emptied(draft: Draft, turn: Turn, say: CollectingDispatcher) -> Emptied | None:
    """Say that a field is to be told anew, or ask which; None where nothing was put right.

    "身份证写错了" tells nothing new, "刚才那个不对" not even which one is wrong.
    """
    if not is_mending(turn) or not draft.filled.values:
        return None
    named = labels_in(draft.filled.fields, turn.text)
    if not named and turn.requested in LAST_LOOKS:
        return None
    wrong = next((one for one in named if one.id in draft.filled.values), None)
    if wrong is not None:
        say.utter_message(response="utter_apply_say_anew", field=wrong.label)
        left = {name: value for name, value in draft.filled.values.items() if name != wrong.id}
        return Emptied({VALUES: left} | state_after(turn.slots, left))
    if named:
        say.utter_message(response="utter_common_not_noted_yet")
    else:
        items = noted_text(draft.filled, list(draft.filled.values))
        say.utter_message(response="utter_apply_which_wrong", items=items)
    return Emptied({})


def is_mending(turn: Turn) -> bool:
    """Tell whether a text takes back or alters what was filled in."""
    return turn.choice is None and mends(turn.text)


def _of_kind(draft: Draft, kind: FieldKind) -> FormField | None:
    return next((one for one in draft.filled.fields if one.kind is kind), None)


def _values(draft: Draft) -> set[str]:
    return set(draft.filled.values.values())
