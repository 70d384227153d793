"""Goes on with the events that count where the last look stopped.

Stock Rasa walks all events of the session, several times a turn, to leave out those that were taken
back or belong to earlier runs of a form. In a session of 700 events that was a fifth of a turn.
Here what was found stays with the tracker (and with its copies), and only new events are looked at.
When a form is opened for the first time, or history is another one, all is found anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import is_

from rasa.shared.core.events import (
    ActionExecuted,
    ActionReverted,
    ActiveLoop,
    Event,
    Restarted,
    SessionStarted,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlu.levers.lever import Lever, Replaced

ATTRIBUTE = "_xiaoer_applied"


@dataclass(frozen=True)
class Applied:
    """What was found; never changed, so that copies of a tracker share it.

    Attributes:
        events: All events that were looked at, in order.
        loops: Names of the forms opened among them.
        found: Those that count.
    """

    events: Sequence[Event] = ()
    loops: frozenset[str] = frozenset()
    found: Sequence[Event] = ()


def _pull() -> None:
    DialogueStateTracker.applied_events = applied_events  # type: ignore[method-assign,assignment]


def applied_events(tracker: DialogueStateTracker) -> list[Event]:
    """Return what stock returns; O(new events), and a copy of the list."""
    events = list(tracker.events)
    known: Applied = tracker.__dict__.get(ATTRIBUTE) or Applied()
    if not begins_with(events, known.events):
        known = Applied()
    fresh = events[len(known.events) :]
    opened = {event.name for event in fresh if isinstance(event, ActiveLoop) and event.name}
    loops = known.loops | opened
    if loops != known.loops:  # runs of that form from before count otherwise now
        fresh, known = events, Applied()
    found = list(known.found)
    for event in fresh:
        _apply(tracker, event, loops, found)
    tracker.__dict__[ATTRIBUTE] = Applied(events, loops, found)
    return list(found)


def begins_with(events: Sequence[Event], known: Sequence[Event]) -> bool:
    """Tell whether events begin with those known, each the very same object."""
    return len(known) <= len(events) and all(map(is_, known, events))


def _apply(
    tracker: DialogueStateTracker, event: Event, loops: frozenset[str], found: list[Event]
) -> None:
    """Do for one event what the loop in stock's `applied_events` does."""
    if isinstance(event, Restarted | SessionStarted):
        found.clear()
    elif isinstance(event, ActionReverted):
        tracker._undo_till_previous(ActionExecuted, found)  # noqa: SLF001 - this stands in for a method of it
    elif isinstance(event, UserUtteranceReverted):
        tracker._undo_till_previous(UserUttered, found)  # noqa: SLF001
        tracker._undo_till_previous(ActionExecuted, found)  # noqa: SLF001
    elif _runs_again(tracker, event, loops, found):
        tracker._undo_till_previous_loop_execution(event.action_name, found)  # type: ignore[attr-defined]  # noqa: SLF001
    else:
        found.append(event)


def _runs_again(
    tracker: DialogueStateTracker, event: Event, loops: frozenset[str], found: list[Event]
) -> bool:
    return (
        isinstance(event, ActionExecuted)
        and event.action_name in loops
        and not tracker._first_loop_execution_or_unhappy_path(event.action_name, found)  # noqa: SLF001
    )


LEVER = Lever(
    "applied",
    _pull,
    (
        Replaced(DialogueStateTracker.applied_events, "e00ddaefc15915be"),
        Replaced(DialogueStateTracker._undo_till_previous, "7c314efe491af2fe"),  # noqa: SLF001
        Replaced(DialogueStateTracker._undo_till_previous_loop_execution, "ea8685c127b65b5b"),  # noqa: SLF001
        Replaced(DialogueStateTracker._first_loop_execution_or_unhappy_path, "c071fbae6baec50f"),  # noqa: SLF001
    ),
)
