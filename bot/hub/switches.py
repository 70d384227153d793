"""The switches before the bot: off means people, or an honest sentence, never silence."""

from dataclasses import replace

import anyio

from bot.domain.conversations import Author, Owner, Reply, Turn, TurnOutcome
from bot.domain.payloads import STOP_WAITING
from bot.domain.switches import BOT, CHANNEL, SwitchTexts
from bot.hub.privacy import WITH_BOT, BotRouter
from bot.services.ports import OpenUnitOfWork

BOT_OFF = "bot_off"
"""Reason of a hand-over, as the desk shows it."""


class SwitchRouter:
    """A router that asks the switches first, for each message anew.

    Args:
        inner: Finds the outcome while everything is on.
        texts: What is said while something is off.
        reading: Opens units that read.
    """

    def __init__(self, inner: BotRouter, texts: SwitchTexts, reading: OpenUnitOfWork) -> None:
        self._inner = inner
        self._texts = texts
        self._reading = reading

    async def route(self, turn: Turn) -> TurnOutcome:
        """Return what a turn comes to; raises as the inner one does."""
        if turn.looks is not None and not turn.looks.off:  # read with the claim: nothing is off
            return await self._inner.route(turn)
        off = await anyio.to_thread.run_sync(self._off, turn)
        if CHANNEL in off and turn.owner in WITH_BOT:
            return self._refused(turn, self._texts.channel_off.format(reason=off[CHANNEL]))
        if BOT not in off:
            return await self._inner.route(turn)
        if turn.owner in WITH_BOT:
            return self._without_bot(turn, off[BOT])
        outcome = await self._inner.route(turn)  # a person has the word: Rasa is not asked
        if turn.message.payload == f"/{STOP_WAITING}" and outcome.owner is Owner.BOT:
            said = self._texts.bot_off_left.format(reason=off[BOT])
            return replace(outcome, replies=(_line(said),))
        return outcome

    def told_of_outage(self, turn: Turn) -> Reply:
        """Return the honest line while a part is down."""
        return self._inner.told_of_outage(turn)

    def give_up(self) -> TurnOutcome:
        """Return the outcome of a message that Rasa refuses for good."""
        return self._inner.give_up()

    def is_danger(self, turn: Turn) -> bool:
        """Tell whether the applicant cries for help."""
        return self._inner.is_danger(turn)

    def _off(self, turn: Turn) -> dict[str, str]:
        """Return the reasons: of the bot, and under `CHANNEL` that of the turn's own channel."""
        with self._reading() as unit:
            off = unit.switches.off()
            if not off:
                return {}
            channel = unit.conversations.get(turn.message.conversation_id).channel
        here = {BOT: off.get(BOT), CHANNEL: off.get(f"{CHANNEL}{channel}")}
        return {name: change.reason for name, change in here.items() if change is not None}

    def _without_bot(self, turn: Turn, reason: str) -> TurnOutcome:
        if turn.message.is_internal:  # a person has just given the conversation back
            said = self._texts.bot_off_returned.format(reason=reason)
            return TurnOutcome(replies=(_line(said),), owner=Owner.BOT)
        told = self._refused(turn, self._texts.bot_off.format(reason=reason))
        return replace(told, owner=Owner.WAITING, handoff_reason=BOT_OFF)

    def _refused(self, turn: Turn, said: str) -> TurnOutcome:
        # danger to life is answered whatever is off; the emergency numbers come first
        first = (self._inner.told_of_outage(turn),) if self._inner.is_danger(turn) else ()
        return TurnOutcome(replies=(*first, _line(said)), owner=Owner.BOT)


def _line(text: str) -> Reply:
    return Reply(text, author=Author.SYSTEM)
