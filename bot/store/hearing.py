"""One statement that finds the conversation of a new message, locks it, and asks all about it.

A journey to the database costs a message more than what is done there, so what a message asks is
one: whose it is, how much was said just now, which buttons were offered, and, when the message may
be begun at once, what has to be known before its answer.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, literal, or_, select, true
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement, Select

from bot.domain.conversations import Author, Button, Heard, Speaker, UnknownConversation
from bot.store.conversation_rows import conversation_of, is_visible
from bot.store.prepared import often
from bot.store.straight import rows_of
from bot.store.tables.conversations import CONVERSATIONS, MESSAGES
from bot.store.turn_looks import LOOK_COLUMNS, looks_of, with_looks
from bot.store.types import JsonText

BUTTONS_LOOKED_BACK = 30
"""Lines searched for the title of a pressed button; older ones are off the screen."""

_C, _M = CONVERSATIONS.c, MESSAGES.c
WANTED = (
    *(_C.id, _C.channel, _C.owner, _C.created_at, _C.updated_at, _C.agent_id),
    *(_C.waiting_since, _C.handoff_reason, _C.fields, _C.unreachable_at),
)
_PEOPLE = (Author.APPLICANT.value, Author.AGENT.value)


def asked(this: "ColumnElement[Any]", *correlated: Any) -> tuple[Select, Select]:
    """Return how much was said just now, and the line that may have offered something.

    Args:
        this: The conversation.
        correlated: Tables around it that the conversation comes from.
    """
    lately = select(func.count()).where(
        _M.conversation_id == this,
        _M.author == Author.APPLICANT.value,
        _M.created_at > bindparam("since"),
    )
    before = (
        select(_M.id, _M.author, _M.buttons)
        .where(_M.conversation_id == this, is_visible())
        .order_by(_M.id.desc())
        .limit(bindparam("most"))
        .correlate(*correlated)
        .subquery("before")
    )
    # no IN: a list is written into the statement anew each time that it runs
    counts = or_(
        *(before.c.author == one for one in _PEOPLE), before.c.buttons != literal([], JsonText())
    )
    offered = (
        select(before.c.author, before.c.buttons)
        .where(counts)
        .order_by(before.c.id.desc())
        .limit(1)
        .correlate(*correlated)
    )
    return lately, offered


def _heard(whose: "ColumnElement[Any]", *, is_looking: bool) -> Select:
    """Return the statement for conversations that are known by something.

    With `is_looking` a row for each switch that is off, else one; none when there is no such
    conversation. SQLite has locked already.
    """
    one = select(*WANTED).where(whose).with_for_update(key_share=True).cte("one")
    lately, asked_for = asked(select(one.c.id).scalar_subquery())
    offered = asked_for.subquery("offered")
    found = one.outerjoin(offered, true())
    return select(
        one,
        lately.scalar_subquery().label("recent"),
        offered.c.author.label("offered_by"),
        offered.c.buttons.label("offered"),
        *(LOOK_COLUMNS if is_looking else ()),
    ).select_from(with_looks(found, one.c.id) if is_looking else found)


WHOSE: Mapping[str, "ColumnElement[Any]"] = {
    "id": _C.id == bindparam("this"),
    "token": _C.token_hash == bindparam("token"),
    "person": and_(_C.channel == bindparam("on"), _C.external_id == bindparam("person")),
}
_NAMES = {"id": ("this",), "token": ("token",), "person": ("on", "person")}
STATEMENTS = {
    (name, is_looking): often(_heard(whose, is_looking=is_looking))
    for name, whose in WHOSE.items()
    for is_looking in (False, True)
}


def hear(connection: Connection, speaker: Speaker, since: datetime, run_id: str | None) -> Heard:
    """Find, lock and ask; see `bot.services.conversations.ports.ConversationStore.hear`.

    Raises:
        UnknownConversation: There is no such conversation.
    """
    name, wanted = known_by(speaker)
    wanted |= {"since": since, "most": BUTTONS_LOOKED_BACK}
    if run_id is not None:
        wanted["run"] = run_id
    rows = rows_of(connection, STATEMENTS[name, run_id is not None], wanted)
    if not rows:
        raise UnknownConversation(speaker.conversation_id or "")
    row = rows[0]
    heard = heard_of(row)
    if run_id is None:
        return heard
    return replace(heard, looks=looks_of(rows), rasa_url=row.rasa_url)


def heard_of(row: Any) -> Heard:
    """Return what a row says, but for what has to be known before an answer."""
    is_offer = row.offered_by not in {None, *_PEOPLE}
    offers = tuple(Button(*item) for item in row.offered) if is_offer else ()
    return Heard(conversation_of(row), row.recent, offers)


def known_by(speaker: Speaker) -> tuple[str, dict[str, Any]]:
    """Return by what somebody is known, and the values of it by name."""
    kind, values = speaker.known_by
    return kind, dict(zip(_NAMES[kind], values, strict=True))
