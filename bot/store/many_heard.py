"""The messages of many people at once, where a statement takes lists: three journeys for all.

What `bot.store.hearing` and `bot.store.taking_in` do for one message. Each conversation may be in
a list once. SQLite, to which nothing is a journey, takes one after the other.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    and_,
    bindparam,
    column,
    insert,
    literal,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement, Select

from bot.domain.conversations import (
    Author,
    Conversation,
    Heard,
    Inbound,
    Owner,
    Speaker,
    UnknownConversation,
)
from bot.store.hearing import BUTTONS_LOOKED_BACK, WANTED, asked, hear, heard_of, known_by
from bot.store.lists import lists
from bot.store.prepared import often
from bot.store.straight import rows_of
from bot.store.tables.conversations import CONVERSATIONS, MESSAGES
from bot.store.taking_in import add_conversation, add_heard, files_of

_C, _M = CONVERSATIONS.c, MESSAGES.c


def _heard(wanted: Any, whose: "ColumnElement[Any]") -> Select:
    one = (
        select(*WANTED, wanted.c.place)
        .join_from(CONVERSATIONS, wanted, whose)
        .order_by(_C.id)  # two hubs lock what both were told in the same order
        .with_for_update(key_share=True, of=CONVERSATIONS)
        .cte("one")
    )
    lately, offered = asked(one.c.id, one)
    beside = offered.lateral("offered")
    return select(
        one,
        lately.scalar_subquery().label("recent"),
        beside.c.author.label("offered_by"),
        beside.c.buttons.label("offered"),
    ).select_from(one.outerjoin(beside, true()))


_IDS, _TOKENS = lists(this=_C.id), lists(token=_C.token_hash)
_PEOPLE = lists(on=_C.channel, person=_C.external_id)
STATEMENTS = {
    "id": often(_heard(_IDS, _C.id == _IDS.c.this)),
    "token": often(_heard(_TOKENS, _C.token_hash == _TOKENS.c.token)),
    "person": often(
        _heard(_PEOPLE, and_(_C.channel == _PEOPLE.c.on, _C.external_id == _PEOPLE.c.person))
    ),
}


def hear_all(
    connection: Connection, speakers: Sequence[Speaker], since: datetime
) -> Sequence[Heard | None]:
    """Find, lock and ask; None for each who has no conversation.

    Args:
        connection: The open transaction.
        speakers: All known by the same.
        since: From when on a message counts as recent.
    """
    if not _takeslists(connection):
        return [_hear_if_there(connection, one, since) for one in speakers]
    known = [known_by(one) for one in speakers]
    lists = {name: [one[1][name] for one in known] for name in known[0][1]}
    values = {**lists, "since": since, "most": BUTTONS_LOOKED_BACK}
    found = {row.place: row for row in rows_of(connection, STATEMENTS[known[0][0]], values)}
    return [heard_of(found[place]) if place in found else None for place in _places(speakers)]


def _takeslists(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


def _hear_if_there(connection: Connection, speaker: Speaker, since: datetime) -> Heard | None:
    try:
        return hear(connection, speaker, since, None)
    except UnknownConversation:
        return None


def _places(those: Sequence[Any]) -> range:
    return range(1, len(those) + 1)


_NEW = lists(this=_C.id, on=_C.channel, person=_C.external_id)
_OPENED = {
    "id": _NEW.c.this,
    "channel": _NEW.c.on,
    "external_id": _NEW.c.person,
    "owner": literal(Owner.BOT.value),
    "fields": bindparam("fields", type_=_C.fields.type),
    "created_at": bindparam("now", type_=_C.created_at.type),
    "updated_at": bindparam("now", type_=_C.created_at.type),
}
OPEN_ALL = often(
    postgresql.insert(CONVERSATIONS)
    .from_select(list(_OPENED), select(*_OPENED.values()), include_defaults=False)
    .on_conflict_do_nothing()
    .returning(_C.id)
)


def open_all(
    connection: Connection, people: Mapping[str, Conversation], now: datetime
) -> frozenset[str]:
    """Open conversations; returns the ids of those that were opened.

    Args:
        connection: The open transaction.
        people: By who it is on the platform; nothing is known in them yet.
        now: The time.
    """
    if not _takeslists(connection):
        opened = [
            one.id
            for who, one in people.items()
            if add_conversation(connection, one, external_id=who)
        ]
        return frozenset(opened)
    values = {
        "this": [one.id for one in people.values()],
        "on": [one.channel for one in people.values()],
        "person": list(people),
        "fields": {},
        "now": now,
    }
    return frozenset(row.id for row in rows_of(connection, OPEN_ALL, values))


_LINES = lists(
    this=_C.id,
    sent_as=_M.external_id,
    text=_M.text,
    payload=_M.payload,
    attachments=_M.attachments,
    is_opened=column("is_opened", Boolean()),
)
_STORED = select(_M.id).where(
    _M.conversation_id == _LINES.c.this, _M.external_id == _LINES.c.sent_as
)
_CHANGED = (
    update(CONVERSATIONS)
    .where(_C.id == _LINES.c.this, ~_LINES.c.is_opened, ~_STORED.exists())
    .values(updated_at=bindparam("now"))
    .returning(_C.id)
    .cte("changed")
)
_LINE = {
    "conversation_id": _LINES.c.this,
    "author": literal(Author.APPLICANT.value),
    "text": _LINES.c.text,
    "payload": _LINES.c.payload,
    "external_id": _LINES.c.sent_as,
    "buttons": literal([], _M.buttons.type),
    "attachments": _LINES.c.attachments,
    "created_at": bindparam("now", type_=_M.created_at.type),
    "next_attempt_at": bindparam("now", type_=_M.created_at.type),
    "attempts": literal(0),
}
ADD_ALL = often(
    insert(MESSAGES)
    .from_select(
        list(_LINE),
        # what this transaction has opened has the time already
        select(*_LINE.values())
        .where(or_(_LINES.c.is_opened, _LINES.c.this.in_(select(_CHANGED.c.id))))
        .order_by(_LINES.c.place),
        include_defaults=False,
    )
    .returning(_M.id, _M.conversation_id)
)


def add_all(
    connection: Connection, heard: Sequence[Heard], said: Sequence[Inbound], now: datetime
) -> Sequence[int | None]:
    """Write messages that no worker has a hand for; None for each that was stored before.

    Args:
        connection: The open transaction.
        heard: Their conversations, locked or opened by this transaction.
        said: What is said there, one for each.
        now: The time.
    """
    if not _takeslists(connection):
        each = [
            add_heard(connection, what, now=now, hold=None, is_opened=one.is_opened)
            for one, what in zip(heard, said, strict=True)
        ]
        return [None if one is None else one[0] for one in each]
    talks = [one.conversation_id for one in said]
    assert len(set(talks)) == len(talks), "of two messages to one conversation one would be lost"
    values = {
        "this": talks,
        "sent_as": [one.external_id for one in said],
        "text": [one.text for one in said],
        "payload": [one.payload for one in said],
        "attachments": [files_of(one) for one in said],
        "is_opened": [one.is_opened for one in heard],
        "now": now,
    }
    rows = rows_of(connection, ADD_ALL, values)
    added = {row.conversation_id: int(row.id) for row in rows}
    return [added.get(one.conversation_id) for one in said]
