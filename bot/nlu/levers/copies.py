"""Copies a tracker as it stands, where stock Rasa replays its whole history.

Stock Rasa copies the tracker before each action: it makes an empty one and applies every event of
the session again. A tracker is what its events made of it, so its parts can be copied. Slots, a
hundred and more of them, are shared by a tracker and its copies: whoever sets one puts a new one in
its place. Where they must be copied, it is done without the detour through the pickle protocol
that `copy.copy` takes.
"""

import copy
from dataclasses import replace
from typing import Any

from rasa.shared.constants import DEFAULT_SENDER_ID
from rasa.shared.core.events import ActionExecuted, Restarted, UserUttered
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlu.levers import applied
from bot.nlu.levers.lever import Lever, Replaced

_STOCK_COPY = DialogueStateTracker.copy
_STOCK_SET = DialogueStateTracker._set_slot  # noqa: SLF001 - this stands in for methods of it


def _pull() -> None:
    DialogueStateTracker.copy = copied  # type: ignore[method-assign,assignment]
    DialogueStateTracker._set_slot = set_slot  # type: ignore[method-assign,assignment] # noqa: SLF001
    DialogueStateTracker._reset_slots = reset_slots  # type: ignore[method-assign,assignment] # noqa: SLF001
    Slot.__copy__ = copied_slot  # type: ignore[attr-defined]


def copied(tracker: DialogueStateTracker) -> DialogueStateTracker:
    """Return what stock's `copy` returns; O(events + slots), without applying an event."""
    if type(tracker) is not DialogueStateTracker or type(tracker.slots) is not dict:
        return _STOCK_COPY(tracker)
    made = object.__new__(DialogueStateTracker)
    made._max_event_history = tracker._max_event_history  # noqa: SLF001 - this stands in for a method of it
    made.events = made._create_events(list(tracker.events))
    made.sender_id = tracker.sender_id or DEFAULT_SENDER_ID
    made.slots = dict(tracker.slots)
    made.sender_source = None
    made.is_rule_tracker = tracker.is_rule_tracker
    made._paused = tracker._paused  # noqa: SLF001
    made.followup_action = tracker.followup_action
    made.latest_action = copy.copy(tracker.latest_action)
    made.latest_message = tracker.latest_message
    made.latest_bot_utterance = tracker.latest_bot_utterance
    made.active_loop = replace(tracker.active_loop) if tracker.active_loop else None
    made.model_id = made.assistant_id = None
    if (known := tracker.__dict__.get(applied.ATTRIBUTE)) is not None:
        made.__dict__[applied.ATTRIBUTE] = known
    return made


def set_slot(tracker: DialogueStateTracker, key: str, value: Any) -> None:
    """Set a slot where no copy of the tracker sees it."""
    slot = tracker.slots.get(key)
    if slot is not None:
        tracker.slots[key] = copied_slot(slot)
    _STOCK_SET(tracker, key, value)


def reset_slots(tracker: DialogueStateTracker) -> None:
    """Give all slots their first values where no copy of the tracker sees it."""
    for name, slot in tracker.slots.items():
        if slot.has_been_set or slot.value is not slot.initial_value:
            tracker.slots[name] = made = copied_slot(slot)
            made.reset()


def copied_slot(slot: Slot) -> Slot:
    """Return a shallow copy of a slot of any class."""
    made = object.__new__(type(slot))
    made.__dict__.update(slot.__dict__)
    return made


LEVER = Lever(
    "copies",
    _pull,
    (
        Replaced(DialogueStateTracker.__init__, "8d424aecbb063228"),
        Replaced(DialogueStateTracker._reset, "a5fdb9694fd2d41e"),  # noqa: SLF001
        Replaced(DialogueStateTracker.copy, "7d155a6c870a737b"),
        Replaced(DialogueStateTracker._set_slot, "b79a2c811ae81a1b"),  # noqa: SLF001
        Replaced(DialogueStateTracker._reset_slots, "33b970d68728e0d7"),  # noqa: SLF001
        Replaced(DialogueStateTracker.travel_back_in_time, "52569ebd74b77328"),
        Replaced(DialogueStateTracker.init_copy, "5be2ef789ecc7ecf"),
        Replaced(DialogueStateTracker.update, "76dd9da6c83ca4d3"),
        Replaced(ActionExecuted.apply_to, "2887e664102fdb00"),
        Replaced(Restarted.apply_to, "6df592f4f798ab4f"),
        Replaced(UserUttered.apply_to, "37ee2b46c27f01eb"),
        Replaced(Slot.__init__, "765fae3eb7547028"),
        Replaced(Slot.reset, "74a02f54cb52fcea"),
    ),
)
