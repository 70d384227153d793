"""The repository of hot issues, and the open texts that they are found in."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from bot.domain.feedback import FeedbackKind, FeedbackState
from bot.domain.hot import (
    HotEvent,
    HotEventKind,
    HotIssue,
    HotMember,
    HotState,
    NewHotIssue,
    OpenText,
)
from bot.domain.tickets import TicketState
from bot.services.reading.wording import normalise
from bot.store.inserts import insert_if_absent
from bot.store.numbers import NumberRepository
from bot.store.tables import METADATA
from bot.store.tables.routing import HOT_EVENTS, HOT_ISSUES, HOT_MEMBERS

TICKETS = METADATA.tables["tickets"]
FEEDBACK = METADATA.tables["feedback"]

_LOCK = ("hot_issues", date(2000, 1, 1))
"""A counter that counts nothing: its row is what sweeps wait for."""

_TITLE = 120
_IN_ONE_QUERY = 500


class HotRepository:
    """Hot issues on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def hold(self) -> None:
        """Make others who change issues wait until this transaction ends."""
        NumberRepository(self._connection).hold(*_LOCK)

    def open_texts(self, since: datetime) -> Sequence[OpenText]:
        """Return whistles and complaints opened after a moment and not closed, oldest first."""
        whistles = select(TICKETS).where(
            TICKETS.c.opened_at >= since, TICKETS.c.state != TicketState.CLOSED.value
        )
        complaints = select(FEEDBACK).where(
            FEEDBACK.c.opened_at >= since,
            FEEDBACK.c.state != FeedbackState.CLOSED.value,
            FEEDBACK.c.kind == FeedbackKind.COMPLAINT.value,
        )
        found = [
            OpenText(
                row.number,
                row.description,
                business_key(row.business_name or row.contact_phone),
                row.business_name,
                row.opened_at,
            )
            for row in self._connection.execute(whistles)
        ]
        found += [
            OpenText(
                row.number,
                row.text,
                business_key(row.contact_phone or row.conversation_id),
                "",
                row.opened_at,
            )
            for row in self._connection.execute(complaints)
        ]
        return sorted(found, key=lambda one: (one.opened_at, one.number))

    def issue_of(self, numbers: Sequence[str]) -> Mapping[str, int]:
        """Return the issue of each number that is in one."""
        found: dict[str, int] = {}
        for start in range(0, len(numbers), _IN_ONE_QUERY):
            part = numbers[start : start + _IN_ONE_QUERY]
            query = select(HOT_MEMBERS.c.subject, HOT_MEMBERS.c.issue_id).where(
                HOT_MEMBERS.c.subject.in_(part)
            )
            found |= {row.subject: row.issue_id for row in self._connection.execute(query)}
        return found

    def add(self, issue: NewHotIssue) -> int:
        """Write a new issue; returns its id."""
        result = self._connection.execute(
            insert(HOT_ISSUES).values(
                title=issue.title[:_TITLE],
                category=issue.category,
                department_id=issue.department_id,
                state=HotState.RAISED.value,
                raised_at=issue.raised_at,
                updated_at=issue.raised_at,
            )
        )
        return int(result.inserted_primary_key[0])

    def join(self, issue_id: int, member: HotMember) -> bool:
        """Add a member; False when it is in an issue already."""
        values = {
            "subject": member.number,
            "issue_id": issue_id,
            "business": member.business,
            "joined_at": member.joined_at,
            "by": member.by,
        }
        is_new = insert_if_absent(self._connection, HOT_MEMBERS, values)
        if is_new:
            self._touch(issue_id, member.joined_at)
        return is_new

    def move_members(self, numbers: Sequence[str], to: int) -> None:
        """Put members into another issue."""
        for start in range(0, len(numbers), _IN_ONE_QUERY):
            part = numbers[start : start + _IN_ONE_QUERY]
            self._connection.execute(
                update(HOT_MEMBERS).where(HOT_MEMBERS.c.subject.in_(part)).values(issue_id=to)
            )

    def move(self, issue_id: int, seen: HotState, to: HotState, now: datetime) -> bool:
        """Set the state if it still is `seen`; tells whether it was."""
        result = self._connection.execute(
            update(HOT_ISSUES)
            .where(HOT_ISSUES.c.id == issue_id, HOT_ISSUES.c.state == seen.value)
            .values(state=to.value, updated_at=now)
        )
        return bool(result.rowcount == 1)

    def mark_merged(self, issue_id: int, into: int) -> None:
        """Note where an issue went."""
        self._connection.execute(
            update(HOT_ISSUES).where(HOT_ISSUES.c.id == issue_id).values(merged_into=into)
        )

    def append(self, issue_id: int, event: HotEvent) -> None:
        """Append to the history."""
        self._connection.execute(
            insert(HOT_EVENTS).values(
                issue_id=issue_id,
                at=event.at,
                actor=event.actor,
                kind=event.kind.value,
                reason=event.reason,
            )
        )

    def by_id(self, issue_id: int) -> HotIssue | None:
        """Return an issue with members and history, or None."""
        return next(iter(self._all(select(HOT_ISSUES).where(HOT_ISSUES.c.id == issue_id))), None)

    def newest(self, states: Sequence[HotState], limit: int) -> Sequence[HotIssue]:
        """Return issues in one of the states, the latest change first."""
        wanted = [state.value for state in states]
        query = select(HOT_ISSUES).where(HOT_ISSUES.c.state.in_(wanted))
        return self._all(query.order_by(HOT_ISSUES.c.updated_at.desc()).limit(limit))

    def _touch(self, issue_id: int, now: datetime) -> None:
        self._connection.execute(
            update(HOT_ISSUES).where(HOT_ISSUES.c.id == issue_id).values(updated_at=now)
        )

    def _all(self, query: Any) -> list[HotIssue]:
        rows = self._connection.execute(query).all()
        ids = [row.id for row in rows]
        members = self._grouped(HOT_MEMBERS, HOT_MEMBERS.c.joined_at, ids)
        events = self._grouped(HOT_EVENTS, HOT_EVENTS.c.id, ids)
        return [
            HotIssue(
                id=row.id,
                title=row.title,
                category=row.category,
                department_id=row.department_id,
                state=HotState(row.state),
                raised_at=row.raised_at,
                updated_at=row.updated_at,
                merged_into=row.merged_into,
                members=tuple(
                    HotMember(one.subject, one.business, one.joined_at, one.by)
                    for one in members.get(row.id, ())
                ),
                events=tuple(
                    HotEvent(one.at, one.actor, HotEventKind(one.kind), one.reason)
                    for one in events.get(row.id, ())
                ),
            )
            for row in rows
        ]

    def _grouped(self, table: Any, order: Any, ids: Sequence[int]) -> dict[int, list[Any]]:
        grouped: dict[int, list[Any]] = {}
        query = select(table).where(table.c.issue_id.in_(ids)).order_by(order)
        for row in self._connection.execute(query):
            grouped.setdefault(row.issue_id, []).append(row)
        return grouped


def business_key(name: str) -> str:
    """Return what is equal for the same business and says nothing about it."""
    return hashlib.sha256(normalise(name).encode()).hexdigest()
