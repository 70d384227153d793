"""Where channels put what people say."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from bot.domain.channels import Abilities
from bot.domain.conversations import Accepted, Conversation, Heard, Inbound, Speaker, Turn
from bot.domain.hub_texts import HubTexts
from bot.hub.first_try import FirstTry
from bot.hub.shared_commits import Joint, SharedCommits
from bot.hub.threads import InThreads
from bot.hub.wakeups import WORK, Wakeups, conversation_topic, desk_topics
from bot.services.conversations.arrivals import Arrival, accept_all
from bot.services.conversations.conversations import accept_in, find_or_open, hear_or_open, meant_in
from bot.services.conversations.turns import Beginning, tell_during_outage
from bot.services.ports import Clock, OpenUnitOfWork, UnitOfWork, within

MOST_TOGETHER = 32
"""Messages that share one commit; more would hold the one writer of a SQLite file too long."""

Result = TypeVar("Result")

Also = Callable[[OpenUnitOfWork, Conversation], None]


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
                `bot.services.conversations.conversations.accept`.
        """
        speaker = Speaker(inbound.conversation_id)
        return await self._receive(Arrival(speaker, lambda _conversation: inbound))

    async def receive_by_token(
        self, token_hash: str, read: Callable[[Conversation], Inbound]
    ) -> Accepted:
        """Store the message of whoever has a conversation's secret, as `receive` does.

        Args:
            token_hash: Of the secret.
            read: Returns the message for the conversation that the secret opens.

        Raises:
            Exception: What `receive` and `read` raise; `UnknownConversation` for a wrong secret.
        """
        return await self._receive(Arrival(Speaker(token_hash=token_hash), read))

    async def receive_from(
        self,
        channel: str,
        person: str,
        read: Callable[[Conversation], Inbound],
        also: Also | None = None,
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
        return await self._receive(Arrival(Speaker(person=(channel, person)), read), also)

    async def _receive(self, arrival: Arrival, also: Also | None = None) -> Accepted:
        beginning = self._hands.reserve() if self._hands is not None else None

        def usual() -> Awaitable[Accepted]:
            return self._stored(arrival, also, beginning)

        if self._first is None:
            accepted = await usual()
        else:
            alone = arrival if also is None else None
            accepted = await self._first.stored(
                arrival.speaker, alone, beginning, usual, self._begin
            )
        work = () if accepted.turn is not None else (WORK,)
        concerned = desk_topics(accepted.owner, accepted.agent_id)
        self._wakeups.ring(*work, *concerned, conversation_topic(accepted.conversation_id))
        return accepted

    async def _stored(
        self, arrival: Arrival, also: Also | None, beginning: Beginning | None
    ) -> Accepted:
        def store(unit_of_work: OpenUnitOfWork) -> Accepted:
            with unit_of_work() as unit:
                return self._store(unit, arrival, also, beginning)

        if beginning is not None:
            return await self._commits.run(store, self._begin_stored)
        if also is not None:
            return await self._commits.run(store)
        return await self._commits.run(self._joint(store, arrival))

    def _joint(
        self, store: Callable[[OpenUnitOfWork], Accepted], arrival: Arrival
    ) -> Joint[Accepted]:
        """Return a message that is stored at once with others, of people known by the same."""
        kind, key = arrival.speaker.known_by
        return Joint(store, self._store_all, kind=kind, key=key, given=arrival)

    def _store_all(self, unit: UnitOfWork, arrivals: Sequence[Arrival]) -> Sequence[Accepted]:
        now = self._now()
        stored = accept_all(unit, arrivals, now=now, meant=self._meant)
        for inbound, accepted in stored:
            self._tell_of_danger(unit, inbound, accepted, now)
        return [accepted for _, accepted in stored]

    def _meant(self, unit: UnitOfWork, heard: Heard, inbound: Inbound) -> Inbound | Accepted:
        is_numbered = self._is_numbered(inbound)
        return meant_in(unit, heard, inbound, titles=self._texts.titles, is_numbered=is_numbered)

    def _store(
        self, unit: UnitOfWork, arrival: Arrival, also: Also | None, beginning: Beginning | None
    ) -> Accepted:
        now, speaker = self._now(), arrival.speaker
        if also is not None and speaker.person is not None:
            channel, person = speaker.person
            # before the conversation is locked, as the outbox locks them
            talk = find_or_open(unit, channel=channel, external_id=person, now=now)[0]
            also(within(unit), talk)
        heard = hear_or_open(unit, speaker, now=now, beginning=beginning)
        inbound = arrival.read(heard.conversation)
        accepted = accept_in(
            unit,
            heard,
            inbound,
            now=now,
            titles=self._texts.titles,
            is_numbered=self._is_numbered(inbound),
            beginning=beginning,
        )
        self._tell_of_danger(unit, inbound, accepted, now)
        return accepted

    def _is_numbered(self, inbound: Inbound) -> bool:
        able = self._channels.get(inbound.channel)
        return able is not None and able.is_numbered

    def _tell_of_danger(
        self, unit: UnitOfWork, inbound: Inbound, accepted: Accepted, now: datetime
    ) -> None:
        if accepted.is_new and self._texts.danger.are_in(inbound.text):
            tell_during_outage(
                within(unit),
                conversation_id=inbound.conversation_id,
                told=self._texts.lines["emergency"],
                now=now,
            )

    def _begin_stored(self, stored: "asyncio.Future[Accepted]") -> None:
        is_stored = not stored.cancelled() and stored.exception() is None
        self._begin(stored.result().turn if is_stored else None)

    def _begin(self, turn: Turn | None) -> None:
        assert self._hands is not None
        self._hands.begin(turn)

    async def write(self, job: Callable[[OpenUnitOfWork], Result]) -> Result:
        """Run a short use case that belongs to taking in a message, with others in one commit.

        Raises:
            Exception: Whatever it, or its commit, raises.
        """
        return await self._commits.run(job)
