"""The repository of ended conversations and their quality marks."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.engine import Connection, Row
from sqlalchemy.sql import Select

from bot.domain.conversations import Author
from bot.domain.handovers import Step
from bot.domain.quality import Ended, NewMark, QualityMark
from bot.store.conversation_rows import is_by
from bot.store.tables.conversations import CONVERSATIONS, MESSAGES
from bot.store.tables.desk import DESK_THREADS
from bot.store.tables.oversight import QUALITY_MARKS
from bot.store.tables.people import HANDOVERS
from bot.store.talk_counts import matter_in

ENDINGS = (Step.CLOSED.value, Step.HANDED_BACK.value)
Q, H = QUALITY_MARKS.c, HANDOVERS.c


class QualityRepository:
    """Marks on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ended(self, *, since: datetime, agent_id: int | None, limit: int) -> Sequence[Ended]:
        """Return what was ended, the newest first."""
        rows = self._connection.execute(ended_query(since, agent_id, limit))
        return [_ended(row) for row in rows]

    def last_holder(self, conversation_id: str) -> int | None:
        """Return who ended it last, None when nobody did."""
        query = (
            select(H.agent_id)
            .where(H.conversation_id == conversation_id, H.step.in_(ENDINGS))
            .order_by(H.id.desc())
            .limit(1)
        )
        found: int | None = self._connection.execute(query).scalar_one_or_none()
        return found

    def add(
        self, conversation_id: str, *, agent_id: int, by_id: int, mark: NewMark, now: datetime
    ) -> None:
        """Write a mark."""
        self._connection.execute(
            insert(QUALITY_MARKS).values(
                conversation_id=conversation_id,
                agent_id=agent_id,
                by_id=by_id,
                at=now,
                **vars(mark),
            )
        )

    def of_conversation(self, conversation_id: str) -> Sequence[QualityMark]:
        """Return the marks of one conversation, the oldest first."""
        query = select(QUALITY_MARKS).where(Q.conversation_id == conversation_id).order_by(Q.id)
        return [_mark(row) for row in self._connection.execute(query)]

    def of_agent(self, agent_id: int, *, limit: int) -> Sequence[QualityMark]:
        """Return an agent's marks, the newest first."""
        query = (
            select(QUALITY_MARKS).where(Q.agent_id == agent_id).order_by(Q.at.desc()).limit(limit)
        )
        return [_mark(row) for row in self._connection.execute(query)]


def ended_query(since: datetime, agent_id: int | None, limit: int) -> Select:
    """Return the query of what was ended: by step and time, or by agent and time."""
    first = (
        select(func.min(MESSAGES.c.id))
        .where(
            MESSAGES.c.conversation_id == H.conversation_id,
            is_by(Author.APPLICANT),
            MESSAGES.c.text != "",
        )
        .scalar_subquery()
    )
    line = MESSAGES.alias("line")
    marks = select(func.count()).where(Q.conversation_id == H.conversation_id).scalar_subquery()
    joined = (
        HANDOVERS.join(CONVERSATIONS, CONVERSATIONS.c.id == H.conversation_id)
        .outerjoin(DESK_THREADS, DESK_THREADS.c.conversation_id == H.conversation_id)
        .outerjoin(line, line.c.id == first)
    )
    query = (
        select(
            H.conversation_id,
            H.agent_id,
            H.reason,
            H.at,
            CONVERSATIONS.c.channel,
            CONVERSATIONS.c.fields,
            DESK_THREADS.c.is_test,
            line.c.text,
            marks.label("marks"),
        )
        .select_from(joined)
        .where(H.step.in_(ENDINGS), H.at > since)
        .order_by(H.at.desc(), H.id.desc())
        .limit(limit)
    )
    return query if agent_id is None else query.where(H.agent_id == agent_id)


def _ended(row: Row) -> Ended:
    return Ended(
        conversation_id=row.conversation_id,
        agent_id=row.agent_id,
        channel=row.channel,
        matter_id=matter_in(row.fields),
        first_line=row.text or "",
        reason=row.reason or "",
        ended_at=row.at,
        marks=row.marks,
        is_test=bool(row.is_test),
    )


def _mark(row: Row) -> QualityMark:
    mark = NewMark(bool(row.answers), bool(row.names_basis), bool(row.says_next), row.remark)
    return QualityMark(row.id, row.conversation_id, row.agent_id, row.by_id, mark, row.at)
