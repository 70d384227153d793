"""Statements that every message runs, built once.

SQLAlchemy finds a compiled statement again by a key that it makes of the whole statement, each time
it is built anew; to build one and make its key costs four times what SQLite takes to run it. These
are built at the import, and only their values change.
"""

from typing import Any

from sqlalchemy import (
    Column,
    and_,
    bindparam,
    cast,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql import ColumnElement, Insert, Update

from bot.domain.conversations import Author
from bot.store.conversation_rows import is_pending, is_visible
from bot.store.prepared import often
from bot.store.sealed_types import SealedJson
from bot.store.tables.conversations import CONVERSATIONS, DELIVERIES, MESSAGES

_C, _M = CONVERSATIONS.c, MESSAGES.c
_THIS, _ITS_LINES = _C.id == bindparam("this"), _M.conversation_id == bindparam("this")

CONVERSATION = often(select(CONVERSATIONS).where(_THIS))
CONVERSATION_OF_TOKEN = often(select(CONVERSATIONS).where(_C.token_hash == bindparam("token")))
CONVERSATION_OF_PERSON = often(
    select(CONVERSATIONS).where(
        _C.channel == bindparam("on"), _C.external_id == bindparam("person")
    )
)
TOUCH = often(update(CONVERSATIONS).where(_THIS).values(updated_at=bindparam("now")))
ADD_UNLESS_THERE = {
    "sqlite": sqlite.insert(CONVERSATIONS).on_conflict_do_nothing(),
    "postgresql": often(postgresql.insert(CONVERSATIONS).on_conflict_do_nothing()),
}
ADD_LINE = often(insert(MESSAGES))
ADD_DELIVERY = often(insert(DELIVERIES))

STORED_BEFORE = often(select(_M.id).where(_ITS_LINES, _M.external_id == bindparam("sent_as")))
COUNT_FROM_APPLICANT = select(func.count()).where(
    _ITS_LINES, _M.author == Author.APPLICANT.value, _M.created_at > bindparam("since")
)
LINES = often(
    select(MESSAGES)
    .where(_ITS_LINES, _M.id > bindparam("after"), is_visible())
    .order_by(_M.id)
    .limit(bindparam("most"))
)
LAST_SAID = often(
    select(MESSAGES)
    .where(_ITS_LINES, _M.author != Author.APPLICANT.value, is_visible())
    .order_by(_M.id.desc())
    .limit(1)
)
LATER = often(select(_M.id).where(_ITS_LINES, _M.id > bindparam("after")).limit(1))
PENDING = often(select(_M.id).where(_ITS_LINES, is_pending()).limit(1))
OFFERS = (
    select(_M.author, _M.buttons)
    .where(_ITS_LINES, is_visible())
    .order_by(_M.id.desc())
    .limit(bindparam("most"))
)


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
HOLD = often(
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
FIRST_PENDING = often(
    select(MESSAGES, _C.owner, _C.channel, _C.outage_told_at)
    .join(CONVERSATIONS, _C.id == _M.conversation_id)
    .where(_ITS_LINES, is_pending())
    .order_by(_M.id)
    .limit(1)
)
_IS_HELD = and_(_THIS, _C.lease_holder == bindparam("lease"))
RELEASE = often(update(CONVERSATIONS).where(_IS_HELD).values(lease_holder=None, lease_until=None))
RENEW = often(update(CONVERSATIONS).where(_IS_HELD).values(lease_until=bindparam("until")))
POSTPONE = often(
    update(MESSAGES)
    .where(_M.id == bindparam("message"))
    .values(next_attempt_at=bindparam("until"), last_error=bindparam("error"))
)
OUTAGE_TOLD = often(update(CONVERSATIONS).where(_THIS).values(outage_told_at=bindparam("told_at")))
COUNT_ATTEMPT = often(
    update(MESSAGES).where(_M.id == bindparam("message")).values(attempts=bindparam("tried"))
)
HANDLED = often(
    update(MESSAGES).where(_M.id == bindparam("message")).values(handled_at=bindparam("now"))
)
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


def line_when(change: Update, *, attempts: int) -> Insert:
    """Return the statement that changes a conversation, and adds an applicant's line if it did."""
    changed = change.returning(_C.id).cte("changed")
    line = {
        "conversation_id": changed.c.id,
        "author": literal(Author.APPLICANT.value),
        "text": bindparam("text", type_=_M.text.type),
        "payload": bindparam("payload", type_=_M.payload.type),
        "external_id": bindparam("sent_as", type_=_M.external_id.type),
        "buttons": literal([], _M.buttons.type),
        "attachments": bindparam("attachments", type_=_M.attachments.type),
        "created_at": bindparam("now", type_=_M.created_at.type),
        "next_attempt_at": bindparam("now", type_=_M.created_at.type),
        # counted before the turn, as a claim does
        "attempts": literal(attempts),
    }
    return insert(MESSAGES).from_select(list(line), select(*line.values())).returning(_M.id)


_ENDED = END_TURN.returning(_C.id).cte("ended")
_NOTED = HANDLED.where(exists(select(_ENDED.c.id))).cte("noted")

# what are two statements each on SQLite are one journey to PostgreSQL
ADD_HELD = often(line_when(HOLD_FOR_NEW, attempts=1))
ADD_TOUCHED = often(line_when(TOUCH_FOR_NEW, attempts=0))
END_HANDLED = often(select(_ENDED.c.id).add_cte(_NOTED))  # type: ignore[attr-defined]  # not in the stubs
_SAID = ("conversation_id", "author", "agent_id", "text", "buttons", "attachments", "created_at")
ADD_LINE_AFTER = often(
    insert(MESSAGES)
    .values({name: bindparam(name) for name in _SAID} | {"attempts": 0})
    .returning(_M.id, exists(LATER).label("has_later"))
)
"""Tells as well whether anything had come after a line; the new one does not count."""

_ENDED_NOW = "xiaoer.ended"
"""Where the transaction notes which conversation's turn it has ended."""

# the second one begins after the first has locked the conversation, so it sees what came before
END_NOTED = often(
    select(
        func.set_config(
            _ENDED_NOW, func.coalesce(select(_ENDED.c.id).scalar_subquery(), ""), true()
        ).label("ended")
    ).add_cte(_NOTED)  # type: ignore[attr-defined]  # not in the stubs
)


def _lines_if_ended(how_many: int) -> Insert:
    """Return the statement that adds lines in this order, if the transaction has ended the turn.

    Names of values end with the number of the line.
    """
    lines = [
        select(
            literal(number).label("place"),
            *(_given(f"{name}_{number}", _M[name]).label(name) for name in _SAID),
        )
        for number in range(how_many)
    ]
    every = lines[0] if how_many == 1 else union_all(*lines)
    found = every.subquery("said")
    return (
        insert(MESSAGES)
        .from_select(
            [*_SAID, "attempts"],
            select(*(found.c[name] for name in _SAID), literal(0))
            .where(func.current_setting(_ENDED_NOW) == bindparam("this", type_=_C.id.type))
            .order_by(found.c.place),
        )
        .returning(_M.id, exists(LATER).label("has_later"))
    )


def _given(name: str, column: "Column[Any]") -> "ColumnElement[Any]":
    """Return a value whose type the server is told: it cannot see which column it is for."""
    return cast(bindparam(name, type_=column.type), column.type)


MOST_AT_ONCE = 4
"""Lines that end a turn in one journey; answers of more are seldom."""

ADD_LINES_IF_ENDED = {
    number: often(_lines_if_ended(number)) for number in range(1, MOST_AT_ONCE + 1)
}
