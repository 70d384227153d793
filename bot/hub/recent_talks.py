"""How this hub has left the conversations that it answered last; used in the event loop only."""

from collections import OrderedDict
from typing import Generic, TypeVar

from bot.domain.conversations import Said, Speaker, Turn
from bot.services.conversations.known_talks import KnownTalk, left

MOST = 4_000
"""Conversations remembered; those that were spoken with longest ago are forgotten first."""

Key = TypeVar("Key")
Value = TypeVar("Value")


class RecentTalks:
    """Remembers for one message: whoever asks takes what is known, and the next answer renews it.

    Nothing here needs to be true: what is done with it holds only while it is.
    """

    def __init__(self, most: int = MOST) -> None:
        self._ids: _Newest[Speaker, str] = _Newest(most)
        self._left: _Newest[str, KnownTalk] = _Newest(most)

    def heard(self, speaker: Speaker, conversation_id: str) -> None:
        """Note whose conversation a message of a speaker was found to belong to."""
        self._ids.put(speaker, conversation_id)

    def answered(self, turn: Turn, said: Said) -> None:
        """Note how a turn has left its conversation."""
        known = left(turn, said)
        if known is not None:
            self._left.put(known.conversation.id, known)

    def take(self, speaker: Speaker) -> KnownTalk | None:
        """Return how a speaker's conversation was left, once; None when that is not known."""
        name = self._ids.get(speaker)
        return None if name is None else self._left.take(name)


class _Newest(Generic[Key, Value]):
    """A mapping that forgets what was put into it longest ago."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Key, Value] = OrderedDict()

    def put(self, key: Key, value: Value) -> None:
        self._kept[key] = value
        self._kept.move_to_end(key)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def get(self, key: Key) -> Value | None:
        return self._kept.get(key)

    def take(self, key: Key) -> Value | None:
        return self._kept.pop(key, None)
