"""The repository of threads, presence, queues and the pace of the desk."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.engine import Connection, Row

from bot.domain.conversations import Owner
from bot.domain.desk_work import (
    DEFAULT_CAPACITY,
    HELP_DESK,
    Assignment,
    Colleague,
    Pace,
    PresenceState,
    Profile,
    QueueRules,
    Thread,
    presence_of,
)
from bot.domain.handovers import Step
from bot.domain.people import SERVING_ROLES
from bot.store.tables.conversations import CONVERSATIONS, MESSAGES
from bot.store.tables.desk import DESK_DEPARTMENTS, DESK_PROFILES, DESK_THREADS
from bot.store.tables.people import AGENTS, DESK_PRESENCE, HANDOVERS
from bot.store.upserts import insert_on_conflict

ENDS = (Step.HANDED_BACK.value, Step.CLOSED.value)
SAMPLES = 50


class DeskWorkRepository:
    """Threads, presence and queues on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def thread(self, conversation_id: str) -> Thread:
        """Return what the desk knows of a conversation; an empty thread when nothing."""
        return self.threads([conversation_id]).get(conversation_id, Thread(conversation_id))

    def threads(self, conversation_ids: Sequence[str]) -> Mapping[str, Thread]:
        """Return the threads that exist, by conversation."""
        wanted = DESK_THREADS.c.conversation_id.in_(list(conversation_ids))
        rows = self._connection.execute(select(DESK_THREADS).where(wanted))
        return {row.conversation_id: thread_of(row) for row in rows}

    def change_thread(self, conversation_id: str, **values: Any) -> None:
        """Store these columns of a thread, which is made when it is not there."""
        statement = insert_on_conflict(self._connection, DESK_THREADS)
        added = statement.values(conversation_id=conversation_id, **values)
        key = [DESK_THREADS.c.conversation_id]
        self._connection.execute(
            added.on_conflict_do_update(index_elements=key, set_=values)
            if values
            else added.on_conflict_do_nothing(index_elements=key)
        )

    def settle(self, conversation_id: str) -> None:
        """Forget offers, putting aside and what was told of the queue: somebody else decides."""
        self._connection.execute(
            update(DESK_THREADS)
            .where(DESK_THREADS.c.conversation_id == conversation_id)
            .values(
                snoozed_until=None,
                snoozed_after_id=None,
                offered_to=None,
                offered_until=None,
                told_at=None,
                told_minutes=None,
                supervisor_asked_at=None,
                agent_typing_at=None,
            )
        )

    def tell(
        self,
        conversation_id: str,
        *,
        seen: datetime | None,
        minutes: int | None,
        now: datetime,
    ) -> bool:
        """Note that a wait is told now; False when somebody told since `seen`."""
        self.change_thread(conversation_id)
        told_at = DESK_THREADS.c.told_at
        told = self._connection.execute(
            update(DESK_THREADS)
            .where(
                DESK_THREADS.c.conversation_id == conversation_id,
                told_at.is_(None) if seen is None else told_at == seen,
            )
            .values(told_at=now, told_minutes=minutes)
        )
        return bool(told.rowcount)

    def newest_message(self, conversation_id: str) -> int:
        """Return the id of the newest message, 0 when there is none."""
        query = select(func.max(MESSAGES.c.id)).where(MESSAGES.c.conversation_id == conversation_id)
        return int(self._connection.execute(query).scalar() or 0)

    def hand_over(self, conversation_id: str, *, seen: int, to: int, now: datetime) -> bool:
        """Give a held conversation from one agent to another; False when `seen` lost it."""
        moved = self._connection.execute(
            update(CONVERSATIONS)
            .where(
                CONVERSATIONS.c.id == conversation_id,
                CONVERSATIONS.c.owner == Owner.AGENT.value,
                CONVERSATIONS.c.agent_id == seen,
            )
            .values(agent_id=to, updated_at=now)
        )
        return bool(moved.rowcount == 1)

    def take_from_bot(self, conversation_id: str, agent_id: int, *, now: datetime) -> bool:
        """Give a conversation of the bot to an agent; False when the bot does not have it."""
        taken = self._connection.execute(
            update(CONVERSATIONS)
            .where(CONVERSATIONS.c.id == conversation_id, CONVERSATIONS.c.owner == Owner.BOT.value)
            .values(owner=Owner.AGENT.value, agent_id=agent_id, updated_at=now)
        )
        return bool(taken.rowcount == 1)

    def offer(self, conversation_id: str, agent_id: int, *, until: datetime, now: datetime) -> bool:
        """Make it this agent's turn unless somebody's turn it is; False then."""
        self.change_thread(conversation_id)
        offered = self._connection.execute(
            update(DESK_THREADS)
            .where(
                DESK_THREADS.c.conversation_id == conversation_id,
                or_(DESK_THREADS.c.offered_until.is_(None), DESK_THREADS.c.offered_until <= now),
            )
            .values(offered_to=agent_id, offered_until=until)
        )
        if offered.rowcount:
            self.change_profile(agent_id, offered_at=now)
        return bool(offered.rowcount)

    def due_snoozes(self, now: datetime) -> list[tuple[str, int | None]]:
        """Return what was put aside and is due: conversation and its agent."""
        query = (
            select(DESK_THREADS.c.conversation_id, CONVERSATIONS.c.agent_id)
            .join(CONVERSATIONS, CONVERSATIONS.c.id == DESK_THREADS.c.conversation_id)
            .where(DESK_THREADS.c.snoozed_until <= now)
        )
        return [(row.conversation_id, row.agent_id) for row in self._connection.execute(query)]

    def profile(self, agent_id: int) -> Profile:
        """Return how an agent works; the usual when nothing was set."""
        query = select(DESK_PROFILES).where(DESK_PROFILES.c.agent_id == agent_id)
        row = self._connection.execute(query).first()
        return Profile(agent_id) if row is None else profile_of(row)

    def change_profile(self, agent_id: int, **values: Any) -> None:
        """Store these columns of a profile, which is made when it is not there."""
        usual = {
            "state": PresenceState.AVAILABLE.value,
            "is_automatic": False,
            "capacity": DEFAULT_CAPACITY,
            "skills": [],
        }
        statement = insert_on_conflict(self._connection, DESK_PROFILES)
        self._connection.execute(
            statement.values(agent_id=agent_id, **{**usual, **values}).on_conflict_do_update(
                index_elements=[DESK_PROFILES.c.agent_id], set_=values
            )
        )

    def colleagues(self, *, since: datetime) -> list[Colleague]:
        """Return everybody who serves, by name; silent since `since` means away."""
        held = self._held()
        query = (
            select(AGENTS, DESK_PRESENCE.c.is_available, DESK_PRESENCE.c.heartbeat_at)
            .select_from(AGENTS.outerjoin(DESK_PRESENCE))
            .where(
                AGENTS.c.is_active.is_(True),
                AGENTS.c.role.in_([role.value for role in SERVING_ROLES]),
            )
            .order_by(AGENTS.c.name, AGENTS.c.id)
        )
        profiles = {
            row.agent_id: profile_of(row) for row in self._connection.execute(select(DESK_PROFILES))
        }
        found = []
        for row in self._connection.execute(query):
            profile = profiles.get(row.id, Profile(row.id))
            is_online = row.heartbeat_at is not None and row.heartbeat_at >= since
            state = presence_of(profile, is_available=bool(row.is_available), is_online=is_online)
            department = row.department_id or HELP_DESK
            found.append(
                Colleague(row.id, row.name, department, state, held.get(row.id, 0), profile)
            )
        return found

    def queue_rules(self, department_id: str) -> QueueRules:
        """Return how a department's queue is served; by hand when nothing was set."""
        query = select(DESK_DEPARTMENTS).where(DESK_DEPARTMENTS.c.department_id == department_id)
        row = self._connection.execute(query).first()
        if row is None:
            return QueueRules(department_id)
        return QueueRules(department_id, Assignment(row.assignment), row.answer_within_s)

    def set_queue_rules(self, rules: QueueRules, *, agent_id: int, now: datetime) -> None:
        """Store how a department's queue is served."""
        values = {
            "assignment": rules.assignment.value,
            "answer_within_s": rules.answer_within_s,
            "changed_at": now,
            "changed_by": agent_id,
        }
        statement = insert_on_conflict(self._connection, DESK_DEPARTMENTS)
        self._connection.execute(
            statement.values(department_id=rules.department_id, **values).on_conflict_do_update(
                index_elements=[DESK_DEPARTMENTS.c.department_id], set_=values
            )
        )

    def pace(self, *, since: datetime) -> Pace:
        """Return lengths and waits of the last conversations after `since`."""
        start = HANDOVERS.alias("start")
        began = (
            select(func.max(start.c.at))
            .where(
                start.c.conversation_id == HANDOVERS.c.conversation_id,
                start.c.step == Step.CLAIMED.value,
                start.c.id < HANDOVERS.c.id,
            )
            .scalar_subquery()
        )
        ends = (
            select(HANDOVERS.c.at, began.label("began"))
            .where(HANDOVERS.c.step.in_(ENDS), HANDOVERS.c.at > since)
            .order_by(HANDOVERS.c.at.desc())
            .limit(SAMPLES)
        )
        claims = (
            select(HANDOVERS.c.at, HANDOVERS.c.waiting_since)
            .where(HANDOVERS.c.step == Step.CLAIMED.value, HANDOVERS.c.at > since)
            .order_by(HANDOVERS.c.at.desc())
            .limit(SAMPLES)
        )
        return Pace(
            handling_s=tuple(
                (row.at - row.began).total_seconds()
                for row in self._connection.execute(ends)
                if row.began is not None
            ),
            pickup_s=tuple(
                (row.at - row.waiting_since).total_seconds()
                for row in self._connection.execute(claims)
                if row.waiting_since is not None
            ),
        )

    def _held(self) -> dict[int, int]:
        query = (
            select(CONVERSATIONS.c.agent_id, func.count().label("held"))
            .select_from(
                CONVERSATIONS.outerjoin(
                    DESK_THREADS, DESK_THREADS.c.conversation_id == CONVERSATIONS.c.id
                )
            )
            .where(
                and_(
                    CONVERSATIONS.c.owner == Owner.AGENT.value,
                    DESK_THREADS.c.snoozed_until.is_(None),
                )
            )
            .group_by(CONVERSATIONS.c.agent_id)
        )
        return {row.agent_id: row.held for row in self._connection.execute(query)}


def thread_of(row: Row) -> Thread:
    """Make a thread of a row of `DESK_THREADS`."""
    return Thread(
        conversation_id=row.conversation_id,
        department_id=row.department_id or HELP_DESK,
        snoozed_until=row.snoozed_until,
        snoozed_after_id=row.snoozed_after_id,
        offered_to=row.offered_to,
        offered_until=row.offered_until,
        told_at=row.told_at,
        told_minutes=row.told_minutes,
        supervisor_asked_at=row.supervisor_asked_at,
        agent_read_id=row.agent_read_id or 0,
        applicant_read_id=row.applicant_read_id or 0,
        agent_typing_at=row.agent_typing_at,
        applicant_typing_at=row.applicant_typing_at,
        is_test=bool(row.is_test),
    )


def profile_of(row: Row) -> Profile:
    """Make a profile of a row of `DESK_PROFILES`."""
    return Profile(
        agent_id=row.agent_id,
        state=PresenceState(row.state),
        is_automatic=bool(row.is_automatic),
        active_at=row.active_at,
        capacity=row.capacity,
        skills=tuple(row.skills),
        offered_at=row.offered_at,
    )
