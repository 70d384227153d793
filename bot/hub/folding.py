"""Sends the lines of a conversation in as few messages as possible, within its quota."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar

import anyio
import structlog

from bot.domain.channels import Abilities, ChoiceWords, Part, addressed
from bot.domain.deliveries import Delivery, DeliveryError
from bot.domain.folding import Folded, fold
from bot.services.conversations.deliveries import mark_delivered, record_delivery_error
from bot.services.conversations.quotas import (
    Spent,
    give_back,
    let_others,
    note_pieces,
    spend,
    use_up,
    waiting_lines,
)
from bot.services.ports import Clock, OpenUnitOfWork

Send = Callable[[Delivery, Part], Awaitable[None]]
Result = TypeVar("Result")

log = structlog.get_logger()


@dataclass(frozen=True)
class FoldingPost:
    """Sends claimed lines of one channel that folds.

    Attributes:
        send: The channel's sender.
        words: Around choices, links and lines that wait.
        base_url: Address in front of our own files.
        send_timeout: How long a claimed line is out of sight of others.
    """

    unit_of_work: OpenUnitOfWork
    now: Clock
    abilities: Abilities
    words: ChoiceWords
    base_url: str
    send: Send
    send_timeout: timedelta

    async def post(self, delivery: Delivery) -> None:
        """Send a line and what waits behind it, until something is not taken."""
        lines = await _in_thread(waiting_lines, self.unit_of_work, delivery=delivery)
        shown = [replace(line, message=addressed(line.message, self.base_url)) for line in lines]
        messages = list(fold(shown, self.abilities, self.words))
        said = {piece.delivery.id for message in messages for piece in message.pieces}
        for line in lines:
            if line.id not in said:  # nothing to say, or all of it is out
                await _in_thread(mark_delivered, self.unit_of_work, delivery=line, now=self.now())
        while messages:
            message = messages.pop(0)
            rest = _lines_of(messages)
            spent = await self._spend(message)
            if spent is None:
                log.info("delivery_held", delivery_id=message.pieces[0].delivery.id)
                return
            try:
                part = self._marked(message.part, is_more=spent.left == 0 and bool(rest))
                await self.send(message.delivery, part)
            except DeliveryError as error:
                if error.permanent and not error.is_unreachable and len(message.pieces) > 1:
                    await self._give_back(message)
                    messages = [*message.apart(), *messages]  # one bad line must not take others
                    continue
                left = _lines_of([message, *messages])
                await self._refused(message, left, error, spent.event_id)
                return
            await _in_thread(
                note_pieces,
                self.unit_of_work,
                pieces=message.pieces,
                rest=rest,
                now=self.now(),
                send_timeout=self.send_timeout,
            )

    def _marked(self, part: Part, *, is_more: bool) -> Part:
        return replace(part, text=f"{part.text}\n{self.words.more}") if is_more else part

    async def _spend(self, message: Folded) -> Spent | None:
        """Return what is left; one more where nobody counts, None for "not even this"."""
        if self.abilities.quota is None:
            return Spent(1, None)
        first = message.pieces[0].delivery
        return await _in_thread(spend, self.unit_of_work, delivery=first, now=self.now())

    async def _give_back(self, message: Folded) -> None:
        if self.abilities.quota is not None:
            await _in_thread(give_back, self.unit_of_work, delivery=message.delivery)

    async def _refused(
        self,
        message: Folded,
        lines: Sequence[Delivery],
        error: DeliveryError,
        event_id: str | None,
    ) -> None:
        first = message.pieces[0].delivery
        log.warning(
            "delivery_failed",
            delivery_id=first.id,
            channel=first.channel,
            permanent=error.permanent,
            reason=str(error),
        )
        if error.is_spent:
            held = partial(use_up, self.unit_of_work, delivery=first, event_id=event_id)
            if not await _in_thread(held):  # the person wrote meanwhile: tried again at once
                await _in_thread(let_others, self.unit_of_work, rest=lines, now=self.now())
            return
        await self._give_back(message)
        await _in_thread(let_others, self.unit_of_work, rest=lines, now=self.now())
        await _in_thread(
            record_delivery_error, self.unit_of_work, delivery=first, error=error, now=self.now()
        )


def _lines_of(messages: Sequence[Folded]) -> list[Delivery]:
    lines = {piece.delivery.id: piece.delivery for one in messages for piece in one.pieces}
    return list(lines.values())


async def _in_thread(job: Callable[..., Result], *arguments: Any, **values: Any) -> Result:
    return await anyio.to_thread.run_sync(partial(job, *arguments, **values))
