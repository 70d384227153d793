"""Takes in what happened on WeChat and WeCom: stores it, and answers what needs no thinking.

Whatever comes is stored before this returns; the same event again stores nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import anyio
import structlog

from bot.channels.meanings import Meaning, start_meaning
from bot.channels.places import Places
from bot.channels.tencent import events as happened
from bot.channels.tencent.declaration import AFTER_EVENT
from bot.channels.tencent.texts import TencentTexts
from bot.domain.catalogue import Catalogue
from bot.domain.channels import Declaration
from bot.domain.choices import read_choice_key
from bot.domain.conversations import (
    Attachment,
    Author,
    Button,
    Conversation,
    EmptyMessage,
    Inbound,
    Reply,
    TextTooLong,
    TooManyMessages,
)
from bot.domain.payloads import BadPayload, clean_text
from bot.hub.hub import Hub
from bot.hub.wakeups import DESK, OUTBOX, conversation_topic
from bot.services.conversations.channel_events import WITH_BOT, found_again, lose, note
from bot.services.conversations.conversations import open_pushed_conversation
from bot.services.conversations.quotas import allow
from bot.services.ports import Clock, OpenUnitOfWork

FILE_PATH = "/desk/conversations/{conversation}/files/{channel}/{file_id}"
TOO_FAST = ":fast"

Result = TypeVar("Result")
log = structlog.get_logger()


def no_sign(_person: str) -> None:
    """Show nothing: the platform has no "typing"."""


@dataclass(frozen=True)
class Receiver:
    """Handles one event after the other, of one channel.

    Attributes:
        declaration: The channel and what it allows.
        hub: Inbox, wake-ups, the hub's own lines.
        unit_of_work: Opens transactions.
        now: The clock.
        texts: Lines of these channels.
        places: Where the districts are.
        catalogue: Their names.
        base_url: Address in links.
        menu: What a click on the menu says, by key.
        show_typing: Called with the person when an answer is on its way.
    """

    declaration: Declaration
    hub: Hub
    unit_of_work: OpenUnitOfWork
    now: Clock
    texts: TencentTexts
    places: Places
    catalogue: Catalogue
    base_url: str
    menu: Mapping[str, Meaning] = field(default_factory=dict)
    show_typing: Callable[[str], None] = no_sign

    async def take(self, event: happened.Event) -> None:
        """Store what happened; anything but a database that is away is not an error."""
        if isinstance(event, happened.Typed) and await self._took_at_once(event):
            return
        talk = await self._open(event.person)
        if isinstance(event, happened.Left):
            await _in_thread(
                lambda: lose(self.unit_of_work, conversation_id=talk.id, now=self.now())
            )
            self.hub.wakeups.ring(DESK, conversation_topic(talk.id))
            return
        has_waiting = await self._allow(event, talk)
        if isinstance(event, happened.Typed) and has_waiting and self._asks_for_more(event.text):
            await self._note(event, talk, event.text, ())
            return
        await self._handle(event, talk)

    async def _took_at_once(self, event: happened.Typed) -> bool:
        """Store a typed text with one commit; False when there is more to say about it."""
        if self._asks_for_more(event.text):  # what it means depends on what waits
            return False
        waiting: list[bool] = []

        def count(unit_of_work: OpenUnitOfWork, talk: Conversation) -> None:
            waiting[:] = [self._count(unit_of_work, event, talk.id)]

        def read(talk: Conversation) -> Inbound:
            return Inbound(self.declaration.name, talk.id, event.external_id, event.text)

        try:
            accepted = await self.hub.inbox.receive_from(
                self.declaration.name, event.person, read, count
            )
        except (TooManyMessages, EmptyMessage, TextTooLong):
            return False
        if waiting[-1]:
            self.hub.wakeups.ring(OUTBOX)
        if accepted.is_new and accepted.owner in WITH_BOT:
            self.show_typing(event.person)
        return True

    async def _handle(self, event: happened.Event, talk: Conversation) -> None:
        handlers: dict[type, Callable[..., object]] = {
            happened.Typed: self._typed,
            happened.Chosen: self._chosen,
            happened.Sent: self._sent,
            happened.Located: self._located,
            happened.Linked: self._linked,
            happened.Arrived: self._arrived,
            happened.Clicked: self._clicked,
            happened.Unreadable: self._unreadable,
        }
        await handlers[type(event)](event, talk)  # type: ignore[misc]  # one handler a class

    async def _allow(self, event: happened.Event, talk: Conversation) -> bool:
        """Count what the event allows us to say; tells whether lines wait for it."""
        if self.declaration.abilities.quota is None:
            return False
        has_waiting = await self.hub.inbox.write(
            lambda unit_of_work: self._count(unit_of_work, event, talk.id)
        )
        if has_waiting:
            self.hub.wakeups.ring(OUTBOX)
        return has_waiting

    def _count(
        self, unit_of_work: OpenUnitOfWork, event: happened.Event, conversation_id: str
    ) -> bool:
        quota = self.declaration.abilities.quota
        if quota is None:
            return False
        is_message = isinstance(event, happened.MESSAGES) or (
            isinstance(event, happened.Clicked) and event.is_message
        )
        return allow(
            unit_of_work,
            conversation_id=conversation_id,
            event_id=event.external_id,
            quota=quota if is_message else AFTER_EVENT,
            now=self.now(),
        )

    def _asks_for_more(self, text: str) -> bool:
        return text.strip().strip("“”\"'。！!") in self.texts.more

    async def _typed(self, event: happened.Typed, talk: Conversation) -> None:
        await self._say(event, talk, Meaning(event.text))

    async def _chosen(self, event: happened.Chosen, talk: Conversation) -> None:
        """Press the button itself; without it its title is a text like any other."""
        key = read_choice_key(event.key)
        button = await _in_thread(lambda: self._button(talk.id, key)) if key else None
        meaning = Meaning(event.text) if button is None else Meaning(button.title, button.payload)
        await self._say(event, talk, meaning)

    async def _say(
        self,
        event: happened.Happened,
        talk: Conversation,
        meaning: Meaning,
        attachments: tuple[Attachment, ...] = (),
    ) -> None:
        inbound = Inbound(
            channel=self.declaration.name,
            conversation_id=talk.id,
            external_id=event.external_id,
            text=meaning.text,
            payload=meaning.payload,
            attachments=attachments,
        )
        try:
            accepted = await self.hub.inbox.receive(inbound)
        except TooManyMessages:
            await self._slow_down(event, talk, meaning.text)
            return
        except (BadPayload, EmptyMessage, TextTooLong):
            await self._unreadable(event, talk)
            return
        if accepted.is_new and talk.owner in WITH_BOT:
            self.show_typing(event.person)

    async def _sent(self, event: happened.Sent, talk: Conversation) -> None:
        is_heard = event.kind in {"voice", "video"}
        name = self.texts.notes[f"{event.kind}_file" if is_heard else event.kind]
        url = FILE_PATH.format(
            conversation=talk.id, channel=self.declaration.name, file_id=event.media_id
        )
        attachments = (Attachment(name, url, event.media_type),)
        if event.words.strip():
            await self._say(event, talk, Meaning(event.words), attachments)
            return
        told = self.texts.line(event.kind if is_heard else "file_kept", name=name)
        text = self.texts.notes[event.kind] if is_heard else ""
        await self._note(event, talk, text, (told,), attachments=attachments)

    async def _located(self, event: happened.Located, talk: Conversation) -> None:
        codes = self.places.nearest(event.latitude, event.longitude)
        names = [self.catalogue.district(code).name for code in codes]
        line = self.texts.line("location" if names else "location_far")
        buttons = tuple(Button(name, f'/inform{{"district": "{name}"}}') for name in names)
        told = Reply(line.text, buttons, author=Author.SYSTEM)
        await self._note(event, talk, self.texts.notes["location"], (told,))

    async def _linked(self, event: happened.Linked, talk: Conversation) -> None:
        try:
            shown = clean_text(f"{event.title}\n{event.url}")
        except EmptyMessage:
            await self._unreadable(event, talk)
            return
        await self._note(event, talk, shown, (self.texts.line("link_kept"),))

    async def _arrived(self, event: happened.Arrived, talk: Conversation) -> None:
        if talk.unreachable_since is not None:
            await _in_thread(lambda: found_again(self.unit_of_work, conversation_id=talk.id))
        meaning = start_meaning(event.scene, self.texts.deep_links, self.base_url)
        if meaning is not None:
            await self._say(event, talk, meaning)
        elif event.is_new:
            welcome = Reply(self.hub.texts.welcome, self.hub.texts.starters, author=Author.SYSTEM)
            shown = self.texts.notes["scanned" if event.scene else "followed"]
            await self._note(event, talk, shown, (welcome,), is_always_told=True)

    async def _clicked(self, event: happened.Clicked, talk: Conversation) -> None:
        meaning = self.menu.get(event.key)
        if meaning is None:
            log.info("menu_key_unknown", channel=self.declaration.name)
            return
        await self._say(event, talk, meaning)

    async def _unreadable(self, event: happened.Happened, talk: Conversation) -> None:
        told = (self.texts.line("unreadable"),)
        await self._note(event, talk, self.texts.notes["unreadable"], told)

    async def _slow_down(self, event: happened.Happened, talk: Conversation, text: str) -> None:
        last = await _in_thread(lambda: self._last(talk.id))
        if last is not None and last.endswith(TOO_FAST):
            log.info("message_dropped", conversation_id=talk.id)  # said once is enough
            return
        told = (self.texts.line("too_fast"),)
        await self._note(event, talk, text, told, is_always_told=True, mark=TOO_FAST)

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
    ) -> None:
        await _in_thread(
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

    async def _open(self, person: str) -> Conversation:
        return await self.hub.inbox.write(
            lambda unit_of_work: open_pushed_conversation(
                unit_of_work,
                channel=self.declaration.name,
                external_id=person,
                now=self.now(),
            )
        )

    def _last(self, conversation_id: str) -> str | None:
        with self.unit_of_work() as unit:
            return unit.conversations.last_external_id(conversation_id)

    def _button(self, conversation_id: str, key: tuple[int, int]) -> Button | None:
        line, index = key
        with self.unit_of_work() as unit:
            offered = unit.conversations.offered_by(conversation_id, line)
        return offered[index] if index < len(offered) else None


async def _in_thread(job: Callable[[], Result]) -> Result:
    return await anyio.to_thread.run_sync(job)
