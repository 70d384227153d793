"""The repository of conversations and their messages."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.sql import Select

from bot.domain.conversations import (
    ALLOWED_OWNERS,
    Accepted,
    Attachment,
    Author,
    Button,
    Conversation,
    ForbiddenOwner,
    Heard,
    Hold,
    Inbound,
    Message,
    Owner,
    OwnerChanged,
    Reply,
    Speaker,
    Turn,
    UnknownConversation,
)
from bot.domain.deliveries import PULLED_CHANNELS, UNREACHABLE, DeliveryState
from bot.store import conversation_statements as statements
from bot.store import many_heard
from bot.store.conversation_rows import conversation_of, is_visible, message_of
from bot.store.hearing import BUTTONS_LOOKED_BACK, hear
from bot.store.straight import rows_of, whole
from bot.store.tables.conversations import CONVERSATIONS, MESSAGES
from bot.store.tables.desk import DESK_PAIRS, DESK_TEXTS
from bot.store.taking_in import add_conversation, add_heard
from bot.store.turn_ends import end_values, line_of, line_values, lines_of, lines_values


class ConversationRepository:
    """Conversations on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, conversation_id: str) -> Conversation:
        """Return one; raises `UnknownConversation`."""
        return self._one(statements.CONVERSATION, this=conversation_id)

    def get_by_token(self, token_hash: str) -> Conversation:
        """Return the one whose secret has this SHA-256 (hex); raises `UnknownConversation`."""
        return self._one(statements.CONVERSATION_OF_TOKEN, token=token_hash)

    def find(self, channel: str, external_id: str) -> Conversation | None:
        """Return a person's conversation on a push channel, None before the first message."""
        try:
            return self._one(statements.CONVERSATION_OF_PERSON, on=channel, person=external_id)
        except UnknownConversation:
            return None

    def add(
        self,
        conversation: Conversation,
        *,
        token_hash: str | None = None,
        external_id: str | None = None,
    ) -> bool:
        """Store a new conversation; False when the person has one on this channel already."""
        return add_conversation(
            self._connection, conversation, token_hash=token_hash, external_id=external_id
        )

    def list_by_owner(
        self, owner: Owner, *, agent_id: int | None = None, limit: int = 200
    ) -> tuple[Conversation, ...]:
        """Return those of one owner, the longest waiting first; `agent_id` narrows it down."""
        columns = CONVERSATIONS.c
        query = select(CONVERSATIONS).where(columns.owner == owner.value)
        if agent_id is not None:
            query = query.where(columns.agent_id == agent_id)
        query = query.order_by(columns.waiting_since, columns.updated_at.desc()).limit(limit)
        return tuple(conversation_of(row) for row in self._connection.execute(query))

    def newest(self, limit: int, *, without_channel: str) -> tuple[Conversation, ...]:
        """Return the conversations that changed last, newest first, one channel left out."""
        columns = CONVERSATIONS.c
        query = select(CONVERSATIONS).where(columns.channel != without_channel)
        query = query.order_by(columns.updated_at.desc(), columns.id).limit(limit)
        return tuple(conversation_of(row) for row in self._connection.execute(query))

    def add_inbound(
        self,
        conversation_id: str,
        *,
        author: Author,
        text: str,
        payload: str | None,
        external_id: str | None,
        now: datetime,
        attachments: Sequence[Attachment] = (),
        is_handled: bool = False,
    ) -> Accepted:
        """Store a message that the worker must handle; the same `external_id` is stored once."""
        self._touch(conversation_id, now)
        if external_id is not None:
            stored = self.find_inbound(conversation_id, external_id)
            if stored is not None:
                return Accepted(message_id=stored, is_new=False)
        message_id = self._insert_message(
            conversation_id=conversation_id,
            author=author.value,
            text=text,
            payload=payload,
            external_id=external_id,
            buttons=[],
            attachments=[[item.title, item.url, item.media_type] for item in attachments],
            created_at=now,
            next_attempt_at=now,
            handled_at=now if is_handled else None,
        )
        return Accepted(message_id=message_id, is_new=True)

    def hear(self, speaker: Speaker, *, since: datetime, run_id: str | None = None) -> Heard:
        """Find and lock a conversation, and ask all of it; see `ConversationStore.hear`."""
        return hear(self._connection, speaker, since, run_id)

    def add_heard(
        self, inbound: Inbound, *, now: datetime, hold: Hold | None, is_opened: bool = False
    ) -> tuple[Accepted, bool]:
        """Store a message of an applicant once; see `ConversationStore.add_heard`."""
        added = add_heard(self._connection, inbound, now=now, hold=hold, is_opened=is_opened)
        if added is None:
            return self._stored_before(inbound), False
        message_id, is_begun = added
        return Accepted(message_id=message_id, is_new=True), is_begun

    def hear_all(self, speakers: Sequence[Speaker], *, since: datetime) -> Sequence[Heard | None]:
        """Do what `hear` does for many; see `ConversationStore.hear_all`."""
        return many_heard.hear_all(self._connection, speakers, since)

    def add_all(self, people: Mapping[str, Conversation], *, now: datetime) -> frozenset[str]:
        """Do what `add` does for many people; see `ConversationStore.add_all`."""
        return many_heard.open_all(self._connection, people, now)

    def add_all_heard(
        self, heard: Sequence[Heard], said: Sequence[Inbound], *, now: datetime
    ) -> Sequence[Accepted]:
        """Do what `add_heard` does for many; see `ConversationStore.add_all_heard`."""
        added = many_heard.add_all(self._connection, heard, said, now)
        return [
            self._stored_before(inbound) if one is None else Accepted(one, is_new=True)
            for inbound, one in zip(said, added, strict=True)
        ]

    def _stored_before(self, inbound: Inbound) -> Accepted:
        stored = self.find_inbound(inbound.conversation_id, inbound.external_id)
        if stored is None:
            raise UnknownConversation(inbound.conversation_id)
        return Accepted(message_id=stored, is_new=False)

    def find_inbound(self, conversation_id: str, external_id: str) -> int | None:
        """Return the id of a message stored before, or None."""
        wanted = {"this": conversation_id, "sent_as": external_id}
        found = self._connection.execute(statements.STORED_BEFORE, wanted).scalar()
        return None if found is None else int(found)

    def count_from_applicant(self, conversation_id: str, since: datetime) -> int:
        """Count the applicant's messages since then."""
        wanted = {"this": conversation_id, "since": since}
        found = self._connection.execute(statements.COUNT_FROM_APPLICANT, wanted)
        return int(found.scalar_one())

    def add_message(
        self,
        conversation_id: str,
        reply: Reply,
        *,
        now: datetime,
        agent_id: int | None = None,
    ) -> Message:
        """Append a line; on push channels it also goes into the outbox."""
        return self.add_messages(conversation_id, (reply,), now=now, agent_id=agent_id)[0]

    def add_messages(
        self,
        conversation_id: str,
        replies: Sequence[Reply],
        *,
        now: datetime,
        agent_id: int | None = None,
    ) -> tuple[Message, ...]:
        """Append lines in this order; on push channels they also go into the outbox."""
        if not replies:
            return ()
        self._touch(conversation_id, now)
        lines = tuple(self._add_line(conversation_id, one, now, agent_id) for one in replies)
        self._deliver(conversation_id, lines)
        return lines

    def say(
        self, turn: Turn, replies: Sequence[Reply], *, now: datetime
    ) -> tuple[tuple[Message, ...], bool]:
        """Append the lines of a turn that `TurnRepository.end` has ended, as `add_messages` does.

        Ending it has locked the conversation. Tells as well whether nothing had come since.
        """
        conversation_id = turn.message.conversation_id
        lines: list[Message] = []
        if replies and self._connection.dialect.name == "postgresql":
            line, is_last = self._add_line_after(turn.message, replies[0], now)
            lines.append(line)
        else:
            is_last = self._is_last(turn.message)
        rest = replies[len(lines) :]
        lines += [self._add_line(conversation_id, one, now, None) for one in rest]
        if lines and turn.channel not in PULLED_CHANNELS:
            self._deliver(conversation_id, lines)
        return tuple(lines), is_last

    def say_at_once(
        self,
        turn: Turn,
        replies: Sequence[Reply],
        *,
        fields: Mapping[str, object] | None,
        now: datetime,
    ) -> tuple[tuple[Message, ...], bool] | None:
        """End a turn and append its lines; see `ConversationStore.say_at_once`."""
        if turn.channel not in PULLED_CHANNELS or len(replies) > statements.MOST_AT_ONCE:
            return None
        values = end_values(turn, now=now, is_saying=True, fields=fields)
        add = statements.ADD_LINES_IF_ENDED[len(replies)]
        parts = ((statements.END_NOTED, values), (add, lines_values(turn, replies, now)))
        rows = whole(self._connection, parts)
        return lines_of(rows, turn, replies, now) if rows else None

    def _add_line_after(
        self, message: Message, reply: Reply, now: datetime
    ) -> tuple[Message, bool]:
        """Append a line and tell whether the message was the last one, in one journey."""
        conversation_id = message.conversation_id
        values = line_values(conversation_id, reply, now)
        wanted = {"this": conversation_id, "after": message.id}
        (row,) = rows_of(self._connection, statements.ADD_LINE_AFTER, values | wanted)
        return line_of(row.id, conversation_id, reply, now), not row.has_later

    def _is_last(self, message: Message) -> bool:
        wanted = {"this": message.conversation_id, "after": message.id}
        return self._connection.execute(statements.LATER, wanted).first() is None

    def _deliver(self, conversation_id: str, lines: Sequence[Message]) -> None:
        conversation = self.get(conversation_id)
        if conversation.channel not in PULLED_CHANNELS:
            for line in lines:
                self._add_delivery(conversation, line)

    def _add_line(
        self, conversation_id: str, reply: Reply, now: datetime, agent_id: int | None
    ) -> Message:
        values = line_values(conversation_id, reply, now, agent_id)
        return line_of(self._insert_message(**values), conversation_id, reply, now, agent_id)

    def _add_delivery(self, conversation: Conversation, line: Message) -> None:
        is_lost = conversation.unreachable_since is not None
        values = {
            "message_id": line.id,
            "conversation_id": conversation.id,
            "channel": conversation.channel,
            "state": (DeliveryState.FAILED if is_lost else DeliveryState.PENDING).value,
            "attempts": 0,
            "next_attempt_at": line.created_at,
            "last_error": UNREACHABLE if is_lost else None,
        }
        self._connection.execute(statements.ADD_DELIVERY, values)

    def messages(
        self, conversation_id: str, *, after: int = 0, limit: int = 200
    ) -> tuple[Message, ...]:
        """Return visible lines with an id above `after`, oldest first."""
        wanted = {"this": conversation_id, "after": after, "most": limit}
        rows = rows_of(self._connection, statements.LINES, wanted)
        return tuple(message_of(row) for row in rows)

    def latest(self, conversation_ids: Sequence[str]) -> Mapping[str, Message]:
        """Return the last visible line of each conversation that has one."""
        columns = MESSAGES.c
        newest = (
            select(func.max(columns.id))
            .where(columns.conversation_id.in_(list(conversation_ids)), is_visible())
            .group_by(columns.conversation_id)
        )
        rows = self._connection.execute(select(MESSAGES).where(columns.id.in_(newest)))
        return {row.conversation_id: message_of(row) for row in rows}

    def last_said(self, conversation_id: str) -> Message | None:
        """Return the last visible line that the applicant has not written, None for none."""
        rows = rows_of(self._connection, statements.LAST_SAID, {"this": conversation_id})
        return message_of(rows[0]) if rows else None

    def is_busy(self, conversation_id: str) -> bool:
        """Tell whether a message still waits to be handled."""
        wanted = {"this": conversation_id}
        return bool(rows_of(self._connection, statements.PENDING, wanted))

    def button_title(self, conversation_id: str, payload: str) -> str | None:
        """Return the title of the newest button with this payload, None when none was offered."""
        columns = MESSAGES.c
        query = (
            select(columns.buttons)
            .where(columns.conversation_id == conversation_id)
            .order_by(columns.id.desc())
            .limit(BUTTONS_LOOKED_BACK)
        )
        for (buttons,) in self._connection.execute(query):
            for title, offered in buttons:
                if offered == payload:
                    return str(title)
        return None

    def was_offered_before(self, conversation_id: str, message_id: int, payload: str) -> bool:
        """Tell whether the newest buttons right before a message hold one with this payload.

        None once the applicant or a person has spoken: what one answers then is meant for them.
        """
        query = statements.OFFERS.where(MESSAGES.c.id < message_id)
        wanted = {"this": conversation_id, "most": BUTTONS_LOOKED_BACK}
        for author, buttons in self._connection.execute(query, wanted):
            if author in {Author.APPLICANT.value, Author.AGENT.value}:
                return False
            if buttons:
                return any(offered == payload for _, offered in buttons)
        return False

    def offered_by(self, conversation_id: str, message_id: int) -> tuple[Button, ...]:
        """Return the buttons under one line of this conversation, none when it is not there."""
        columns = MESSAGES.c
        query = select(columns.buttons).where(
            columns.id == message_id, columns.conversation_id == conversation_id
        )
        found = self._connection.execute(query).scalar()
        return tuple(Button(*item) for item in found or ())

    def said_before(self, conversation_id: str, message_id: int) -> Message | None:
        """Return the applicant's message before this one, None for none."""
        columns = MESSAGES.c
        query = (
            select(MESSAGES)
            .where(
                columns.conversation_id == conversation_id,
                columns.author == Author.APPLICANT.value,
                columns.id < message_id,
            )
            .order_by(columns.id.desc())
            .limit(1)
        )
        row = self._connection.execute(query).one_or_none()
        return None if row is None else message_of(row)

    def change_words(self, message_id: int, change: Callable[[str], str]) -> None:
        """Change text and command of a stored message, and take the old text out of the search."""
        mine = MESSAGES.c.id == message_id
        old = self._connection.execute(select(MESSAGES).where(mine)).one()
        payload = None if old.payload is None else change(old.payload)
        changed = {"text": change(old.text), "payload": payload}
        self._connection.execute(update(MESSAGES).where(mine).values(**changed))
        indexed = select(DESK_TEXTS.c.id).where(
            DESK_TEXTS.c.kind == "message", DESK_TEXTS.c.ref_id == message_id
        )
        self._connection.execute(delete(DESK_PAIRS).where(DESK_PAIRS.c.text_id.in_(indexed)))
        self._connection.execute(delete(DESK_TEXTS).where(DESK_TEXTS.c.id.in_(indexed)))

    def last_external_id(self, conversation_id: str) -> str | None:
        """Return the platform's id of the applicant's last message, None before the first."""
        columns = MESSAGES.c
        query = (
            select(columns.external_id)
            .where(
                columns.conversation_id == conversation_id,
                columns.author == Author.APPLICANT.value,
                columns.external_id.is_not(None),
            )
            .order_by(columns.id.desc())
            .limit(1)
        )
        found = self._connection.execute(query).scalar()
        return None if found is None else str(found)

    def set_unreachable(self, conversation_id: str, at: datetime | None) -> None:
        """Note since when nothing gets through to the person; None when it does again."""
        self._connection.execute(
            update(CONVERSATIONS)
            .where(CONVERSATIONS.c.id == conversation_id)
            .values(unreachable_at=at)
        )

    def change_owner(
        self,
        conversation_id: str,
        *,
        seen: Owner,
        to: Owner,
        now: datetime,
        agent_id: int | None = None,
        handoff_reason: str | None = None,
    ) -> None:
        """Change the owner if it still is `seen`; see `ConversationStore.change_owner`."""
        if to not in ALLOWED_OWNERS[seen]:
            raise ForbiddenOwner(f"{seen.value} to {to.value}")
        values: dict[str, Any] = {
            "owner": to.value,
            "agent_id": agent_id if to is Owner.AGENT else None,
            "waiting_since": now if to is Owner.WAITING else None,
            "updated_at": now,
        }
        if handoff_reason is not None:
            values["handoff_reason"] = handoff_reason
        columns = CONVERSATIONS.c
        result = self._connection.execute(
            update(CONVERSATIONS)
            .where(columns.id == conversation_id, columns.owner == seen.value)
            .values(**values)
        )
        if result.rowcount != 1:
            raise OwnerChanged(conversation_id)

    def set_fields(self, conversation_id: str, fields: Mapping[str, object]) -> None:
        """Replace the known answers."""
        self._connection.execute(
            update(CONVERSATIONS)
            .where(CONVERSATIONS.c.id == conversation_id)
            .values(fields=dict(fields))
        )

    def _one(self, statement: Select, **values: str) -> Conversation:
        found = rows_of(self._connection, statement, values)
        if not found:
            raise UnknownConversation
        return conversation_of(found[0])

    def _touch(self, conversation_id: str, now: datetime) -> None:
        # the row lock makes ids within one conversation grow in the order of the commits
        result = self._connection.execute(statements.TOUCH, {"this": conversation_id, "now": now})
        if result.rowcount != 1:
            raise UnknownConversation(conversation_id)

    def _insert_message(self, **values: Any) -> int:
        result = self._connection.execute(statements.ADD_LINE, values)
        return int(result.inserted_primary_key[0])
