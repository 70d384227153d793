"""The person's rights, before the bot: notice and consent, deletion. On every channel the same."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

import anyio
import structlog

from bot.domain.conversations import Author, Message, Owner, Reply, Turn, TurnOutcome
from bot.domain.payloads import (
    AGREE,
    CANCEL_ERASURE,
    CONFIRM_ERASURE,
    ERASE,
    LEAVE_OUT,
    REFUSE,
    REFUSE_ONE,
    SAY_AGAIN,
    STOP_FORM,
)
from bot.domain.privacy import Decision, Holdings
from bot.domain.privacy_texts import PrivacyTexts
from bot.services.ports import OpenUnitOfWork
from bot.services.privacy.consents import decided, said_before, was_offered_before
from bot.services.privacy.erasure import holdings_of
from bot.services.privacy.personal_numbers import has_numbers

WITH_BOT = frozenset({Owner.BOT, Owner.CLOSED})


class TurnRouter(Protocol):
    """Finds the outcome of a turn; see `bot.hub.router.Router`."""

    async def route(self, turn: Turn) -> TurnOutcome:
        """Return what a turn comes to; raises `PartDown`, `TurnFailed`."""

    def told_of_outage(self, turn: Turn) -> Reply:
        """Return the honest line while a part is down."""

    def give_up(self) -> TurnOutcome:
        """Return the outcome of a message that Rasa refuses for good."""


class BotRouter(TurnRouter, Protocol):
    """A router that also knows a cry for help."""

    def is_danger(self, turn: Turn) -> bool:
        """Tell whether the applicant cries for help."""


log = structlog.get_logger()


class PrivacyRouter:
    """A router that asks before personal data are used, and deletes when it is told to.

    Args:
        inner: Finds the outcome of everything else.
        texts: What is said.
        unit_of_work: Opens transactions that only read; what comes of a turn is stored with it.
        forget: Deletes what Rasa remembers of a conversation.
        is_asking: Ask for consent; else somebody else has asked already.
    """

    def __init__(
        self,
        inner: BotRouter,
        texts: PrivacyTexts,
        unit_of_work: OpenUnitOfWork,
        forget: Callable[[str], None] | None = None,
        *,
        is_asking: bool = True,
    ) -> None:
        self._inner = inner
        self._own = texts
        self._unit_of_work = unit_of_work
        self._forget = forget
        self._is_asking = is_asking

    async def route(self, turn: Turn) -> TurnOutcome:
        """Return what a turn comes to; raises as the inner one does."""
        message = turn.message
        if message.author is not Author.APPLICANT:
            return await self._guarded(turn)
        if message.payload is None and self._own.asks_erasure(message.text):
            return await self._ask_erasure(turn)
        command = (message.payload or "").removeprefix("/")
        own = {
            ERASE: self._ask_erasure,
            CONFIRM_ERASURE: self._erase,
            CANCEL_ERASURE: self._keep,
            AGREE: self._agree,
            REFUSE: self._refuse,
            REFUSE_ONE: self._go_on_without,
        }.get(command)
        return await (own(turn) if own else self._guarded(turn))

    def told_of_outage(self, turn: Turn) -> Reply:
        """Return the honest line while a part is down."""
        return self._inner.told_of_outage(turn)

    def give_up(self) -> TurnOutcome:
        """Return the outcome of a message that Rasa refuses for good."""
        return self._inner.give_up()

    # --- consent --------------------------------------------------------------------------------

    async def _guarded(self, turn: Turn) -> TurnOutcome:
        # whoever cries for help is helped first
        may_wait = turn.owner in WITH_BOT and not self._inner.is_danger(turn)
        if may_wait and _tells_number(turn.message) and await self._must_ask(turn):
            is_again = await self._is_asked(turn)
            return self._says(turn, self._own.ask_consent(is_held=True, is_again=is_again))
        outcome = await self._inner.route(turn)
        if outcome.personal_from is None or not await self._must_ask(turn):
            return outcome
        before = outcome.replies[: outcome.personal_from]
        asked = self._own.ask_consent(
            is_again=await self._is_asked(turn), may_leave_out=outcome.may_leave_out
        )
        return replace(outcome, replies=(*before, asked))

    async def _agree(self, turn: Turn) -> TurnOutcome:
        """Note it, and go on with what was held back: the person's words or the open question."""
        said = self._own.line(self._own.agreed)
        if turn.owner not in WITH_BOT:
            return TurnOutcome(replies=(said,), decision=self._decision(Decision.AGREED))
        held = await self._said_before(turn)
        if held is not None and _tells_number(held):
            going_on = replace(turn.message, text=held.text, payload=held.payload)
        else:
            going_on = replace(turn.message, payload=SAY_AGAIN)
        outcome = await self._inner.route(replace(turn, message=going_on))
        replies = (said, *outcome.replies)
        return replace(outcome, replies=replies, decision=self._decision(Decision.AGREED))

    async def _refuse(self, turn: Turn) -> TurnOutcome:
        """Note it, leave the form, and hide numbers that were told unasked."""
        held = await self._said_before(turn)
        is_told = held is not None and _tells_number(held)
        lines = [self._own.line(self._own.refused)]
        if is_told:
            lines.insert(0, self._own.line(self._own.refused_masked))
        if turn.owner in WITH_BOT and not is_told:
            stopping = replace(turn.message, payload=f"/{STOP_FORM}")
            await self._inner.route(replace(turn, message=stopping))
        outcome = self._says(turn, *lines)
        hidden = held.id if held is not None and is_told else None
        return replace(outcome, decision=self._decision(Decision.REFUSED), hides=hidden)

    async def _go_on_without(self, turn: Turn) -> TurnOutcome:
        """Note the refusal, and go on in the form with what was asked for left out."""
        said = self._own.line(self._own.refused_one)
        decision = self._decision(Decision.REFUSED)
        if turn.owner not in WITH_BOT:
            return TurnOutcome(replies=(said,), decision=decision)
        leaving = replace(turn.message, payload=LEAVE_OUT)
        outcome = await self._guarded(replace(turn, message=leaving))
        return replace(outcome, replies=(said, *outcome.replies), decision=decision)

    async def _must_ask(self, turn: Turn) -> bool:
        if not self._is_asking:
            return False
        conversation_id = turn.message.conversation_id
        decision = await anyio.to_thread.run_sync(
            decided, self._unit_of_work, conversation_id, self._own.version
        )
        return decision is not Decision.AGREED

    async def _is_asked(self, turn: Turn) -> bool:
        """Tell whether the whole notice stands right above this message."""
        return await anyio.to_thread.run_sync(
            was_offered_before, self._unit_of_work, turn.message, f"/{AGREE}"
        )

    async def _said_before(self, turn: Turn) -> Message | None:
        return await anyio.to_thread.run_sync(said_before, self._unit_of_work, turn.message)

    def _decision(self, decision: Decision) -> tuple[str, Decision]:
        return self._own.version, decision

    # --- deletion -------------------------------------------------------------------------------

    async def _ask_erasure(self, turn: Turn) -> TurnOutcome:
        def count() -> Holdings:
            with self._unit_of_work() as unit:
                return holdings_of(unit, turn.message.conversation_id)

        return self._says(turn, self._own.ask_erasure(await anyio.to_thread.run_sync(count)))

    async def _erase(self, turn: Turn) -> TurnOutcome:
        conversation_id = turn.message.conversation_id

        def offered_for() -> tuple[str, ...]:
            with self._unit_of_work() as unit:
                payload = turn.message.payload or ""
                if unit.conversations.button_title(conversation_id, payload) is None:
                    return ()
                return unit.links.of(conversation_id)

        conversations = await anyio.to_thread.run_sync(offered_for)
        if not conversations:
            return self._says(turn, self._own.line(self._own.not_asked))
        # first, so that nothing stays behind if this process dies now: the turn comes again
        if self._forget is not None:
            for one in conversations:
                await anyio.to_thread.run_sync(self._forget, one)
        log.info("conversation_erased", conversation_id=conversation_id)
        return TurnOutcome(receipt=self._own.receipt_of)

    async def _keep(self, turn: Turn) -> TurnOutcome:
        return self._says(turn, self._own.line(self._own.cancelled))

    def _says(self, turn: Turn, *lines: Reply) -> TurnOutcome:
        return TurnOutcome(replies=lines, owner=Owner.BOT if turn.owner in WITH_BOT else None)


def _tells_number(message: Message) -> bool:
    return has_numbers(message.text) or has_numbers(message.payload or "")
