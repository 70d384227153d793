"""Talks with business before the bot: listed, signed up for, asked; on every channel the same."""

from dataclasses import replace

import anyio

from bot.domain.conversations import Author, Owner, Reply, Turn, TurnOutcome
from bot.domain.payloads import TALKS, Payload, parse_payload
from bot.domain.talk_texts import TalkTexts
from bot.hub.privacy import WITH_BOT, BotRouter
from bot.services.meetings.chat import TalkChat, answer, open_step, press, put_off, still_open
from bot.services.meetings.words import TalkWords
from bot.services.ports import Clock, OpenUnitOfWork

LARGEST_ID = 2**31
"""What no id reaches: a larger one would be refused by the database, not found."""

ASKED = "asked"
"""The wish of who asks something about a talk that only those who hold it know."""


class TalkRouter:
    """A router that answers about talks, and takes what it asked for.

    What is written is stored at once; a turn that is served again comes to the same.

    Args:
        inner: Finds the outcome of everything else.
        texts: What is said.
        unit_of_work: Opens transactions.
        reading: Opens those that only read, which wait for no writer: each typed text is looked at.
        base_url: Begins the addresses of the open pages.
        now: The clock.
    """

    def __init__(
        self,
        inner: BotRouter,
        texts: TalkTexts,
        *,
        unit_of_work: OpenUnitOfWork,
        reading: OpenUnitOfWork,
        base_url: str,
        now: Clock,
    ) -> None:
        self._inner = inner
        self._words = TalkWords(texts, base_url)
        self._unit_of_work = unit_of_work
        self._reading = reading
        self._now = now

    async def route(self, turn: Turn) -> TurnOutcome:
        """Return what a turn comes to; raises as the inner one does."""
        message = turn.message
        if message.author is not Author.APPLICANT or self._inner.is_danger(turn):
            return await self._inner.route(turn)
        if message.payload is not None:
            payload = parse_payload(message.payload)
            if payload.name == TALKS:
                return self._says(turn, await self._in_thread(turn, _pressed(payload)))
            return await self._inner.route(turn)
        if turn.owner not in WITH_BOT:  # a person has the word
            return await self._inner.route(turn)
        wish = self._words.texts.wish(message.text)
        if wish is not None and wish != ASKED:
            return self._says(turn, await self._in_thread(turn, (wish, None)))
        return await self._typed(turn, is_asked=wish == ASKED)

    def told_of_outage(self, turn: Turn) -> Reply:
        """Return the honest line while a part is down."""
        return self._inner.told_of_outage(turn)

    def give_up(self) -> TurnOutcome:
        """Return the outcome of a message that Rasa refuses for good."""
        return self._inner.give_up()

    def is_danger(self, turn: Turn) -> bool:
        """Tell whether the applicant cries for help."""
        return self._inner.is_danger(turn)

    async def _typed(self, turn: Turn, *, is_asked: bool) -> TurnOutcome:
        chat = self._chat(turn)
        if turn.looks is not None:  # read with the claim
            step = still_open(chat, turn.looks.step)
        else:
            looking = replace(chat, unit_of_work=self._reading)
            step = await anyio.to_thread.run_sync(open_step, looking)
        # what was asked for comes first: a question about a talk may be the one that is awaited
        said = None if step is None else await anyio.to_thread.run_sync(answer, chat, step)
        if said is not None:
            return self._says(turn, said)
        if is_asked:
            return self._says(turn, await self._in_thread(turn, (ASKED, None)))
        if step is None:
            return await self._inner.route(turn)
        outcome = await self._inner.route(turn)
        back = await anyio.to_thread.run_sync(put_off, chat, step)
        if back is None or outcome.owner is not Owner.BOT:
            return outcome
        return replace(outcome, replies=(*outcome.replies, back))

    async def _in_thread(self, turn: Turn, wanted: tuple[str, int | None]) -> Reply:
        return await anyio.to_thread.run_sync(press, self._chat(turn), *wanted)

    def _chat(self, turn: Turn) -> TalkChat:
        return TalkChat(self._unit_of_work, self._words, turn.message, self._now())

    def _says(self, turn: Turn, said: Reply) -> TurnOutcome:
        return TurnOutcome(replies=(said,), owner=Owner.BOT if turn.owner in WITH_BOT else None)


def _pressed(payload: Payload) -> tuple[str, int | None]:
    """Return what a button wants and with which talk; what makes no sense shows the list."""
    do, talk = payload.entities.get("do"), payload.entities.get("talk")
    number = talk if isinstance(talk, int) and not isinstance(talk, bool) else None
    is_id = number is not None and 0 < number < LARGEST_ID
    return (do if isinstance(do, str) else ""), (number if is_id else None)
