"""The statement that stores and claims a message of a conversation that stands as it was left.

One of PostgreSQL only: it writes two tables and reads a third.
"""

from typing import Any

from sqlalchemy import Integer, bindparam, func, select
from sqlalchemy.sql import ColumnElement, Select

from bot.domain.conversations import Author
from bot.store.conversation_statements import HOLD_FOR_NEW, line_when
from bot.store.hearing import WHOSE
from bot.store.prepared import often
from bot.store.tables.conversations import CONVERSATIONS, MESSAGES
from bot.store.turn_looks import LOOK_COLUMNS, with_looks

_C, _M = CONVERSATIONS.c, MESSAGES.c
_THIS = bindparam("this", type_=_C.id.type)
_LATELY = (
    select(func.count())
    .where(
        _M.conversation_id == _THIS,
        _M.author == Author.APPLICANT.value,
        _M.created_at > bindparam("since"),
    )
    .scalar_subquery()
)


def _taking_in(whose: "ColumnElement[Any]") -> Select:
    """Return the statement for who is known by something; no row while it does not hold.

    Whoever changes the conversation at the same time changes its row, so what this statement sees
    of its lines, which is older when it has waited for that row, is seen for nothing then.
    """
    held = HOLD_FOR_NEW.where(
        whose,
        _C.unreachable_at.is_(None),
        _C.updated_at == bindparam("left_at", type_=_C.updated_at.type),
        bindparam("most", type_=Integer) > _LATELY,
    )
    added = line_when(held, attempts=1).cte("added")
    return select(added.c.id, *LOOK_COLUMNS).select_from(with_looks(added, _THIS))


TAKE_IN = {name: often(_taking_in(whose)) for name, whose in WHOSE.items()}
"""By the names of `bot.store.hearing.WHOSE`."""
