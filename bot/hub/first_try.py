"""Stores a message in one journey where this hub has just answered its conversation.

What people say comes in the order in which they said it: a message whose speaker has another one
under way goes behind that one.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping

from bot.domain.channels import Abilities
from bot.domain.conversations import Accepted, Speaker, Turn
from bot.domain.danger import DangerWords
from bot.hub.pages import Pages, heard_page
from bot.hub.recent_talks import RecentTalks
from bot.services.conversations.arrivals import Arrival
from bot.services.conversations.known_talks import AtOnce, KnownTalk, accept_known
from bot.services.conversations.turns import Beginning
from bot.services.ports import Clock

Usual = Callable[[], Awaitable[Accepted]]
"""Stores a message in the way that every message can go."""

Begin = Callable[[Turn | None], None]
"""Sets the hand that was kept to work; None gives it back."""


class FirstTry:
    """Tries the short way first.

    Args:
        at_once: Makes the journeys.
        recent: How conversations were left.
        now: The clock.
        danger: Words of danger; a cry for help goes the usual way, which looks for an outage.
        channels: Abilities by name.
        pages: Where who waits for the conversation gets the message from.
    """

    def __init__(
        self,
        at_once: AtOnce,
        recent: RecentTalks,
        *,
        now: Clock,
        danger: DangerWords,
        channels: Mapping[str, Abilities],
        pages: Pages,
    ) -> None:
        self._at_once = at_once
        self._recent = recent
        self._now = now
        self._danger = danger
        self._channels = channels
        self._pages = pages
        self._trying: dict[Speaker, asyncio.Task[Accepted | None]] = {}
        self._going: Counter[Speaker] = Counter()

    async def stored(
        self,
        speaker: Speaker,
        arrival: Arrival | None,
        beginning: Beginning | None,
        usual: Usual,
        begin: Begin,
    ) -> Accepted:
        """Store a message.

        Args:
            speaker: By what its conversation is known.
            arrival: The message; None when only the usual way does all that belongs to it.
            beginning: The right to begin with it, None for none.
            usual: The usual way, which sees to `begin` itself.
            begin: Called here where the short way was gone.

        Raises:
            Exception: What reading it and the usual way raise.
        """
        earlier = self._trying.get(speaker)
        if earlier is not None:
            await asyncio.wait({earlier})
        elif arrival is not None and beginning is not None and not self._going[speaker]:
            known = self._recent.take(speaker)
            if known is not None:
                accepted = await self._try(known, arrival, beginning, begin)
                if accepted is not None:
                    return accepted
        return await self._go(speaker, usual)

    async def _go(self, speaker: Speaker, usual: Usual) -> Accepted:
        self._going[speaker] += 1
        try:
            accepted = await usual()
        finally:
            self._going[speaker] -= 1
            if not self._going[speaker]:
                del self._going[speaker]
        self._recent.heard(speaker, accepted.conversation_id)
        return accepted

    async def _try(
        self, known: KnownTalk, arrival: Arrival, beginning: Beginning, begin: Begin
    ) -> Accepted | None:
        speaker = arrival.speaker
        trying = asyncio.create_task(self._begun(known, arrival, beginning, begin))
        self._trying[speaker] = trying
        trying.add_done_callback(lambda _done: self._trying.pop(speaker, None))
        try:
            # shielded: who has gone takes back nothing of what is stored
            return await asyncio.shield(trying)
        except asyncio.CancelledError:
            trying.add_done_callback(lambda done: _give_back(done, begin))
            raise
        except Exception:
            begin(None)
            raise

    async def _begun(
        self, known: KnownTalk, arrival: Arrival, beginning: Beginning, begin: Begin
    ) -> Accepted | None:
        inbound = arrival.read(known.conversation)
        if self._danger.are_in(inbound.text):
            return None
        able = self._channels.get(inbound.channel)
        accepted = await accept_known(
            self._at_once,
            known,
            inbound,
            arrival.speaker,
            beginning,
            now=self._now(),
            is_numbered=able is not None and able.is_numbered,
        )
        if accepted is not None and accepted.turn is not None:
            begin(accepted.turn)
            page = heard_page(known.last_id, accepted.turn)
            self._pages.hand_out(accepted.conversation_id, page)
        return accepted


def _give_back(done: "asyncio.Task[Accepted | None]", begin: Begin) -> None:
    if done.cancelled() or done.exception() is not None or done.result() is None:
        begin(None)
