"""Waiting for news of a conversation: long polls and event streams."""

import time
from collections.abc import AsyncIterator

from bot.domain.conversations import TranscriptPage
from bot.hub.pages import Pages
from bot.hub.threads import Threads
from bot.hub.wakeups import Wakeups, conversation_topic
from bot.services.conversations.conversations import PAGE_SIZE, read_transcript
from bot.services.conversations.known_talks import AtOnce, Wanted
from bot.services.ports import Clock, OpenUnitOfWork

LOOK_AGAIN_S = 2.0
"""A lost wake-up costs at most this much."""

READERS = 40
"""Pages read at once."""


class Transcripts:
    """Reads transcripts, and waits until there is more to read."""

    def __init__(
        self,
        *,
        reading: OpenUnitOfWork,
        wakeups: Wakeups,
        look_again_s: float = LOOK_AGAIN_S,
        now: Clock | None = None,
        pages: Pages | None = None,
        at_once: AtOnce | None = None,
    ) -> None:
        self._reading = reading
        self._wakeups = wakeups
        self._look_again_s = look_again_s
        self._now = now
        self._pages = pages or Pages()
        self._threads = Threads(READERS)
        self._at_once = at_once

    async def read(
        self, conversation_id: str, *, after: int, token_hash: str | None = None
    ) -> TranscriptPage:
        """Return what is there now; raises `UnknownConversation`."""
        if self._at_once is not None:
            wanted = Wanted(conversation_id, after, PAGE_SIZE, token_hash)
            page = await self._at_once.read(wanted)
            if page is not None:
                return page

        def load() -> TranscriptPage:
            return read_transcript(
                self._reading,
                conversation_id=conversation_id,
                after=after,
                now=self._now() if self._now else None,
                token_hash=token_hash,
            )

        return await self._threads.run(load)

    async def wait(
        self, conversation_id: str, *, after: int, wait_s: float, token_hash: str | None = None
    ) -> TranscriptPage:
        """Return as soon as there are lines above `after`, or the state changes, or time is up.

        Args:
            conversation_id: Which.
            after: Id of the last line that the reader has, 0 for none.
            wait_s: How long to wait at most, 0 to return at once.
            token_hash: Of the secret that must open it; None where that has been seen to.

        Raises:
            UnknownConversation: There is no such conversation, or the secret opens another one.
        """
        ends_at = time.monotonic() + wait_s
        with (
            self._wakeups.listen(conversation_topic(conversation_id)) as bell,
            self._pages.reader(conversation_id) as slot,
        ):
            page = first = await self.read(conversation_id, after=after, token_hash=token_hash)
            while not page.messages and _state(page) == _state(first):
                left_s = ends_at - time.monotonic()
                if left_s <= 0:
                    break
                await bell.wait(min(left_s, self._look_again_s))
                page = slot.take(after) or await self.read(conversation_id, after=after)
        return page

    async def stream(self, conversation_id: str, *, after: int) -> AsyncIterator[TranscriptPage]:
        """Yield the state at once, and then each change, without end.

        Raises:
            UnknownConversation: There is no such conversation.
        """
        with (
            self._wakeups.listen(conversation_topic(conversation_id)) as bell,
            self._pages.reader(conversation_id) as slot,
        ):
            known: tuple[object, ...] | None = None
            while True:
                page = slot.take(after) or await self.read(conversation_id, after=after)
                if page.messages or _state(page) != known:
                    yield page
                    known = _state(page)
                    after = page.messages[-1].id if page.messages else after
                if len(page.messages) < PAGE_SIZE:  # else there is more to fetch at once
                    await bell.wait(self._look_again_s)


def _state(page: TranscriptPage) -> tuple[object, ...]:
    return (page.owner, page.busy, page.is_agent_typing, page.agent_read_id)
