"""Who answers a message: the bot, a person, or nobody yet."""

import json
from dataclasses import replace

import structlog

from bot.domain.conversations import Author, Message, Owner, Reply, Turn, TurnOutcome
from bot.domain.hub_texts import HubTexts
from bot.domain.payloads import HAND_BACK, STOP_WAITING, to_rasa_text
from bot.hub.answers import Answer
from bot.hub.rasa_client import PartDown, RasaClient, TurnFailed
from bot.services.words.queue import leaves_queue

log = structlog.get_logger()


class Router:
    """Finds the outcome of a turn; stores nothing."""

    def __init__(self, rasa: RasaClient, texts: HubTexts) -> None:
        self._rasa = rasa
        self._texts = texts

    async def route(self, turn: Turn) -> TurnOutcome:
        """Return what a turn comes to.

        Raises:
            PartDown: Rasa or the action server is away; the message must be tried again.
            TurnFailed: Rasa could not take this message now; the same.
        """
        is_leaving = turn.message.payload == f"/{STOP_WAITING}"
        if turn.owner is Owner.WAITING and (is_leaving or _leaves_by_words(turn.message)):
            return TurnOutcome(replies=self._line("left_queue"), owner=Owner.BOT)
        if turn.owner in {Owner.WAITING, Owner.AGENT}:
            # a person has the word; only danger to life is answered beside them, by one line
            return TurnOutcome(replies=self._line("emergency") if self.is_danger(turn) else ())
        if is_leaving:
            return TurnOutcome(replies=self._line("not_waiting"), owner=Owner.BOT)
        rasa = self._rasa.at(turn.rasa_url)
        answer = await self._ask_bot(turn, rasa)
        outcome = TurnOutcome(
            replies=answer.replies,
            owner=Owner.BOT,
            personal_from=answer.personal_from,
            may_leave_out=answer.may_leave_out,
            lesson=answer.lesson,
            model=(await rasa.status()).model or "" if answer.lesson else "",
        )
        if answer.handoff_reason is None:
            return outcome
        return replace(
            outcome,
            owner=Owner.WAITING,
            handoff_reason=answer.handoff_reason,
            fields=await self._snapshot(turn.message, rasa),
        )

    def told_of_outage(self, turn: Turn) -> Reply:
        """Return the honest line while a part is down; the emergency numbers come first."""
        return self._texts.lines["emergency" if self.is_danger(turn) else "outage"]

    def is_danger(self, turn: Turn) -> bool:
        """Tell whether the applicant cries for help."""
        message = turn.message
        is_typed = message.payload is None and message.author is Author.APPLICANT
        return is_typed and self._texts.danger.are_in(message.text)

    def give_up(self) -> TurnOutcome:
        """Return the outcome of a message that Rasa refuses for good."""
        return TurnOutcome(replies=self._line("no_answer"), owner=Owner.BOT)

    async def _ask_bot(self, turn: Turn, rasa: RasaClient) -> Answer:
        if not await self._rasa.actions_up():
            raise PartDown("actions")
        message = turn.message
        answer = await rasa.ask(
            message.conversation_id,
            to_rasa_text(message),
            str(message.id),
            fields=json.loads(message.text) if message.is_internal else None,
        )
        return self._never_silent(answer, message)

    def _never_silent(self, answer: Answer, message: Message) -> Answer:
        if not answer.is_empty:
            return answer
        log.warning("turn_without_answer", message_id=message.id)
        name = "welcome_back" if message.payload == HAND_BACK else "no_answer"
        return replace(answer, replies=self._line(name))

    async def _snapshot(self, message: Message, rasa: RasaClient) -> dict[str, object] | None:
        try:
            return await rasa.slots(message.conversation_id)
        except (PartDown, TurnFailed) as error:
            # the person matters more than the form: hand over without it
            log.warning("slots_not_read", message_id=message.id, error=str(error))
            return None

    def _line(self, name: str) -> tuple[Reply, ...]:
        return (self._texts.lines[name],)


def _leaves_by_words(message: Message) -> bool:
    is_typed = message.payload is None and message.author is Author.APPLICANT
    return is_typed and leaves_queue(message.text)
