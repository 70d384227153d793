"""Where channels put what people say."""

from collections.abc import Mapping

import anyio

from bot.domain.conversations import Accepted, Inbound
from bot.hub.wakeups import DESK, WORK, Wakeups, conversation_topic
from bot.services.conversations import accept
from bot.services.ports import Clock, OpenUnitOfWork


class Inbox:
    """Stores a message first and wakes the workers then.

    Args:
        unit_of_work: Opens transactions.
        wakeups: Rung after each commit.
        now: The clock.
        titles: Payload to title, for buttons that pages offer by themselves.
    """

    def __init__(
        self,
        *,
        unit_of_work: OpenUnitOfWork,
        wakeups: Wakeups,
        now: Clock,
        titles: Mapping[str, str],
    ) -> None:
        self._unit_of_work = unit_of_work
        self._wakeups = wakeups
        self._now = now
        self._titles = titles

    async def receive(self, inbound: Inbound) -> Accepted:
        """Store a message; a channel acknowledges only after this returns.

        Raises:
            BadPayload, EmptyMessage, TextTooLong, TooManyMessages, UnknownConversation: see
                `bot.services.conversations.accept`.
        """

        def store() -> Accepted:
            return accept(self._unit_of_work, inbound=inbound, now=self._now(), titles=self._titles)

        accepted = await anyio.to_thread.run_sync(store)
        self._wakeups.ring(WORK, DESK, conversation_topic(inbound.conversation_id))
        return accepted
