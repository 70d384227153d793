"""Where channels put what people say."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from bot.domain.channels import Abilities
from bot.domain.conversations import Accepted, Inbound
from bot.domain.hub_texts import HubTexts
from bot.hub.shared_commits import SharedCommits
from bot.hub.wakeups import WORK, Wakeups, conversation_topic, desk_topics
from bot.services.conversations import accept
from bot.services.ports import Clock, OpenUnitOfWork
from bot.services.turns import tell_during_outage

MOST_TOGETHER = 32
"""Messages that share one commit; more would hold the one writer of a SQLite file too long."""

Result = TypeVar("Result")


class Inbox:
    """Stores a message first and wakes the workers then.

    Args:
        unit_of_work: Opens transactions.
        wakeups: Rung after each commit.
        now: The clock.
        texts: Titles of buttons that pages offer by themselves, words of danger and their answer.
        channels: Abilities by name; where there are no buttons a typed number presses one.
    """

    def __init__(
        self,
        *,
        unit_of_work: OpenUnitOfWork,
        wakeups: Wakeups,
        now: Clock,
        texts: HubTexts,
        channels: Mapping[str, Abilities] | None = None,
    ) -> None:
        self._commits = SharedCommits(unit_of_work, MOST_TOGETHER)
        self._wakeups = wakeups
        self._now = now
        self._texts = texts
        self._channels = channels or {}

    async def receive(self, inbound: Inbound) -> Accepted:
        """Store a message; a channel acknowledges only after this returns.

        Raises:
            BadPayload, EmptyMessage, TextTooLong, TooManyMessages, UnknownConversation: see
                `bot.services.conversations.accept`.
        """

        def store(unit_of_work: OpenUnitOfWork) -> Accepted:
            able = self._channels.get(inbound.channel)
            accepted = accept(
                unit_of_work,
                inbound=inbound,
                now=self._now(),
                titles=self._texts.titles,
                is_numbered=able is not None and able.is_numbered,
            )
            if accepted.is_new and self._texts.danger.are_in(inbound.text):
                tell_during_outage(
                    unit_of_work,
                    conversation_id=inbound.conversation_id,
                    told=self._texts.lines["emergency"],
                    now=self._now(),
                )
            return accepted

        accepted = await self.write(store)
        concerned = desk_topics(accepted.owner, accepted.agent_id)
        self._wakeups.ring(WORK, *concerned, conversation_topic(inbound.conversation_id))
        return accepted

    async def write(self, job: Callable[[OpenUnitOfWork], Result]) -> Result:
        """Run a short use case that belongs to taking in a message, with others in one commit.

        Raises:
            Exception: Whatever it, or its commit, raises.
        """
        return await self._commits.run(job)
