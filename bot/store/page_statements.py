"""A stretch of a transcript with the state of its conversation, read by one statement.

Of PostgreSQL only (`LATERAL`); everybody else reads it by three (`read_transcript`).
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, bindparam, exists, select, true
from sqlalchemy.sql import Select

from bot.domain.conversations import Owner, TranscriptPage
from bot.store.conversation_rows import is_pending, is_visible, message_of
from bot.store.prepared import often
from bot.store.tables.conversations import CONVERSATIONS, MESSAGES

_C, _M = CONVERSATIONS.c, MESSAGES.c
_LINE = tuple(column for column in _M if column.name != "conversation_id")


def _page(*also: Any) -> Select:
    lines = (
        select(*_LINE)
        .where(_M.conversation_id == _C.id, _M.id > bindparam("after"), is_visible())
        .order_by(_M.id)
        .limit(bindparam("most"))
        .lateral("line")
    )
    pending = MESSAGES.alias("pending")
    is_busy = exists().where(and_(pending.c.conversation_id == _C.id, is_pending(pending)))
    return (
        select(_C.id.label("conversation_id"), _C.owner, is_busy.label("is_busy"), *lines.c)
        .select_from(CONVERSATIONS.outerjoin(lines, true()))
        .where(_C.id == bindparam("this"), *also)
        .order_by(lines.c.id)
    )


READ = often(_page())
READ_BY_TOKEN = often(_page(_C.token_hash == bindparam("token")))


def page_of(rows: Sequence[Any]) -> TranscriptPage | None:
    """Return what rows of `READ` say; None while a person serves, whose signs belong to a page."""
    first = rows[0]
    owner = Owner(first.owner)
    if owner is Owner.AGENT:
        return None
    lines = tuple(message_of(row) for row in rows if row.id is not None)
    return TranscriptPage(messages=lines, owner=owner, busy=first.is_busy)
