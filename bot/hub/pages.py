"""New lines handed to those who wait for them in this hub, without a look at the database."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.domain.conversations import Said, TranscriptPage, Turn


@dataclass(frozen=True)
class FreshPage:
    """What a commit has added to a transcript.

    Attributes:
        follows: Id of the line that these come right after, with nothing between.
        page: The lines, and the state with them.
    """

    follows: int
    page: TranscriptPage


def fresh_page(turn: Turn, said: Said) -> FreshPage:
    """Return what a turn has added, where nothing else has come since its message."""
    page = TranscriptPage(messages=said.lines, owner=said.owner, busy=False)
    return FreshPage(follows=turn.message.id, page=page)


def heard_page(last_id: int, turn: Turn) -> FreshPage:
    """Return the page of a message that was stored right after a line, and is being answered."""
    page = TranscriptPage(messages=(turn.message,), owner=turn.owner, busy=True)
    return FreshPage(follows=last_id, page=page)


@dataclass(eq=False)
class Slot:
    """What was handed to one reader and not taken yet."""

    _fresh: FreshPage | None = None

    def put(self, fresh: FreshPage) -> None:
        """Keep the newest."""
        self._fresh = fresh

    def take(self, after: int) -> TranscriptPage | None:
        """Return what follows the reader's last line; None when only the database knows."""
        fresh, self._fresh = self._fresh, None
        return fresh.page if fresh is not None and fresh.follows == after else None


class Pages:
    """Hands pages to the readers of a conversation; used in the event loop only.

    Only who waits at this moment gets one, and only what was committed: a page is no memory, and a
    reader without one reads the database.
    """

    def __init__(self) -> None:
        self._slots: defaultdict[str, set[Slot]] = defaultdict(set)

    @contextmanager
    def reader(self, conversation_id: str) -> Iterator[Slot]:
        """Give a slot for the length of a block."""
        slot = Slot()
        self._slots[conversation_id].add(slot)
        try:
            yield slot
        finally:
            self._slots[conversation_id].discard(slot)
            if not self._slots[conversation_id]:
                del self._slots[conversation_id]

    def hand_out(self, conversation_id: str, fresh: FreshPage) -> None:
        """Hand a page to everybody who waits for this conversation."""
        for slot in self._slots.get(conversation_id, ()):
            slot.put(fresh)
