"""Stores the messages of many people at once, with a few statements for all of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.conversations import Accepted, Conversation, Heard, Inbound, Speaker
from bot.services.conversations.conversations import (
    RATE_WINDOW,
    hear_or_open,
    in_conversation,
    new_conversation,
)
from bot.services.ports import UnitOfWork

Meant = Callable[[UnitOfWork, Heard, Inbound], Inbound | Accepted]


@dataclass(frozen=True)
class Arrival:
    """A message that no worker has a hand for.

    Attributes:
        speaker: Whose it is.
        read: Returns it for the conversation that is found.
    """

    speaker: Speaker
    read: Callable[[Conversation], Inbound]


def accept_all(
    unit: UnitOfWork, arrivals: Sequence[Arrival], *, now: datetime, meant: Meant
) -> list[tuple[Inbound, Accepted]]:
    """Do for each what `accept` does; all of it is undone when one of them is refused.

    Args:
        unit: The open transaction.
        arrivals: Of different speakers, all known by the same. Who is known by a platform gets a
            conversation with the first message.
        now: The time.
        meant: Returns a message as it is stored, or what was stored before.

    Returns:
        Each message as it was read, and what is stored.

    Raises:
        Exception: What `accept` raises, for one of them.
    """
    heard = _hear_all(unit, [one.speaker for one in arrivals], now)
    read = [one.read(known.conversation) for one, known in zip(arrivals, heard, strict=True)]
    said = [meant(unit, known, one) for known, one in zip(heard, read, strict=True)]
    new = [(known, one) for known, one in zip(heard, said, strict=True) if isinstance(one, Inbound)]
    stored = iter(_add_all(unit, new, now) if new else ())
    accepted = [one if isinstance(one, Accepted) else next(stored) for one in said]
    return list(zip(read, accepted, strict=True))


def _add_all(
    unit: UnitOfWork, new: Sequence[tuple[Heard, Inbound]], now: datetime
) -> list[Accepted]:
    heard = [one for one, _ in new]
    stored = unit.conversations.add_all_heard(heard, [what for _, what in new], now=now)
    return [
        in_conversation(one.conversation, accepted)
        for one, accepted in zip(heard, stored, strict=True)
    ]


def _hear_all(unit: UnitOfWork, speakers: Sequence[Speaker], now: datetime) -> list[Heard]:
    found = unit.conversations.hear_all(speakers, since=now - RATE_WINDOW)
    both = list(zip(speakers, found, strict=True))
    opened = _open_all(unit, [one.person for one, known in both if known is None], now)
    return [
        known or opened.get(one.person) or hear_or_open(unit, one, now=now) for one, known in both
    ]


def _open_all(
    unit: UnitOfWork, strangers: Sequence[tuple[str, str] | None], now: datetime
) -> dict[tuple[str, str] | None, Heard]:
    """Open the conversations of who is new on a platform, but for who is there meanwhile."""
    opened = {one: new_conversation(one[0], now) for one in strangers if one is not None}
    if not opened:
        return {}
    new = unit.conversations.add_all({who[1]: one for who, one in opened.items()}, now=now)
    return {who: Heard(one, is_opened=True) for who, one in opened.items() if one.id in new}
