"""Lists of readers: the first that takes a message answers it.

A reader returns events, `[]` for an answer without any, and None where the message is not its own.
Those that return no events for what is not their own are wrapped in `some`. The lists are the order
in which a turn is decided; `docs/readers.md` is made from them (`tools/readers_page.py`).
"""

from collections.abc import Callable, Iterable
from functools import wraps

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.turns.turn import Turn

Answered = list[EventType] | None

Reader = Callable[[Turn, CollectingDispatcher], Answered]
"""Answers a message, or returns None."""


def some(reader: Callable[[Turn, CollectingDispatcher], list[EventType]]) -> Reader:
    """Return a reader to which no events are no answer."""

    @wraps(reader)
    def read(turn: Turn, say: CollectingDispatcher) -> Answered:
        return reader(turn, say) or None

    return read


def first_of(readers: Iterable[Reader], turn: Turn, say: CollectingDispatcher) -> Answered:
    """Return what the first reader that takes the message answers; None where none does."""
    answers = (reader(turn, say) for reader in readers)
    return next((done for done in answers if done is not None), None)
