"""The repository of the desk's lists and of a conversation's history at the desk."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.engine import Connection, Row
from sqlalchemy.sql import ColumnElement

from bot.domain.conversations import Author, Owner
from bot.domain.desk_work import HELP_DESK, Listed, ListPage, ListQuery, PastStep, Thread
from bot.store.conversation_rows import conversation_of, is_visible
from bot.store.desk_work import thread_of
from bot.store.tables.conversations import CONVERSATIONS, MESSAGES
from bot.store.tables.desk import DESK_MENTIONS, DESK_THREADS
from bot.store.tables.people import AGENTS, HANDOVER_FIELDS, HANDOVERS

HISTORY_LENGTH = 50


class DeskListRepository:
    """Lists on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def page(self, query: ListQuery, *, agent_id: int | None, since: datetime) -> ListPage:
        """Return one page of a list, what changed last first.

        Args:
            query: What the list shows.
            agent_id: Only what this agent may read; None for everything.
            since: What was let go after this still counts as the agent's.
        """
        wanted = [*_conditions(query)]
        if agent_id is not None:
            wanted.append(readable_by(agent_id, since))
        statement = (
            select(CONVERSATIONS.c.id)
            .select_from(_joined())
            .where(and_(True, *wanted))
            .order_by(CONVERSATIONS.c.updated_at.desc(), CONVERSATIONS.c.id)
            .limit(query.limit + 1)
        )
        ids = [row.id for row in self._connection.execute(statement)]
        return ListPage(self.rows(ids[: query.limit]), len(ids) > query.limit)

    def rows(self, conversation_ids: Sequence[str]) -> tuple[Listed, ...]:
        """Return these conversations as lists show them, in this order."""
        ids = list(conversation_ids)
        first = self._lines(
            ids, func.min, MESSAGES.c.author == Author.APPLICANT.value, MESSAGES.c.text != ""
        )
        last = self._lines(ids, func.max, is_visible())
        spoken = self._lines(ids, func.max, MESSAGES.c.author != Author.SYSTEM.value)
        statement = (
            select(CONVERSATIONS, AGENTS.c.name.label("holder"))
            .select_from(CONVERSATIONS.outerjoin(AGENTS, AGENTS.c.id == CONVERSATIONS.c.agent_id))
            .where(CONVERSATIONS.c.id.in_(ids))
        )
        threads = {
            row.conversation_id: thread_of(row)
            for row in self._connection.execute(
                select(DESK_THREADS).where(DESK_THREADS.c.conversation_id.in_(ids))
            )
        }
        found = {}
        for row in self._connection.execute(statement):
            line = last.get(row.id)
            word = spoken.get(row.id)
            found[row.id] = Listed(
                conversation=conversation_of(row),
                thread=threads.get(row.id, Thread(row.id)),
                first_line=first[row.id].text if row.id in first else "",
                last_line=line.text if line is not None else "",
                last_at=line.created_at if line is not None else row.updated_at,
                holder=row.holder or "",
                needs_reply=word is not None and word.author == Author.APPLICANT.value,
            )
        return tuple(found[one] for one in ids if one in found)

    def counts(self, agent_id: int, department_id: str, *, now: datetime) -> Mapping[str, int]:
        """Return how much lies in "later" and "department", and unseen mentions."""
        mine = _owned_by(agent_id)
        later = self._count(and_(mine, DESK_THREADS.c.snoozed_until > now))
        department = self.in_department(department_id)
        unseen = select(func.count()).where(
            DESK_MENTIONS.c.agent_id == agent_id, DESK_MENTIONS.c.seen_at.is_(None)
        )
        mentions = int(self._connection.execute(unseen).scalar_one())
        return {"later": later, "department": department, "mentions": mentions}

    def in_department(self, department_id: str) -> int:
        """Return how many conversations lie in a department, waiting or held."""
        return self._count(
            and_(_in_department(department_id), CONVERSATIONS.c.owner.in_(_WITH_PEOPLE))
        )

    def own_marks(self) -> dict[int, str]:
        """Return for each agent a text that changes when what is held, or mentions it, does."""
        held = (
            select(
                CONVERSATIONS.c.agent_id,
                func.count(),
                func.count(DESK_THREADS.c.snoozed_until),
                func.max(CONVERSATIONS.c.updated_at),
            )
            .select_from(_joined())
            .where(CONVERSATIONS.c.owner == Owner.AGENT.value)
            .group_by(CONVERSATIONS.c.agent_id)
        )
        unseen = (
            select(DESK_MENTIONS.c.agent_id, func.count())
            .where(DESK_MENTIONS.c.seen_at.is_(None))
            .group_by(DESK_MENTIONS.c.agent_id)
        )
        found: dict[int, str] = {}
        for statement in (held, unseen):
            for agent_id, *values in self._connection.execute(statement):
                found[agent_id] = f"{found.get(agent_id, '')}/{values}"
        return found

    def mentioned(self, agent_id: int) -> list[str]:
        """Return conversations in which the agent is mentioned and has not looked."""
        query = (
            select(DESK_MENTIONS.c.conversation_id)
            .where(DESK_MENTIONS.c.agent_id == agent_id, DESK_MENTIONS.c.seen_at.is_(None))
            .distinct()
        )
        return [row.conversation_id for row in self._connection.execute(query)]

    def is_mentioned(self, agent_id: int, conversation_id: str) -> bool:
        """Tell whether a colleague wrote to this agent in this conversation."""
        query = select(DESK_MENTIONS.c.note_id).where(
            DESK_MENTIONS.c.agent_id == agent_id,
            DESK_MENTIONS.c.conversation_id == conversation_id,
        )
        return self._connection.execute(query.limit(1)).first() is not None

    def filled_by_agents(self, conversation_id: str) -> set[str]:
        """Return the slots that agents filled in or corrected."""
        query = select(HANDOVER_FIELDS.c.slot).where(
            HANDOVER_FIELDS.c.conversation_id == conversation_id
        )
        return {row.slot for row in self._connection.execute(query)}

    def history(self, conversation_id: str) -> list[PastStep]:
        """Return what happened to a conversation at the desk, newest first."""
        query = (
            select(HANDOVERS)
            .where(HANDOVERS.c.conversation_id == conversation_id)
            .order_by(HANDOVERS.c.id.desc())
            .limit(HISTORY_LENGTH)
        )
        return [
            PastStep(
                at=row.at,
                agent_id=row.agent_id,
                step=row.step,
                reason=row.reason or "",
                to_agent_id=row.to_agent_id,
                to_department_id=row.to_department_id,
            )
            for row in self._connection.execute(query)
        ]

    def _count(self, condition: "ColumnElement[Any]") -> int:
        query = select(func.count()).select_from(_joined()).where(condition)
        return int(self._connection.execute(query).scalar_one())

    def _lines(self, ids: list[str], pick: Any, *wanted: Any) -> dict[str, Row]:
        chosen = (
            select(pick(MESSAGES.c.id))
            .where(MESSAGES.c.conversation_id.in_(ids), *wanted)
            .group_by(MESSAGES.c.conversation_id)
        )
        query = select(
            MESSAGES.c.conversation_id, MESSAGES.c.text, MESSAGES.c.author, MESSAGES.c.created_at
        ).where(MESSAGES.c.id.in_(chosen))
        return {row.conversation_id: row for row in self._connection.execute(query)}


_WITH_PEOPLE = (Owner.WAITING.value, Owner.AGENT.value)


def readable_by(agent_id: int, since: datetime) -> "ColumnElement[Any]":
    """Return the condition of what an agent may read; see `desk_reading.read`."""
    had = select(HANDOVERS.c.conversation_id).where(
        HANDOVERS.c.agent_id == agent_id, HANDOVERS.c.at > since
    )
    mentioned = select(DESK_MENTIONS.c.conversation_id).where(DESK_MENTIONS.c.agent_id == agent_id)
    return or_(
        CONVERSATIONS.c.owner == Owner.WAITING.value,
        CONVERSATIONS.c.agent_id == agent_id,
        CONVERSATIONS.c.id.in_(had),
        CONVERSATIONS.c.id.in_(mentioned),
    )


def _conditions(query: ListQuery) -> list[Any]:
    wanted: list[Any] = []
    if query.kind == "closed":
        wanted.append(CONVERSATIONS.c.owner == Owner.CLOSED.value)
    if query.kind == "later":
        wanted.append(DESK_THREADS.c.snoozed_until.is_not(None))
    if query.kind == "department":
        wanted += [
            _in_department(query.department_id or HELP_DESK),
            CONVERSATIONS.c.owner.in_(_WITH_PEOPLE),
        ]
    if query.owners:
        wanted.append(CONVERSATIONS.c.owner.in_(query.owners))
    if query.channel:
        wanted.append(CONVERSATIONS.c.channel == query.channel)
    if query.reason:
        wanted.append(CONVERSATIONS.c.handoff_reason == query.reason)
    if query.ids is not None:
        wanted.append(CONVERSATIONS.c.id.in_(query.ids))
    if query.before is not None:
        wanted.append(CONVERSATIONS.c.updated_at < query.before)
    return wanted


def _owned_by(agent_id: int) -> "ColumnElement[Any]":
    return and_(CONVERSATIONS.c.owner == Owner.AGENT.value, CONVERSATIONS.c.agent_id == agent_id)


def _in_department(department_id: str) -> "ColumnElement[Any]":
    """Its queue, and what its people hold."""
    if department_id == HELP_DESK:
        return DESK_THREADS.c.department_id.is_(None)
    return DESK_THREADS.c.department_id == department_id


def _joined() -> Any:
    return CONVERSATIONS.outerjoin(
        DESK_THREADS, DESK_THREADS.c.conversation_id == CONVERSATIONS.c.id
    )
