"""Makes the tracker by which a form looks ahead from the one at hand, not by a replay.

While a form runs, stock Rasa makes a new tracker twice or more a turn, applies every event of the
session to it and then the two or three that the form adds. The tracker at hand already is what
those events make; a copy of it takes the few that are new.
"""

from collections.abc import Sequence

from rasa.core.actions.forms import FormAction
from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlu.levers.copies import copied
from bot.nlu.levers.lever import Lever, Replaced

_STOCK = FormAction._temporary_tracker  # noqa: SLF001 - kept for histories with a restart


def _pull() -> None:
    FormAction._temporary_tracker = temporary_tracker  # type: ignore[method-assign,assignment]  # noqa: SLF001


def temporary_tracker(
    form: FormAction,
    tracker: DialogueStateTracker,
    additional_events: Sequence[Event],
    domain: Domain,
) -> DialogueStateTracker:
    """Return what stock's `_temporary_tracker` returns; applies only new events."""
    if not _is_plain(tracker, domain):
        return _STOCK(form, tracker, list(additional_events), domain)
    made = copied(tracker)
    made.update(SlotSet(REQUESTED_SLOT, form.get_slot_to_fill(tracker)))
    made.update(ActionExecuted(form.name()))
    for event in additional_events:
        made.update(event)
    return made


def _is_plain(tracker: DialogueStateTracker, domain: Domain) -> bool:
    """Tell whether a new tracker of this domain with all its events would be the same."""
    return (
        tracker.idx_after_latest_restart() == 0
        and tracker._max_event_history is None  # noqa: SLF001 - a new one has none
        and not tracker.is_rule_tracker
        and list(tracker.slots) == [slot.name for slot in domain.slots]
    )


LEVER = Lever(
    "form_trackers",
    _pull,
    (
        Replaced(FormAction._temporary_tracker, "20e0dd2566fec742"),  # noqa: SLF001
        Replaced(DialogueStateTracker.from_events, "5942067ba7b51e7f"),
        Replaced(DialogueStateTracker.events_after_latest_restart, "c43698a1a5006231"),
        Replaced(DialogueStateTracker.idx_after_latest_restart, "d51aeed40049a218"),
        Replaced(DialogueStateTracker.__init__, "8d424aecbb063228"),
    ),
)
