"""What is seen from outside of an action that runs: its id in the log, its time, its span."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
from rasa_sdk.interfaces import Tracker

from actions._turn import message_id_of
from bot.telemetry.metrics import ACTIONS, timed
from bot.telemetry.tracing import TRACEPARENT, span

Ended = Callable[[str], None]

log = structlog.get_logger()


@contextmanager
def watched(action: str, tracker: Tracker) -> Iterator[Ended]:
    """Count and trace the block; yields what to call when it did not end well."""
    results = ["ok"]
    message_id = message_id_of(tracker)
    with (
        structlog.contextvars.bound_contextvars(message_id=message_id),
        span(action, _mark_of(tracker), message_id=message_id),
        timed("action"),
    ):
        yield results.append
        log.info("action_ran", action=action, result=results[-1])
    ACTIONS.labels(action, results[-1]).inc()


def _mark_of(tracker: Tracker) -> str | None:
    message = tracker.latest_message or {}
    mark = (message.get("metadata") or {}).get(TRACEPARENT)
    return mark if isinstance(mark, str) else None
