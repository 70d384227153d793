"""How long somebody waits, and whose turn it is."""

import math
from collections.abc import Sequence

from bot.domain.desk_work import Assignment, Colleague, Pace, PresenceState, QueueRules

MIN_SAMPLES = 5
"""Fewer finished conversations give no estimate: better none than an invented one."""


def median(values: Sequence[float]) -> float:
    """Return the middle value of at least one; of two middle ones the mean."""
    ordered = sorted(values)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2


def quarter(values: Sequence[float]) -> float:
    """Return the lower quartile of at least one value (the value at rank ceil(n / 4))."""
    return sorted(values)[math.ceil(len(values) / 4) - 1]


def waiting_minutes(position: int, colleagues: Sequence[Colleague], pace: Pace) -> int | None:
    """Return the wait of somebody in the queue, in whole minutes, or None when nobody knows.

    The formula, as `docs/desk.md` publishes it::

        rounds = ceil(max(0, position - room) / slots)
        wait   = pickup + rounds * handling

    `room` is how many more conversations the available agents can take now, `slots` how many
    they can hold together, `handling` the median length of the last served conversations and
    `pickup` the lower quartile of the last waits: the time a claim takes when the desk is not
    full. Rounded up to whole minutes, above ten to fives.

    Args:
        position: 1 for the one who is next, >= 1.
        colleagues: Who serves this queue.
        pace: The recent past.
    """
    serving = [one for one in colleagues if one.state is PresenceState.AVAILABLE]
    slots = sum(one.profile.capacity for one in serving)
    if slots == 0 or min(len(pace.handling_s), len(pace.pickup_s)) < MIN_SAMPLES:
        return None
    room = sum(one.room for one in serving)
    rounds = math.ceil(max(0, position - room) / slots)
    minutes = max(math.ceil((quarter(pace.pickup_s) + rounds * median(pace.handling_s)) / 60), 1)
    return minutes if minutes <= 10 else math.ceil(minutes / 5) * 5  # noqa: PLR2004


def next_in_turn(
    colleagues: Sequence[Colleague],
    rules: QueueRules,
    *,
    wanted: frozenset[str],
    but_not: int | None = None,
) -> Colleague | None:
    """Return who is asked next, None when nobody has room.

    Those with a wanted skill come before the others; then the longest not asked (round robin) or
    the one with the fewest conversations. Whoever was asked in vain comes last.

    Args:
        colleagues: Who serves this queue.
        rules: How it is served; nobody is asked under `MANUAL`.
        wanted: What the conversation is about: reason, district, matter.
        but_not: Who was asked just now and did not answer.
    """
    if rules.assignment is Assignment.MANUAL:
        return None
    free = [one for one in colleagues if one.room > 0]

    def rank(one: Colleague) -> tuple[bool, bool, float, float, int]:
        asked_at = one.profile.offered_at
        turn = 0.0 if asked_at is None else asked_at.timestamp()
        load = float(one.held) if rules.assignment is Assignment.LEAST_BUSY else 0.0
        return (one.id == but_not, not wanted & set(one.profile.skills), load, turn, one.id)

    return min(free, key=rank, default=None)
