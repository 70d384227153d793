"""Takes in what happened on Telegram: stores it, and answers what nobody has to think about.

Whatever comes is stored before this returns; the same update again stores nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

import anyio
import structlog
from telegram import Update

from bot.channels.meanings import Meaning, start_meaning
from bot.channels.places import Places
from bot.channels.telegram import updates as happened
from bot.channels.telegram.commands import OWN_CASES, command_meaning
from bot.channels.telegram.contact_notice import TOLD, ContactNotice
from bot.channels.telegram.courtesies import Courtesies
from bot.channels.telegram.declaration import TELEGRAM
from bot.channels.telegram.keyboards import DONE
from bot.channels.telegram.texts import TelegramTexts
from bot.channels.telegram.updates import message_mark, read_update
from bot.domain.catalogue import Catalogue
from bot.domain.choices import read_choice_key
from bot.domain.conversations import (
    Accepted,
    Attachment,
    Author,
    Button,
    Conversation,
    EmptyMessage,
    Inbound,
    Owner,
    Reply,
    TextTooLong,
    TooManyMessages,
)
from bot.domain.payloads import BadPayload
from bot.hub.hub import Hub
from bot.hub.wakeups import DESK, OUTBOX, conversation_topic
from bot.services.cases.contact import open_cases_of_own_phone
from bot.services.conversations.channel_events import WITH_BOT, found_again, lose, note
from bot.services.conversations.conversations import open_pushed_conversation
from bot.services.ports import Clock, OpenUnitOfWork
from bot.services.reading.identifiers import check_phone

CHANNEL = TELEGRAM.name
FILE_PATH = "/desk/conversations/{conversation}/files/telegram/{file_id}"
TOO_FAST = ":fast"
TAIL = 4

Result = TypeVar("Result")
log = structlog.get_logger()


@dataclass(frozen=True)
class Receiver:
    """Handles one update after the other.

    Attributes:
        hub: Inbox, wake-ups, the hub's own lines.
        unit_of_work: Opens transactions.
        now: The clock.
        texts: Telegram's own lines.
        places: Where the districts are.
        catalogue: Their names.
        contact_notice: What has to be said before a shared number is used.
        courtesies: What is nice to have: "typing", the press acknowledged.
        base_url: Address in links.
    """

    hub: Hub
    unit_of_work: OpenUnitOfWork
    now: Clock
    texts: TelegramTexts
    places: Places
    catalogue: Catalogue
    contact_notice: ContactNotice
    courtesies: Courtesies = field(repr=False)
    base_url: str

    async def take(self, update: Update) -> None:
        """Store what an update says; anything but a database that is away is not an error."""
        event = read_update(update)
        if event is None:
            log.info("telegram_update_ignored", update_id=update.update_id)
            return
        await self.take_event(event)

    async def take_event(self, event: happened.Event) -> None:
        """Store what happened, as `take` does."""
        if isinstance(event, happened.InGroup):
            await self._answer_group(event)
            return
        if isinstance(event, happened.Typed) and await self._took_at_once(event):
            return
        talk = await self._open(event.chat_id)
        await self._handle(event, talk)

    async def _took_at_once(self, event: happened.Typed) -> bool:
        """Store a typed text with one commit; False when there is more to say about it."""

        def read(talk: Conversation) -> Inbound:
            return Inbound(CHANNEL, talk.id, event.external_id, event.text)

        try:
            accepted = await self.hub.inbox.receive_from(CHANNEL, str(event.chat_id), read)
        except (TooManyMessages, EmptyMessage, TextTooLong):
            return False
        self._show_typing(event, accepted, accepted.owner)
        return True

    def _show_typing(self, event: happened.Happened, accepted: Accepted, owner: Owner) -> None:
        """Show that an answer is on its way, which is no lie while a worker has a free hand."""
        if accepted.is_new and owner in WITH_BOT and not self.hub.worker.is_full:
            self.courtesies.typing(event.chat_id)

    async def _handle(self, event: happened.Event, talk: Conversation) -> None:
        handlers: dict[type, Callable[..., object]] = {
            happened.Typed: self._typed,
            happened.Commanded: self._commanded,
            happened.Pressed: self._pressed,
            happened.Sent: self._sent,
            happened.Shared: self._shared,
            happened.Located: self._located,
            happened.Edited: self._edited,
            happened.Unreadable: self._unreadable,
            happened.Left: self._left,
            happened.CameBack: self._came_back,
        }
        await handlers[type(event)](event, talk)  # type: ignore[misc]  # one handler a class

    async def _typed(self, event: happened.Typed, talk: Conversation) -> None:
        await self._say(event, talk, Meaning(event.text))

    async def _say(
        self,
        event: happened.Happened,
        talk: Conversation,
        meaning: Meaning,
        attachments: tuple[Attachment, ...] = (),
        external_id: str = "",
    ) -> bool:
        """Put what the person says into the inbox; tells whether it was new."""
        inbound = Inbound(
            channel=CHANNEL,
            conversation_id=talk.id,
            external_id=external_id or event.external_id,
            text=meaning.text,
            payload=meaning.payload,
            attachments=attachments,
        )
        try:
            accepted = await self.hub.inbox.receive(inbound)
        except TooManyMessages:
            await self._slow_down(event, talk, meaning.text)
            return False
        except (EmptyMessage, TextTooLong):
            await self._unreadable(event, talk)
            return False
        self._show_typing(event, accepted, talk.owner)
        return accepted.is_new

    async def _commanded(self, event: happened.Commanded, talk: Conversation) -> None:
        if event.name == "start":
            meaning = start_meaning(event.rest, self.texts.deep_links, self.base_url)
            if meaning is None:
                welcome = Reply(
                    self.hub.texts.welcome, self.hub.texts.starters, author=Author.SYSTEM
                )
                await self._note(event, talk, "/start", (welcome,), is_always_told=True)
                return
        elif event.name == "mycases":
            if not await _in_thread(lambda: self._knows_cases(talk.id)):
                await self._ask_contact(event, talk, self.texts.commands["mycases"])
                return
            meaning = Meaning(self.texts.commands["mycases"], f"/query_case{OWN_CASES}")
        else:
            meaning = command_meaning(event.name, talk.owner, self.texts)
        if meaning is None:
            told = (self.texts.line("unknown_command"),)
            await self._note(event, talk, f"/{event.name}", told, is_always_told=True)
            return
        await self._say(event, talk, meaning)

    async def _pressed(self, event: happened.Pressed, talk: Conversation) -> None:
        if event.data == DONE:
            self.courtesies.acknowledge(event.query_id, self.texts.answers["already"])
            return
        key = read_choice_key(event.data)
        button = await _in_thread(lambda: self._button(talk.id, key)) if key else None
        if key is None or button is None:
            self._refuse_press(event)
            return
        meaning = Meaning(button.title, button.payload)
        try:
            # one press a keyboard, whichever of its buttons and however often the update comes
            is_new = await self._say(event, talk, meaning, external_id=f"b{key[0]}")
        except BadPayload:
            self._refuse_press(event)
            return
        answer = self.texts.answers["chosen" if is_new else "already"]
        self.courtesies.acknowledge(event.query_id, answer.format(title=button.title))
        if is_new:
            mark = self.texts.chosen_mark.format(title=button.title)
            self.courtesies.close_keyboard(event.chat_id, event.message_id, mark)

    def _refuse_press(self, event: happened.Pressed) -> None:
        self.courtesies.acknowledge(event.query_id, self.texts.answers["expired"], is_alert=True)

    async def _sent(self, event: happened.Sent, talk: Conversation) -> None:
        url = FILE_PATH.format(conversation=talk.id, file_id=event.file_id)
        named = f"{event.kind}_file" if event.kind in {"voice", "video"} else event.kind
        name = event.name or self.texts.notes[named]
        attachments = (Attachment(name, url, event.media_type),)
        if event.caption.strip():
            await self._say(event, talk, Meaning(event.caption), attachments)
            return
        is_voice = event.kind in {"voice", "video"}
        told = self.texts.line("voice") if is_voice else self.texts.line("file_kept", name=name)
        mark = f":g{event.group}" if event.group else ""
        last = await _in_thread(lambda: self._last(talk.id)) if mark else None
        is_next_of_album = bool(mark) and last is not None and last.endswith(mark)
        await self._note(
            event,
            talk,
            self.texts.notes[event.kind] if is_voice else "",
            () if is_next_of_album else (told,),
            attachments=attachments,
            mark=mark,
        )

    async def _shared(self, event: happened.Shared, talk: Conversation) -> None:
        if not event.is_own:
            told = (self.texts.line("contact_is_not_own"),)
            is_told = await _in_thread(
                lambda: self.contact_notice.is_told(talk.id, event.external_id)
            )
            words, mark = self.texts.notes["contact_of_other"], TOLD if is_told else ""
            await self._note(event, talk, words, told, mark=mark)
            return
        if await _in_thread(lambda: self.contact_notice.must_tell(talk.id)):
            if not await _in_thread(
                lambda: self.contact_notice.is_told(talk.id, event.external_id)
            ):
                await self._ask_contact(event, talk, self.texts.notes["contact"])
                return
            await _in_thread(lambda: self.contact_notice.agree(talk.id))
        # Telegram writes numbers with their country code, sometimes without the plus
        whole = f"+{event.phone.lstrip('+')}"
        phone = check_phone(whole).value or whole
        told = (self.texts.line("contact_is_own", phone=phone, tail=phone[-TAIL:]),)
        is_new = await self._note(event, talk, self.texts.notes["contact"], told)
        if is_new:
            await _in_thread(
                lambda: open_cases_of_own_phone(
                    self.unit_of_work, phone=phone, conversation_id=talk.id, now=self.now()
                )
            )

    async def _ask_contact(self, event: happened.Happened, talk: Conversation, text: str) -> None:
        """Offer to send one's own number; the notice stands above while nobody has agreed."""
        if await _in_thread(lambda: self.contact_notice.must_tell(talk.id)):
            told = self.texts.line("ask_contact_first", notice=self.contact_notice.notice)
            await self._note(event, talk, text, (told,), mark=TOLD)
            return
        await self._note(event, talk, text, (self.texts.line("ask_contact"),))

    async def _located(self, event: happened.Located, talk: Conversation) -> None:
        codes = self.places.nearest(event.latitude, event.longitude)
        names = [self.catalogue.district(code).name for code in codes]
        line = self.texts.line("location" if names else "location_far")
        buttons = tuple(Button(name, f'/inform{{"district": "{name}"}}') for name in names)
        told = Reply(line.text, buttons, author=Author.SYSTEM)
        await self._note(event, talk, self.texts.notes["location"], (told,))

    async def _edited(self, event: happened.Edited, talk: Conversation) -> None:
        """Take an edit of the last message as what the person says now; else say how to go on."""
        last = await _in_thread(lambda: self._last(talk.id))
        is_last = last is not None and last.endswith(message_mark(event.message_id))
        if is_last and event.text.strip():
            await self._say(event, talk, Meaning(event.text))
            return
        await self._note(event, talk, event.text, (self.texts.line("edited"),))

    async def _unreadable(self, event: happened.Happened, talk: Conversation) -> None:
        told = (self.texts.line("unreadable"),)
        await self._note(event, talk, self.texts.notes["unreadable"], told)

    async def _slow_down(self, event: happened.Happened, talk: Conversation, text: str) -> None:
        last = await _in_thread(lambda: self._last(talk.id))
        if last is not None and last.endswith(TOO_FAST):
            log.info("telegram_message_dropped", conversation_id=talk.id)  # said once is enough
            return
        told = (self.texts.line("too_fast"),)
        await self._note(event, talk, text, told, is_always_told=True, mark=TOO_FAST)

    async def _left(self, _event: happened.Left, talk: Conversation) -> None:
        await _in_thread(lambda: lose(self.unit_of_work, conversation_id=talk.id, now=self.now()))
        self.hub.wakeups.ring(DESK, conversation_topic(talk.id))

    async def _came_back(self, _event: happened.CameBack, talk: Conversation) -> None:
        await _in_thread(lambda: found_again(self.unit_of_work, conversation_id=talk.id))
        self.hub.wakeups.ring(DESK, conversation_topic(talk.id))

    async def _answer_group(self, event: happened.InGroup) -> None:
        known = await _in_thread(lambda: self._find(event.chat_id))
        if known is None:  # once, at the first thing that is said there
            talk = await self._open(event.chat_id)
            await self._note(event, talk, "", (self.texts.line("group"),))

    async def _note(
        self,
        event: happened.Happened,
        talk: Conversation,
        text: str,
        told: tuple[Reply, ...],
        *,
        attachments: tuple[Attachment, ...] = (),
        is_always_told: bool = False,
        mark: str = "",
    ) -> bool:
        is_new = await _in_thread(
            lambda: note(
                self.unit_of_work,
                conversation_id=talk.id,
                external_id=event.external_id + mark,
                text=text,
                now=self.now(),
                told=told,
                attachments=attachments,
                is_always_told=is_always_told,
            )
        )
        self.hub.wakeups.ring(OUTBOX, DESK, conversation_topic(talk.id))
        return is_new

    async def _open(self, chat_id: int) -> Conversation:
        return await self.hub.inbox.write(
            lambda unit_of_work: open_pushed_conversation(
                unit_of_work, channel=CHANNEL, external_id=str(chat_id), now=self.now()
            )
        )

    def _find(self, chat_id: int) -> Conversation | None:
        with self.unit_of_work() as unit:
            return unit.conversations.find(CHANNEL, str(chat_id))

    def _last(self, conversation_id: str) -> str | None:
        with self.unit_of_work() as unit:
            return unit.conversations.last_external_id(conversation_id)

    def _knows_cases(self, conversation_id: str) -> bool:
        with self.unit_of_work() as unit:
            return bool(unit.cases.granted_numbers(conversation_id))

    def _button(self, conversation_id: str, key: tuple[int, int]) -> Button | None:
        line, index = key
        with self.unit_of_work() as unit:
            offered = unit.conversations.offered_by(conversation_id, line)
        return offered[index] if index < len(offered) else None


async def _in_thread(job: Callable[[], Result]) -> Result:
    return await anyio.to_thread.run_sync(job)
