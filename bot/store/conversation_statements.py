"""Statements that every message runs, built once.

SQLAlchemy finds a compiled statement again by a key that it makes of the whole statement, each time
it is built anew; to build one and make its key costs four times what SQLite takes to run it. These
are built at the import, and only their values change.
"""

from typing import Any

from sqlalchemy import and_, bindparam, exists, func, insert, literal, or_, select, true, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql import ColumnElement

from bot.domain.conversations import Author
from bot.store.conversation_rows import is_pending, is_visible
from bot.store.sealed_types import SealedJson
from bot.store.tables.conversations import CONVERSATIONS, DELIVERIES, MESSAGES
from bot.store.types import JsonText

_C, _M = CONVERSATIONS.c, MESSAGES.c
_THIS, _ITS_LINES = _C.id == bindparam("this"), _M.conversation_id == bindparam("this")

CONVERSATION = select(CONVERSATIONS).where(_THIS)
CONVERSATION_OF_TOKEN = select(CONVERSATIONS).where(_C.token_hash == bindparam("token"))
CONVERSATION_OF_PERSON = select(CONVERSATIONS).where(
    _C.channel == bindparam("on"), _C.external_id == bindparam("person")
)
TOUCH = update(CONVERSATIONS).where(_THIS).values(updated_at=bindparam("now"))
ADD_UNLESS_THERE = {
    "sqlite": sqlite.insert(CONVERSATIONS).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(CONVERSATIONS).on_conflict_do_nothing(),
}
ADD_LINE = insert(MESSAGES)
ADD_DELIVERY = insert(DELIVERIES)

STORED_BEFORE = select(_M.id).where(_ITS_LINES, _M.external_id == bindparam("sent_as"))
COUNT_FROM_APPLICANT = select(func.count()).where(
    _ITS_LINES, _M.author == Author.APPLICANT.value, _M.created_at > bindparam("since")
)
LINES = (
    select(MESSAGES)
    .where(_ITS_LINES, _M.id > bindparam("after"), is_visible())
    .order_by(_M.id)
    .limit(bindparam("most"))
)
LATER = select(_M.id).where(_ITS_LINES, _M.id > bindparam("after")).limit(1)
PENDING = select(_M.id).where(_ITS_LINES, is_pending()).limit(1)
OFFERS = (
    select(_M.author, _M.buttons)
    .where(_ITS_LINES, is_visible())
    .order_by(_M.id.desc())
    .limit(bindparam("most"))
)


_BEFORE = (
    select(_M.id, _M.author, _M.buttons)
    .where(_ITS_LINES, is_visible())
    .order_by(_M.id.desc())
    .limit(bindparam("most"))
    .subquery("before")
)
_OFFERED = (
    select(_BEFORE.c.author, _BEFORE.c.buttons)
    .where(
        or_(
            _BEFORE.c.author == Author.APPLICANT.value,
            _BEFORE.c.author == Author.AGENT.value,
            _BEFORE.c.buttons != literal([], JsonText()),
        )
    )
    .order_by(_BEFORE.c.id.desc())
    .limit(1)
    .subquery("offered")
)
HEARD = (
    select(
        STORED_BEFORE.scalar_subquery().label("stored"),
        COUNT_FROM_APPLICANT.scalar_subquery().label("recent"),
        _OFFERED.c.author,
        _OFFERED.c.buttons,
    )
    .select_from(CONVERSATIONS.outerjoin(_OFFERED, true()))
    .where(_THIS)
    .with_for_update(of=CONVERSATIONS, key_share=True)
)
"""All that a new message asks of its conversation, which is locked (SQLite has locked already)."""

_IS_NEW = ~exists().where(and_(_ITS_LINES, _M.external_id == bindparam("sent_as")))
TOUCH_FOR_NEW = TOUCH.where(_IS_NEW)


def is_free() -> "ColumnElement[Any]":
    """Return the condition of a conversation that nobody serves at the time `now`."""
    return or_(_C.lease_until.is_(None), _C.lease_until <= bindparam("now"))


_EARLIER = MESSAGES.alias("earlier")
_IS_BEHIND = exists().where(
    and_(
        _EARLIER.c.conversation_id == _M.conversation_id,
        _EARLIER.c.id < _M.id,
        _EARLIER.c.handled_at.is_(None),
        _EARLIER.c.next_attempt_at.is_not(None),
    )
)
DUE = (
    select(_M.conversation_id)
    .join(CONVERSATIONS, _C.id == _M.conversation_id)
    .where(is_pending(), _M.next_attempt_at <= bindparam("now"), is_free(), ~_IS_BEHIND)
    .order_by(_M.next_attempt_at, _M.id)
    .limit(bindparam("most"))
)
HOLD = (
    update(CONVERSATIONS)
    .where(_THIS, is_free())
    .values(lease_holder=bindparam("lease"), lease_until=bindparam("until"))
)
HOLD_FOR_NEW = HOLD.where(
    _C.owner == bindparam("seen"),
    _C.outage_told_at.is_(None),
    _IS_NEW,
    ~exists().where(and_(_ITS_LINES, is_pending())),
).values(updated_at=bindparam("now"))
FIRST_PENDING = (
    select(MESSAGES, _C.owner, _C.channel, _C.outage_told_at)
    .join(CONVERSATIONS, _C.id == _M.conversation_id)
    .where(_ITS_LINES, is_pending())
    .order_by(_M.id)
    .limit(1)
)
_IS_HELD = and_(_THIS, _C.lease_holder == bindparam("lease"))
RELEASE = update(CONVERSATIONS).where(_IS_HELD).values(lease_holder=None, lease_until=None)
COUNT_ATTEMPT = (
    update(MESSAGES).where(_M.id == bindparam("message")).values(attempts=bindparam("tried"))
)
HANDLED = update(MESSAGES).where(_M.id == bindparam("message")).values(handled_at=bindparam("now"))
END_TURN = (
    update(CONVERSATIONS)
    .where(_IS_HELD, _C.owner == bindparam("seen"))
    .values(
        lease_holder=None,
        lease_until=None,
        outage_told_at=None,
        updated_at=func.coalesce(bindparam("said_at", type_=_C.updated_at.type), _C.updated_at),
        fields=func.coalesce(
            bindparam("known", type_=SealedJson("conversations.fields")), _C.fields
        ),
    )
)
