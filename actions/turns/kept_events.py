"""Keeps the events that Rasa has sent, so that its next call needs to carry only new ones.

The other side is `bot/nlu/sent_events.py`, and the names of the fields stand on both. Rasa that
sends no mark (stock, or another version) is served as rasa_sdk serves it. An action always gets
all events of the session.
"""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from rasa_sdk.executor import ActionExecutor

MARK = "events_mark"
AFTER = "events_after"
SHARED = "events_shared"
NEW = "events_new"
KEPT = "events_kept"
UNKNOWN = "events_unknown"

MAX_EVENTS = 12_000
"""So many events in all conversations together are kept; each takes about 2 kB."""

Call = dict[str, Any]
Answer = dict[str, Any] | None
Run = Callable[[ActionExecutor, Call], Awaitable[Answer]]


@dataclass(frozen=True)
class Events:
    """The events of one call.

    Attributes:
        mark: Rasa's name for them.
        events: As rasa_sdk gives them to an action; never changed.
    """

    mark: str
    events: tuple[Mapping[str, Any], ...]


class KeptEvents:
    """The events of the newest call of each conversation, of those that called last.

    Args:
        most: Events in all conversations together.
    """

    def __init__(self, most: int = MAX_EVENTS) -> None:
        self._most = most
        self._count = 0
        self._kept: OrderedDict[str, Events] = OrderedDict()

    def complete(self, call: Call) -> bool:
        """Put the events into a call that leaves some out; False when they are not known."""
        sender_id = str(call.get("sender_id"))
        kept = self._kept.pop(sender_id, None)
        self._count -= len(kept.events) if kept else 0
        given = tuple(call["tracker"].get("events") or ())
        if AFTER in call:
            if kept is None or kept.mark != call[AFTER]:
                return False
            given = (*kept.events[: call[SHARED]], *call[NEW])
        call["tracker"]["events"] = list(given)
        self._keep(sender_id, Events(call[MARK], given))
        return True

    def _keep(self, sender_id: str, events: Events) -> None:
        self._kept[sender_id] = events
        self._count += len(events.events)
        while self._count > self._most:
            _, oldest = self._kept.popitem(last=False)
            self._count -= len(oldest.events)


def keeping(run: Run, kept: KeptEvents) -> Run:
    """Return a run of actions that completes calls before it hands them on."""

    async def complete_and_run(executor: ActionExecutor, call: Call) -> Answer:
        mark = call.get(MARK)
        if mark is None:
            return await run(executor, call)
        if not kept.complete(call):
            return {"events": [], "responses": [], UNKNOWN: True}
        answer = await run(executor, call)
        return answer if answer is None else {**answer, KEPT: mark}

    return complete_and_run


def keep_events() -> None:
    """Let the action server of this process keep events."""
    ActionExecutor.run = keeping(ActionExecutor.run, KeptEvents())  # type: ignore[method-assign,assignment,arg-type]  # rasa_sdk has no setting for it
