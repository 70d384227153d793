"""Begins a new Rasa session between two tasks of a long conversation.

Stock Rasa keeps all events of a conversation in one session when sessions never expire, and much of
a turn (policies, copies, what actions are sent) walks over all of them: a turn after a thousand
turns cost 15 times one after ten. Rasa's own answer is a session: events before it are left aside,
slots are carried over. Here a session ends when it has `MAX_EVENTS` events and nothing is open: no
form, no pause, no action to follow. Carried over is what each slot holds, once, where stock carries
every change that a slot ever saw.
"""

from typing import Any

from rasa.core.actions.action import ActionSessionStart
from rasa.core.processor import MessageProcessor
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlu.levers.lever import Lever, Replaced

MAX_EVENTS = 150
"""About twenty turns; some events of the session before are never needed by any action."""

_STOCK_EXPIRY = MessageProcessor._has_session_expired  # noqa: SLF001 - kept for what it decides
_STOCK_CARRIED = ActionSessionStart._slot_set_events_from_tracker  # noqa: SLF001


def _pull() -> None:
    MessageProcessor._has_session_expired = _has_expired  # type: ignore[method-assign,assignment]  # noqa: SLF001
    ActionSessionStart._slot_set_events_from_tracker = staticmethod(carried_over)  # type: ignore[method-assign]  # noqa: SLF001


def _has_expired(processor: MessageProcessor, tracker: DialogueStateTracker) -> bool:
    return _STOCK_EXPIRY(processor, tracker) or is_full(tracker)


def is_full(tracker: DialogueStateTracker) -> bool:
    """Tell whether the session is long and nothing in it is open."""
    return (
        len(tracker.events) >= MAX_EVENTS
        and tracker.active_loop is None
        and tracker.followup_action is None
        and not tracker.is_paused()
    )


def carried_over(tracker: DialogueStateTracker) -> list[SlotSet]:
    """Return one event for each slot that holds something else than at the start."""
    last: dict[str, SlotSet] = {}
    for event in _STOCK_CARRIED(tracker):
        last.pop(event.key, None)  # in the order of the last changes
        last[event.key] = event
    return [event for event in last.values() if not _is_initial(tracker, event.key, event.value)]


def _is_initial(tracker: DialogueStateTracker, name: str, value: Any) -> bool:
    slot = tracker.slots.get(name)
    return slot is not None and bool(value == slot.initial_value)


LEVER = Lever(
    "sessions",
    _pull,
    (
        Replaced(MessageProcessor._has_session_expired, "a7a16428a84c9745"),  # noqa: SLF001
        Replaced(MessageProcessor._update_tracker_session, "e78d1c62f193b7bc"),  # noqa: SLF001
        Replaced(ActionSessionStart._slot_set_events_from_tracker, "0822c879d5194124"),  # noqa: SLF001
        Replaced(ActionSessionStart.run, "95f1c5cd6f883453"),
    ),
)
