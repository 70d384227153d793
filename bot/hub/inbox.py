"""Where channels put what people say."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Protocol, TypeVar

from bot.domain.channels import Abilities
from bot.domain.conversations import Accepted, Conversation, Heard, Inbound, Speaker, Turn
from bot.domain.hub_texts import HubTexts
from bot.hub.first_try import FirstTry, Read
from bot.hub.shared_commits import SharedCommits
from bot.hub.threads import InThreads
from bot.hub.wakeups import WORK, Wakeups, conversation_topic, desk_topics
from bot.services.conversations import accept_in, find_or_open, hear, hear_or_open
from bot.services.ports import Clock, OpenUnitOfWork, UnitOfWork, within
from bot.services.turns import Beginning, tell_during_outage

MOST_TOGETHER = 32
"""Messages that share one commit; more would hold the one writer of a SQLite file too long."""

Result = TypeVar("Result")

Speaking = tuple[Heard, Inbound]
"""Where somebody speaks, and what."""

Find = Callable[[UnitOfWork, datetime, Beginning | None], Speaking]


class Hands(Protocol):
    """Free hands of the workers of this hub; used in the event loop only."""

    def reserve(self) -> Beginning | None:
        """Keep a hand for a message that is being stored; None while all are busy."""

    def begin(self, turn: Turn | None) -> None:
        """Set the hand that was kept to work; None gives it back."""


class Inbox:
    """Stores a message first and has it answered then.

    While a worker of this hub has a free hand, the message is claimed for it in the same commit and
    handed over; else the workers are woken and look for it.

    Args:
        beside: Runs the transactions.
        wakeups: Rung after each commit.
        now: The clock.
        texts: Titles of buttons that pages offer by themselves, words of danger and their answer.
        channels: Abilities by name; where there are no buttons a typed number presses one.
        hands: Of the workers of this hub; None to wake them always.
        first: Tries to store a message of a conversation that this hub has just answered in one
            journey; None where there is no such way.
    """

    def __init__(
        self,
        *,
        beside: InThreads,
        wakeups: Wakeups,
        now: Clock,
        texts: HubTexts,
        channels: Mapping[str, Abilities] | None = None,
        hands: Hands | None = None,
        first: FirstTry | None = None,
    ) -> None:
        self._commits = SharedCommits(beside, MOST_TOGETHER)
        self._wakeups = wakeups
        self._now = now
        self._texts = texts
        self._channels = channels or {}
        self._hands = hands
        self._first = first

    async def receive(self, inbound: Inbound) -> Accepted:
        """Store a message; a channel acknowledges only after this returns.

        Raises:
            BadPayload, EmptyMessage, TextTooLong, TooManyMessages, UnknownConversation: see
                `bot.services.conversations.accept`.
        """
        speaker = Speaker(inbound.conversation_id)

        def find(unit: UnitOfWork, now: datetime, beginning: Beginning | None) -> Speaking:
            return hear(unit, speaker, now=now, beginning=beginning), inbound

        return await self._receive(find, speaker, lambda _conversation: inbound)

    async def receive_by_token(self, token_hash: str, read: Read) -> Accepted:
        """Store the message of whoever has a conversation's secret, as `receive` does.

        Args:
            token_hash: Of the secret.
            read: Returns the message for the conversation that the secret opens.

        Raises:
            Exception: What `receive` and `read` raise; `UnknownConversation` for a wrong secret.
        """
        speaker = Speaker(token_hash=token_hash)

        def find(unit: UnitOfWork, now: datetime, beginning: Beginning | None) -> Speaking:
            heard = hear(unit, speaker, now=now, beginning=beginning)
            return heard, read(heard.conversation)

        return await self._receive(find, speaker, read)

    async def receive_from(
        self,
        channel: str,
        person: str,
        read: Read,
        also: Callable[[OpenUnitOfWork, Conversation], None] | None = None,
    ) -> Accepted:
        """Store what somebody says on a messaging platform, as `receive` does.

        Args:
            channel: Which platform.
            person: Who it is there; a conversation is opened with the first message.
            read: Returns the message for that conversation.
            also: A short use case that belongs to it and comes first, in the same commit.

        Raises:
            Exception: What `receive`, `read` and `also` raise; then nothing has been done.
        """

        def find(unit: UnitOfWork, now: datetime, beginning: Beginning | None) -> Speaking:
            if also is not None:  # before the conversation is locked, as the outbox locks them
                conversation = find_or_open(unit, channel=channel, external_id=person, now=now)[0]
                also(within(unit), conversation)
            heard = hear_or_open(
                unit, channel=channel, external_id=person, now=now, beginning=beginning
            )
            return heard, read(heard.conversation)

        speaker = Speaker(person=(channel, person))
        return await self._receive(find, speaker, read if also is None else None)

    async def _receive(self, find: Find, speaker: Speaker, read: Read | None) -> Accepted:
        """Store a message and ring; `read` is None when there is more to be done with it."""
        beginning = self._hands.reserve() if self._hands is not None else None
        if self._first is None:
            accepted = (await self._stored(find, beginning))[1]
        else:
            accepted = await self._first.stored(
                speaker, read, beginning, partial(self._stored, find, beginning), self._begin
            )
        work = () if accepted.turn is not None else (WORK,)
        concerned = desk_topics(accepted.owner, accepted.agent_id)
        self._wakeups.ring(*work, *concerned, conversation_topic(accepted.conversation_id))
        return accepted

    async def _stored(
        self, find: Find, beginning: Beginning | None
    ) -> tuple[Conversation, Accepted]:
        def store(unit_of_work: OpenUnitOfWork) -> tuple[Conversation, Accepted]:
            now = self._now()
            with unit_of_work() as unit:
                heard, inbound = find(unit, now, beginning)
                return heard.conversation, self._store(unit, heard, inbound, beginning, now)

        begin = self._begin_stored if beginning is not None else None
        return await self._commits.run(store, begin)

    def _store(
        self,
        unit: UnitOfWork,
        heard: Heard,
        inbound: Inbound,
        beginning: Beginning | None,
        now: datetime,
    ) -> Accepted:
        able = self._channels.get(inbound.channel)
        accepted = accept_in(
            unit,
            heard,
            inbound,
            now=now,
            titles=self._texts.titles,
            is_numbered=able is not None and able.is_numbered,
            beginning=beginning,
        )
        if accepted.is_new and self._texts.danger.are_in(inbound.text):
            tell_during_outage(
                within(unit),
                conversation_id=inbound.conversation_id,
                told=self._texts.lines["emergency"],
                now=now,
            )
        return accepted

    def _begin_stored(self, stored: "asyncio.Future[tuple[Conversation, Accepted]]") -> None:
        is_stored = not stored.cancelled() and stored.exception() is None
        self._begin(stored.result()[1].turn if is_stored else None)

    def _begin(self, turn: Turn | None) -> None:
        assert self._hands is not None
        self._hands.begin(turn)

    async def write(self, job: Callable[[OpenUnitOfWork], Result]) -> Result:
        """Run a short use case that belongs to taking in a message, with others in one commit.

        Raises:
            Exception: Whatever it, or its commit, raises.
        """
        return await self._commits.run(job)
