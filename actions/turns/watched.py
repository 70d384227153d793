"""What is seen from outside of an action that runs: its id in the log, its time, its span."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import structlog
from rasa_sdk.interfaces import Tracker

from actions.turns.turn import message_id_of
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
        _after_the_answer(partial(log.info, "action_ran", action=action, result=results[-1]))
    ACTIONS.labels(action, results[-1]).inc()


def _after_the_answer(note: Callable[[], object]) -> None:
    """Write a line of the log once the answer has gone; Rasa waits for it three times a turn.

    The context goes along, with the id of the message.
    """
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:  # nobody waits
        note()
        return
    loop.call_soon(note)


def _mark_of(tracker: Tracker) -> str | None:
    message = tracker.latest_message or {}
    mark = (message.get("metadata") or {}).get(TRACEPARENT)
    return mark if isinstance(mark, str) else None
