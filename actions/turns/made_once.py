"""Keeps what is made of the catalogue and of a few answers, so that a turn makes it once.

A form reads its questions some five times in a message: to see which one is open, what else the
words tell, what comes next. A plan that is talked about is composed two or three times. Both are
pure functions of the catalogue, the calendar and the answers; made anew each time they were half
of the time of such a message (27 November 2026).
"""

from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache, wraps
from typing import Any, TypeVar

from actions import app
from bot.services.finding.lookup import Lookup

Made = TypeVar("Made")
Said = tuple[tuple[str, Any], ...]
"""Answers of a journey, by slot."""

FEW, MANY = 16, 256
"""Plans, of which a turn asks for its own only; questions, of which there are some hundred."""


def made_once(most: int) -> Callable[[Callable[..., Made]], Callable[..., Made]]:
    """Return what keeps the last `most` things that a function has made, for one application.

    The function depends on its arguments and on what an application is built from, and nobody
    changes what it returns.
    """

    def wrap(make: Callable[..., Made]) -> Callable[..., Made]:
        @lru_cache(most)
        def made(_whose: Lookup, *arguments: Hashable) -> Made:
            return make(*arguments)

        @wraps(make)
        def get(*arguments: Hashable) -> Made:
            return made(app().lookup, *arguments)  # stands for the application and its catalogue

        return get

    return wrap


def said_in(slots: Mapping[str, Any], prefix: str) -> Said:
    """Return the answers of the journey whose slots begin with `prefix`."""
    return tuple(
        (name, value)
        for name, value in slots.items()
        if value is not None and name.startswith(prefix)
    )
