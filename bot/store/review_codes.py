"""The repository of codes to review with, and of invitations."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, func, insert, select, update
from sqlalchemy.engine import Connection

from bot.domain.bookings import BookingState
from bot.domain.cases import CaseState
from bot.domain.conversations import Author, Owner
from bot.domain.handovers import Step
from bot.domain.review_codes import ReviewCode
from bot.domain.reviews import TargetKind
from bot.services.reviews.ports import Ended
from bot.store.inserts import insert_if_absent
from bot.store.tables.casework import CASE_ACCESS, CASES
from bot.store.tables.conversations import CONVERSATIONS, MESSAGES
from bot.store.tables.desk import DESK_THREADS
from bot.store.tables.people import HANDOVERS
from bot.store.tables.reviews import REVIEW_CODES, REVIEW_INVITATIONS
from bot.store.tables.services import BOOKINGS, REVIEWS

R = REVIEW_CODES.c


class ReviewCodeRepository:
    """Codes and invitations on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, code_hash: str, code: ReviewCode) -> None:
        """Write a code."""
        values = {**vars(code), "target_kind": code.target_kind.value, "code_hash": code_hash}
        self._connection.execute(insert(REVIEW_CODES).values(values))

    def find(self, code_hash: str) -> ReviewCode | None:
        """Return a code, None when there is none like this."""
        query = select(REVIEW_CODES).where(R.code_hash == code_hash)
        row = self._connection.execute(query).first()
        if row is None:
            return None
        kind = TargetKind(row.target_kind)
        return ReviewCode(kind, row.target_id, row.made_by, row.made_at, row.failures, row.used_at)

    def note_failure(self, code_hash: str) -> None:
        """Count wrong digits."""
        self._connection.execute(
            update(REVIEW_CODES).where(R.code_hash == code_hash).values(failures=R.failures + 1)
        )

    def use(self, code_hash: str, now: datetime) -> bool:
        """Mark a code as used; False when it was."""
        used = self._connection.execute(
            update(REVIEW_CODES)
            .where(R.code_hash == code_hash, R.used_at.is_(None))
            .values(used_at=now)
        )
        return bool(used.rowcount == 1)

    def made_since(self, agent_id: int, since: datetime) -> int:
        """Count the codes that a colleague has made at or after a moment."""
        query = (
            select(func.count())
            .select_from(REVIEW_CODES)
            .where(R.made_by == agent_id, R.made_at >= since)
        )
        return int(self._connection.execute(query).scalar_one())

    def to_invite(self, since: datetime, now: datetime) -> Sequence[Ended]:
        """Return what ended in [since, now), with whom it is followed, not invited or reviewed."""
        found = [
            Ended(TargetKind.CASE, *row) for row in self._connection.execute(_cases(since, now))
        ]
        return (
            found
            + [
                Ended(TargetKind.BOOKING, row.number, row.conversation_id, "", row.starts_at)
                for row in self._connection.execute(_bookings(since, now))
            ]
            + [
                Ended(TargetKind.CONVERSATION, row.id, row.id, "", row.ended_at)
                for row in self._connection.execute(_talks(since, now))
            ]
        )

    def invite(self, one: Ended, now: datetime) -> bool:
        """Note an invitation; False when there was one."""
        values = {
            "target_kind": one.kind.value,
            "target_id": one.number,
            "conversation_id": one.conversation_id,
            "at": now,
        }
        return insert_if_absent(self._connection, REVIEW_INVITATIONS, values)


def _cases(since: datetime, now: datetime) -> Any:
    c, follows, each = CASES.c, CASE_ACCESS.c, CASE_ACCESS.alias("each").c
    last = (
        select(func.max(each.id))
        .where(each.case_id == c.id, each.followed_at.is_not(None))
        .correlate(CASES)
        .scalar_subquery()
    )
    return (
        select(c.number, follows.conversation_id, c.matter_name, c.closed_at)
        .select_from(CASES.join(CASE_ACCESS, follows.case_id == c.id))
        .where(
            and_(c.closed_at >= since, c.closed_at < now),
            follows.id == last,
            c.state == CaseState.COMPLETED.value,
            *_open("case", c.number),
        )
        .order_by(c.closed_at, c.id)
    )


def _bookings(since: datetime, now: datetime) -> Any:
    b = BOOKINGS.c
    return (
        select(b.number, b.conversation_id, b.starts_at)
        .where(
            and_(b.starts_at >= since, b.starts_at < now),
            b.state == BookingState.DONE.value,
            *_open("booking", b.number),
        )
        .order_by(b.starts_at, b.id)
    )


def _talks(since: datetime, now: datetime) -> Any:
    """Return conversations that a person has served and let go, the newest end of each.

    Left out are those that staff tried out.
    """
    c, h, m = CONVERSATIONS.c, HANDOVERS.c, MESSAGES.c
    ended = func.max(h.at).label("ended_at")
    spoken = exists().where(and_(m.conversation_id == c.id, m.author == Author.AGENT.value))
    thread = DESK_THREADS.c
    tried = exists().where(and_(thread.conversation_id == c.id, thread.is_test.is_(True)))
    return (
        select(c.id, ended)
        .join(HANDOVERS, h.conversation_id == c.id)
        .where(
            h.step.in_([Step.HANDED_BACK.value, Step.CLOSED.value]),
            h.at >= since,
            h.at < now,
            c.owner.in_([Owner.BOT.value, Owner.CLOSED.value]),
            spoken,
            ~tried,
            *_open("conversation", c.id),
        )
        .group_by(c.id)
        .order_by(ended, c.id)
    )


def _open(kind: str, number: Any) -> tuple[Any, ...]:
    return tuple(
        ~exists().where(and_(table.c.target_kind == kind, table.c.target_id == number))
        for table in (REVIEWS, REVIEW_INVITATIONS)
    )
