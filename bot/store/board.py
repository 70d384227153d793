"""The repository of the supervisor's board: newest rows by id, open ones by their indexes."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql import Select

from bot.domain.board import Event, Happening, Queue, Running
from bot.domain.conversations import Author, Owner
from bot.domain.handovers import Step
from bot.store.tables.casework import CASE_EVENTS, CASES
from bot.store.tables.conversations import CONVERSATIONS, MESSAGES
from bot.store.tables.desk import DESK_THREADS
from bot.store.tables.people import HANDOVERS
from bot.store.tables.services import BOOKING_EVENTS, BOOKINGS
from bot.store.tables.tickets import TICKET_EVENTS, TICKETS
from bot.store.talk_counts import matter_in

LOOKED_AT = 400
"""Newest messages among which the bot's running conversations are found."""

STARTS = (Step.CLAIMED.value, Step.STEPPED_IN.value, Step.TRANSFERRED.value)
C, M, H = CONVERSATIONS.c, MESSAGES.c, HANDOVERS.c


class BoardRepository:
    """The board on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def queue(self) -> Queue:
        """Return how many wait and who has waited longest."""
        query = (
            select(C.id, C.waiting_since)
            .select_from(_with_thread())
            .where(C.owner == Owner.WAITING.value, ~_is_test())
            .order_by(C.waiting_since, C.id)
        )
        rows = self._connection.execute(query).all()
        if not rows:
            return Queue(0, None, None)
        return Queue(len(rows), rows[0].id, rows[0].waiting_since)

    def held(self) -> Sequence[Running]:
        """Return what agents hold, the longest first."""
        began = (
            select(func.max(H.at))
            .where(H.conversation_id == C.id, H.step.in_(STARTS))
            .scalar_subquery()
        )
        query = _running(began).where(C.owner == Owner.AGENT.value)
        return sorted(self._read(query), key=lambda one: one.since)

    def with_bot(self, *, since: datetime, limit: int) -> Sequence[Running]:
        """Return conversations of the bot whose applicant wrote after `since`, newest first.

        Looks at the newest `LOOKED_AT` messages only.
        """
        newest = select(M.conversation_id, M.author, M.created_at).order_by(M.id.desc())
        said = newest.limit(LOOKED_AT).subquery()
        recent = (
            select(said.c.conversation_id, func.max(said.c.created_at).label("at"))
            .where(said.c.created_at > since, said.c.author == Author.APPLICANT.value)
            .group_by(said.c.conversation_id)
            .subquery()
        )
        query = (
            _running(recent.c.at, recent)
            .where(C.owner == Owner.BOT.value)
            .order_by(recent.c.at.desc())
            .limit(limit)
        )
        return list(self._read(query))

    def happened(self, limit: int) -> Sequence[Event]:
        """Return what has just happened anywhere, the newest first."""
        found = [
            Event(
                Happening.HANDOVER,
                row.conversation_id,
                row.step,
                row.at,
                row.agent_id,
                row.to_agent_id,
            )
            for row in self._connection.execute(
                select(HANDOVERS).order_by(H.id.desc()).limit(limit)
            )
        ]
        for kind, query in _histories(limit):
            rows = self._connection.execute(query)
            found += [Event(kind, row.number, row.word, row.at) for row in rows]
        return sorted(found, key=lambda one: one.at, reverse=True)[:limit]

    def _read(self, query: Select) -> Iterable[Running]:
        for row in self._connection.execute(query):
            yield Running(
                conversation_id=row.id,
                channel=row.channel,
                agent_id=row.agent_id,
                since=row.since or row.updated_at,
                matter_id=matter_in(row.fields),
                last_line=row.text or "",
                is_test=bool(row.is_test),
            )


def _running(since: Any, recent: Any = None) -> Select:
    last_id = (
        select(func.max(M.id)).where(M.conversation_id == C.id, M.text != "").scalar_subquery()
    )
    line = MESSAGES.alias("line")
    joined = _with_thread().outerjoin(line, line.c.id == last_id)
    if recent is not None:
        joined = joined.join(recent, recent.c.conversation_id == C.id)
    return select(
        C.id,
        C.channel,
        C.agent_id,
        C.fields,
        C.updated_at,
        since.label("since"),
        line.c.text,
        DESK_THREADS.c.is_test,
    ).select_from(joined)


def _histories(limit: int) -> Iterable[tuple[Happening, Select]]:
    parents = (
        (Happening.CASE, CASE_EVENTS, CASES, CASE_EVENTS.c.case_id, CASE_EVENTS.c.to),
        (Happening.TICKET, TICKET_EVENTS, TICKETS, TICKET_EVENTS.c.ticket_id, TICKET_EVENTS.c.to),
        (
            Happening.BOOKING,
            BOOKING_EVENTS,
            BOOKINGS,
            BOOKING_EVENTS.c.booking_id,
            BOOKING_EVENTS.c.state,
        ),
    )
    for kind, events, table, parent, word in parents:
        query = (
            select(table.c.number, word.label("word"), events.c.at)
            .select_from(events.join(table, table.c.id == parent))
            .where(word.is_not(None))
            .order_by(events.c.id.desc())
            .limit(limit)
        )
        yield kind, query


def _with_thread() -> Any:
    return CONVERSATIONS.outerjoin(DESK_THREADS, DESK_THREADS.c.conversation_id == C.id)


def _is_test() -> Any:
    return and_(DESK_THREADS.c.is_test.is_not(None), DESK_THREADS.c.is_test.is_(True))
