"""One person on several channels: what is said around it, before the bot."""

from collections.abc import Callable
from typing import TypeVar

import anyio

from bot.domain.conversations import Author, Owner, Reply, Turn, TurnOutcome
from bot.domain.link_texts import LinkTexts, line
from bot.domain.payloads import AGREE_LINK, DECLINE_LINK, LINK, UNLINK
from bot.hub.privacy import WITH_BOT, TurnRouter
from bot.hub.wakeups import DESK, OUTBOX, Wakeups, conversation_topic
from bot.services.conversations.linking import (
    LinkLocked,
    NoSuchCode,
    NothingToLink,
    TooManyLinked,
    agree,
    decline,
    offer_code,
    send_code,
    unlink,
)
from bot.services.ports import Clock, OpenUnitOfWork

Result = TypeVar("Result")


class LinkRouter:
    """A router that shows, takes and confirms link codes.

    What is linked is stored at once; a turn that is served again comes to the same.

    Args:
        inner: Finds the outcome of everything else.
        texts: What is said.
        unit_of_work: Opens transactions.
        wakeups: Rung for the other conversation.
        now: The clock.
    """

    def __init__(
        self,
        inner: TurnRouter,
        texts: LinkTexts,
        *,
        unit_of_work: OpenUnitOfWork,
        wakeups: Wakeups,
        now: Clock,
    ) -> None:
        self._inner = inner
        self._texts = texts
        self._unit_of_work = unit_of_work
        self._wakeups = wakeups
        self._now = now

    async def route(self, turn: Turn) -> TurnOutcome:
        """Return what a turn comes to; raises as the inner one does."""
        told = await self._told(turn)
        if told is None:
            return await self._inner.route(turn)
        return TurnOutcome(replies=(told,), owner=Owner.BOT if turn.owner in WITH_BOT else None)

    def told_of_outage(self, turn: Turn) -> Reply:
        """Return the honest line while a part is down."""
        return self._inner.told_of_outage(turn)

    def give_up(self) -> TurnOutcome:
        """Return the outcome of a message that Rasa refuses for good."""
        return self._inner.give_up()

    async def _told(self, turn: Turn) -> Reply | None:
        message, texts = turn.message, self._texts
        if message.author is not Author.APPLICANT:
            return None
        if message.payload is not None:
            command = message.payload.removeprefix("/")
            own = {
                LINK: self._offer,
                AGREE_LINK: self._agree,
                DECLINE_LINK: self._decline,
                UNLINK: self._unlink,
            }.get(command)
            return await own(message.conversation_id) if own else None
        code = texts.code_in(message.text)
        if code is not None:
            return await self._send(message.conversation_id, code)
        if texts.asks_code(message.text):
            return await self._offer(message.conversation_id)
        if texts.asks_unlink(message.text):
            return await self._unlink(message.conversation_id)
        return None

    async def _offer(self, conversation_id: str) -> Reply:
        code = await _in_thread(
            lambda: offer_code(self._unit_of_work, conversation_id=conversation_id, now=self._now())
        )
        return line(self._texts.offer.format(code=code))

    async def _send(self, conversation_id: str, code: str) -> Reply:
        def send() -> str:
            with self._unit_of_work() as unit:
                channel = unit.conversations.get(conversation_id).channel
            return send_code(
                self._unit_of_work,
                conversation_id=conversation_id,
                code=code,
                question=self._texts.question(channel),
                now=self._now(),
            ).shown_in

        try:
            self._ring(await _in_thread(send))
        except NoSuchCode:
            return line(self._texts.wrong)
        except LinkLocked:
            return line(self._texts.locked)
        return line(self._texts.sent)

    async def _agree(self, conversation_id: str) -> Reply:
        try:
            other = await _in_thread(
                lambda: agree(
                    self._unit_of_work,
                    conversation_id=conversation_id,
                    told=line(self._texts.linked_there),
                    now=self._now(),
                )
            )
        except NothingToLink:
            return line(self._texts.nothing)
        except TooManyLinked:
            return line(self._texts.too_many)
        self._ring(other)
        return line(self._texts.linked)

    async def _decline(self, conversation_id: str) -> Reply:
        try:
            other = await _in_thread(
                lambda: decline(
                    self._unit_of_work,
                    conversation_id=conversation_id,
                    told=line(self._texts.declined_there),
                    now=self._now(),
                )
            )
        except NothingToLink:
            return line(self._texts.nothing)
        self._ring(other)
        return line(self._texts.declined)

    async def _unlink(self, conversation_id: str) -> Reply:
        try:
            await _in_thread(lambda: unlink(self._unit_of_work, conversation_id=conversation_id))
        except NothingToLink:
            return line(self._texts.not_linked)
        return line(self._texts.unlinked)

    def _ring(self, conversation_id: str) -> None:
        self._wakeups.ring(OUTBOX, DESK, conversation_topic(conversation_id))


async def _in_thread(job: Callable[[], Result]) -> Result:
    return await anyio.to_thread.run_sync(job)
