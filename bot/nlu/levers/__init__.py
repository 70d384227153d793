"""Levers: parts of a Rasa turn that cost much and change nothing, done cheaper.

Each module here is one lever: its docstring says what stock Rasa does, why that is waste, and what
stands in its place; `tests/nlu/levers` shows that answers stay the same, and
`bench/rasa_turns.py` what each is worth. A lever knows the source of what it replaces. When Rasa's
source is another, it stays out and says so, and a test fails.

`XIAOER_RASA_LEVERS` chooses: `all` (the default), `none` for stock Rasa, or names with commas.
"""

from collections.abc import Mapping, Sequence

import structlog

from bot.nlu.lever_setting import SETTING, names_in
from bot.nlu.levers import (
    action_calls,
    applied,
    copies,
    domain,
    event_types,
    extraction,
    form_trackers,
    graph,
    lock_poll,
    one_write,
    round_trips,
    rules,
    sessions,
    settled,
    states,
    trackers,
    unpacking,
    validator,
)
from bot.nlu.levers.lever import Lever
from bot.nlu.one_thread import NAME as ONE_THREAD
from bot.nlu.signs_alone import NAME as SIGNS_ALONE
from bot.nlu.train import NAME as TRAINING
from bot.nlu.unused_imports import NAME as UNUSED_IMPORTS
from bot.nlu.without_tensorflow import NAME as WITHOUT_TENSORFLOW

LEVERS: tuple[Lever, ...] = (
    validator.LEVER,
    event_types.LEVER,
    trackers.LEVER,
    round_trips.LEVER,
    sessions.LEVER,
    graph.LEVER,
    lock_poll.LEVER,
    action_calls.LEVER,
    one_write.LEVER,
    copies.LEVER,
    extraction.LEVER,
    states.LEVER,
    rules.LEVER,
    applied.LEVER,
    form_trackers.LEVER,
    domain.LEVER,
    unpacking.LEVER,
    settled.LEVER,
)

log = structlog.get_logger()


class UnknownLever(ValueError):
    """The setting names a lever that does not exist."""


def chosen(environ: Mapping[str, str]) -> Sequence[Lever]:
    """Return the levers that the setting asks for.

    Raises:
        UnknownLever: It names one that does not exist.
    """
    names = names_in(environ)
    if names is None:
        return LEVERS
    parts = [WITHOUT_TENSORFLOW, ONE_THREAD, SIGNS_ALONE, UNUSED_IMPORTS, TRAINING]

    known = [*parts, *(lever.name for lever in LEVERS)]
    if unknown := names - set(known):
        raise UnknownLever(f"{SETTING}: {', '.join(sorted(unknown))}; known: {', '.join(known)}")
    return [lever for lever in LEVERS if lever.name in names]


def pull(levers: Sequence[Lever]) -> None:
    """Put the levers in place; one whose ground has changed is left out with a warning."""
    for lever in levers:
        if lever.fits:
            lever.pull()
        else:
            log.warning("rasa_lever_left_out", lever=lever.name)
