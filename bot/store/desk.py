"""The repository of the queue, the claims and the hand-overs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, insert, or_, select, update
from sqlalchemy.engine import Connection, Row
from sqlalchemy.sql import Select

from bot.domain.conversations import Author, Message, Owner
from bot.domain.handovers import Held, LostClaim, Step, Waiting
from bot.store.conversation_rows import conversation_of, is_by, is_visible, message_of
from bot.store.links import LinkRepository
from bot.store.tables.conversations import CONVERSATIONS, MESSAGES
from bot.store.tables.desk import DESK_THREADS
from bot.store.tables.people import DESK_PRESENCE, HANDOVER_FIELDS, HANDOVERS


class DeskRepository:
    """Queue and claims on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def waiting(self, *, now: datetime, limit: int) -> list[Waiting]:
        """Return the queue, longest waiting first."""
        query = (
            select(CONVERSATIONS, _first_line())
            .where(CONVERSATIONS.c.owner == Owner.WAITING.value)
            .order_by(CONVERSATIONS.c.waiting_since, CONVERSATIONS.c.id)
            .limit(limit)
        )
        return [
            Waiting(
                conversation=conversation_of(row),
                position=position,
                waited=now - (row.waiting_since or row.updated_at),
                first_line=row.first_line or "",
            )
            for position, row in enumerate(self._connection.execute(query), start=1)
        ]

    def count_waiting(self) -> int:
        """Return the length of the queue."""
        query = select(func.count()).where(CONVERSATIONS.c.owner == Owner.WAITING.value)
        return int(self._connection.execute(query).scalar_one())

    def held(self, agent_id: int, *, since: datetime) -> list[Held]:
        """Return what the agent holds and what was let go after `since`, newest first."""
        had = select(HANDOVERS.c.conversation_id).where(
            HANDOVERS.c.agent_id == agent_id, HANDOVERS.c.at > since
        )
        last_id = (
            select(func.max(MESSAGES.c.id))
            .where(MESSAGES.c.conversation_id == CONVERSATIONS.c.id, is_visible())
            .scalar_subquery()
        )
        # a system line ("客服已接入") answers nobody
        spoken = (
            select(func.max(MESSAGES.c.id))
            .where(
                MESSAGES.c.conversation_id == CONVERSATIONS.c.id,
                MESSAGES.c.author != Author.SYSTEM.value,
            )
            .scalar_subquery()
        )
        last, word = MESSAGES.alias("last"), MESSAGES.alias("word")
        query = (
            select(
                CONVERSATIONS,
                _first_line(),
                last.c.text.label("last_line"),
                last.c.created_at.label("last_at"),
                word.c.author.label("last_author"),
                word.c.id.label("last_id"),
            )
            .select_from(
                CONVERSATIONS.outerjoin(last, last.c.id == last_id).outerjoin(
                    word, word.c.id == spoken
                )
            )
            .where(or_(_held_by(agent_id), CONVERSATIONS.c.id.in_(had)))
        )
        rows = [_to_held(row, agent_id) for row in self._connection.execute(query)]
        return sorted(rows, key=lambda held: (held.is_open, held.last_at), reverse=True)

    def has_held(self, conversation_id: str, agent_id: int, *, since: datetime) -> bool:
        """Tell whether the agent had a step in this conversation after `since`."""
        query = (
            select(HANDOVERS.c.id)
            .where(
                HANDOVERS.c.conversation_id == conversation_id,
                HANDOVERS.c.agent_id == agent_id,
                HANDOVERS.c.at > since,
            )
            .limit(1)
        )
        return self._connection.execute(query).first() is not None

    def claim(self, conversation_id: str, agent_id: int, *, now: datetime) -> bool:
        """Give a waiting conversation to the agent; False when it is not waiting."""
        claimed = self._connection.execute(
            update(CONVERSATIONS)
            .where(
                CONVERSATIONS.c.id == conversation_id,
                CONVERSATIONS.c.owner == Owner.WAITING.value,
            )
            .values(owner=Owner.AGENT.value, agent_id=agent_id, updated_at=now)
        )
        return bool(claimed.rowcount == 1)

    def release(self, conversation_id: str, agent_id: int, *, to: Owner, now: datetime) -> bool:
        """Take the conversation from this agent; False when the agent does not hold it."""
        values: dict[str, Any] = {"owner": to.value, "agent_id": None, "updated_at": now}
        if to is Owner.WAITING:  # back to the old place, not to the end
            values["waiting_since"] = self._queued_since(conversation_id) or now
        released = self._connection.execute(
            update(CONVERSATIONS)
            .where(CONVERSATIONS.c.id == conversation_id, _held_by(agent_id))
            .values(values)
        )
        return bool(released.rowcount == 1)

    def hold(self, conversation_id: str, agent_id: int, *, now: datetime) -> bool:
        """Lock the conversation for this transaction; False when the agent does not hold it."""
        held = self._connection.execute(
            update(CONVERSATIONS)
            .where(CONVERSATIONS.c.id == conversation_id, _held_by(agent_id))
            .values(updated_at=now)
        )
        return bool(held.rowcount == 1)

    def set_field(
        self, conversation_id: str, agent_id: int, *, slot: str, value: object, now: datetime
    ) -> None:
        """Note what the agent filled in, for the next hand-back."""
        self._connection.execute(
            insert(HANDOVER_FIELDS).values(
                conversation_id=conversation_id, agent_id=agent_id, slot=slot, value=value, at=now
            )
        )

    def take_fields(self, conversation_id: str, *, now: datetime) -> Mapping[str, object]:
        """Return what agents filled in since the last hand-back, and mark it as passed on."""
        pending = and_(
            HANDOVER_FIELDS.c.conversation_id == conversation_id,
            HANDOVER_FIELDS.c.passed_on_at.is_(None),
        )
        query = select(HANDOVER_FIELDS).where(pending).order_by(HANDOVER_FIELDS.c.id)
        filled = {row.slot: row.value for row in self._connection.execute(query)}
        self._connection.execute(update(HANDOVER_FIELDS).where(pending).values(passed_on_at=now))
        return filled

    def stale_claims(self, *, before: datetime) -> list[LostClaim]:
        """Return claims whose agent was last heard of before this time.

        What was put aside stays with its agent until it is due.
        """
        heard = DESK_PRESENCE.c.agent_id == CONVERSATIONS.c.agent_id
        query = (
            select(CONVERSATIONS.c.id, CONVERSATIONS.c.agent_id)
            .select_from(
                CONVERSATIONS.outerjoin(DESK_PRESENCE, heard).outerjoin(
                    DESK_THREADS, DESK_THREADS.c.conversation_id == CONVERSATIONS.c.id
                )
            )
            .where(
                CONVERSATIONS.c.owner == Owner.AGENT.value,
                DESK_THREADS.c.snoozed_until.is_(None),
                or_(
                    DESK_PRESENCE.c.heartbeat_at.is_(None),
                    DESK_PRESENCE.c.heartbeat_at < before,
                ),
            )
            .order_by(CONVERSATIONS.c.id)
        )
        return [
            LostClaim(conversation_id=row.id, agent_id=row.agent_id)
            for row in self._connection.execute(query)
        ]

    def page(
        self, conversation_id: str, *, before: int | None, after: int, limit: int
    ) -> list[Message]:
        """Return the newest `limit` messages with `after` < id < `before`, oldest first.

        Those of the person's linked conversations are among them.
        """
        together = LinkRepository(self._connection).of(conversation_id)
        query = select(MESSAGES).where(
            MESSAGES.c.conversation_id.in_(together), MESSAGES.c.id > after, is_visible()
        )
        if before is not None:
            query = query.where(MESSAGES.c.id < before)
        query = query.order_by(MESSAGES.c.id.desc()).limit(limit)
        rows = self._connection.execute(query).all()
        return [message_of(row) for row in reversed(rows)]

    def note(
        self,
        conversation_id: str,
        agent_id: int,
        step: Step,
        *,
        now: datetime,
        reason: str = "",
        to_agent_id: int | None = None,
        to_department_id: str | None = None,
    ) -> None:
        """Append a step to the history; a claim takes the applicant out of the queue."""
        mine = CONVERSATIONS.c.id == conversation_id
        since = None
        if step is Step.CLAIMED:
            query = select(CONVERSATIONS.c.waiting_since).where(mine)
            since = self._connection.execute(query).scalar_one_or_none() or now
            self._connection.execute(update(CONVERSATIONS).where(mine).values(waiting_since=None))
        values = {
            "conversation_id": conversation_id,
            "agent_id": agent_id,
            "step": step.value,
            "at": now,
            "waiting_since": since,
            "reason": reason or None,
            "to_agent_id": to_agent_id,
            "to_department_id": to_department_id,
        }
        self._connection.execute(insert(HANDOVERS).values(values))

    def name_message(self, message_id: int, external_id: str) -> None:
        """Note the page's own id of a reply, so that the same reply is stored once."""
        self._connection.execute(
            update(MESSAGES).where(MESSAGES.c.id == message_id).values(external_id=external_id)
        )

    def _queued_since(self, conversation_id: str) -> datetime | None:
        query = (
            select(HANDOVERS.c.waiting_since)
            .where(
                HANDOVERS.c.conversation_id == conversation_id,
                HANDOVERS.c.step == Step.CLAIMED.value,
            )
            .order_by(HANDOVERS.c.id.desc())
            .limit(1)
        )
        since: datetime | None = self._connection.execute(query).scalar_one_or_none()
        return since


def _held_by(agent_id: int) -> Any:
    return and_(CONVERSATIONS.c.owner == Owner.AGENT.value, CONVERSATIONS.c.agent_id == agent_id)


def _first_line() -> Any:
    mine = MESSAGES.alias("mine")
    first: Select = (
        select(func.min(mine.c.id))
        .where(
            mine.c.conversation_id == CONVERSATIONS.c.id,
            is_by(Author.APPLICANT, mine),
            mine.c.text != "",
        )
        .correlate(CONVERSATIONS)
    )
    line = MESSAGES.alias("line")
    text = select(line.c.text).where(line.c.id == first.scalar_subquery())
    return text.correlate(CONVERSATIONS).scalar_subquery().label("first_line")


def _to_held(row: Row, agent_id: int) -> Held:
    conversation = conversation_of(row)
    is_open = conversation.owner is Owner.AGENT and conversation.agent_id == agent_id
    return Held(
        conversation=conversation,
        first_line=row.first_line or "",
        last_line=row.last_line or "",
        last_at=row.last_at or conversation.updated_at,
        is_open=is_open,
        needs_reply=is_open and row.last_author == Author.APPLICANT.value,
        last_id=row.last_id or 0,
    )
