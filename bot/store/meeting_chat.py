"""The repository of talks with business in the chat."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, exists, insert, select, update
from sqlalchemy.engine import Connection

from bot.domain.meetings import MeetingAnswer, PendingStep, TalkNews, TalkNewsKind, TalkStep
from bot.store.inserts import insert_if_absent
from bot.store.meetings import read_meeting
from bot.store.tables.conversations import CONVERSATIONS
from bot.store.tables.meetings import (
    MEETING_ANSWERS,
    MEETING_NOTICES,
    MEETING_QUESTIONS,
    MEETING_SIGNUPS,
    MEETING_STEPS,
    MEETING_WATCHES,
    MEETINGS,
)

M, S, Q, A = MEETINGS.c, MEETING_SIGNUPS.c, MEETING_QUESTIONS.c, MEETING_ANSWERS.c
P, W, N = MEETING_STEPS.c, MEETING_WATCHES.c, MEETING_NOTICES.c
# built once: each message asks
_PENDING = select(MEETING_STEPS).where(P.conversation_id == bindparam("conversation"))


class MeetingChatRepository:
    """The chat's side on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, conversation_id: str, meeting_id: int, step: TalkStep, now: datetime) -> None:
        """Note what somebody was asked for; an earlier question is open no more."""
        self._connection.execute(delete(MEETING_STEPS).where(P.conversation_id == conversation_id))
        values = {"conversation_id": conversation_id, "meeting_id": meeting_id}
        self._connection.execute(
            insert(MEETING_STEPS).values(**values, step=step.value, at=now, answered_by=None)
        )

    def pending(self, conversation_id: str) -> PendingStep | None:
        """Return what somebody was asked for last, answered or not."""
        row = self._connection.execute(_PENDING, {"conversation": conversation_id}).one_or_none()
        if row is None:
            return None
        return PendingStep(row.meeting_id, TalkStep(row.step), row.at, row.answered_by)

    def end(self, conversation_id: str, message_id: int) -> None:
        """Note the message that answered it, or that led elsewhere."""
        self._connection.execute(
            update(MEETING_STEPS)
            .where(P.conversation_id == conversation_id)
            .values(answered_by=message_id)
        )

    def is_signed(self, meeting_id: int, conversation_id: str) -> bool:
        """Tell whether somebody signed up here."""
        query = select(S.id).where(*_signed(meeting_id, conversation_id)).limit(1)
        return self._connection.execute(query).first() is not None

    def sign_off(self, meeting_id: int, conversation_id: str) -> bool:
        """Take who signed up here from the list; False when nobody did."""
        own = delete(MEETING_SIGNUPS).where(*_signed(meeting_id, conversation_id))
        return bool(self._connection.execute(own).rowcount)

    def withdraw(self, meeting_id: int, conversation_id: str) -> bool:
        """Delete the newest question without an answer; False without one."""
        query = (
            select(Q.id)
            .where(
                Q.meeting_id == meeting_id,
                Q.conversation_id == conversation_id,
                Q.answer_id.is_(None),
            )
            .order_by(Q.id.desc())
            .limit(1)
        )
        newest = self._connection.execute(query).scalar()
        if newest is None:
            return False
        gone = delete(MEETING_QUESTIONS).where(Q.id == newest, Q.answer_id.is_(None))
        return bool(self._connection.execute(gone).rowcount)

    def watch(self, conversation_id: str, now: datetime) -> None:
        """Begin to hear of talks."""
        row = {"conversation_id": conversation_id, "since": now}
        insert_if_absent(self._connection, MEETING_WATCHES, row)

    def unwatch(self, conversation_ids: Sequence[str]) -> bool:
        """Stop hearing of them; False when nobody did."""
        gone = delete(MEETING_WATCHES).where(W.conversation_id.in_(list(conversation_ids)))
        return bool(self._connection.execute(gone).rowcount)

    def is_watching(self, conversation_ids: Sequence[str]) -> bool:
        """Tell whether one of these wants to hear."""
        query = select(W.since).where(W.conversation_id.in_(list(conversation_ids))).limit(1)
        return self._connection.execute(query).first() is not None

    def untold(self, today: date, limit: int) -> Sequence[TalkNews]:
        """Return what is to be told, at most `limit` of each kind."""
        found: list[TalkNews] = []
        for kind, query in (
            (TalkNewsKind.ANNOUNCED, _announced(today)),
            (TalkNewsKind.CANCELLED, _cancelled()),
        ):
            rows = self._connection.execute(query.limit(limit))
            found += [TalkNews(kind, row.id, row.told, read_meeting(row)) for row in rows]
        for row in self._connection.execute(_answered().limit(limit)):
            answer = MeetingAnswer(row.question, row.answer, 1, row.answered_at)
            kind = TalkNewsKind.ANSWERED
            found.append(TalkNews(kind, row.answer_id, row.told, read_meeting(row), answer))
        return found

    def note(self, news: TalkNews, now: datetime) -> bool:
        """Note that it was told; False when it was before."""
        key = {"kind": news.kind.value, "ref_id": news.ref_id}
        row = {**key, "conversation_id": news.conversation_id, "at": now}
        return insert_if_absent(self._connection, MEETING_NOTICES, row)


def _signed(meeting_id: int, conversation_id: str) -> tuple[Any, ...]:
    return S.meeting_id == meeting_id, S.conversation_id == conversation_id


def _announced(today: date) -> Any:
    return (
        select(MEETINGS, W.conversation_id.label("told"))
        .join(MEETING_WATCHES, W.since <= M.made_at)
        .where(
            M.cancelled == "",
            M.closes_on >= today,
            _untold(TalkNewsKind.ANNOUNCED, M.id, W.conversation_id),
        )
        .order_by(M.id, W.conversation_id)
    )


def _cancelled() -> Any:
    return (
        select(MEETINGS, S.conversation_id.label("told"))
        .distinct()
        .join(MEETING_SIGNUPS, S.meeting_id == M.id)
        .join(CONVERSATIONS, CONVERSATIONS.c.id == S.conversation_id)
        .where(M.cancelled != "", _untold(TalkNewsKind.CANCELLED, M.id, S.conversation_id))
        .order_by(M.id, S.conversation_id)
    )


def _answered() -> Any:
    return (
        select(
            MEETINGS,
            Q.conversation_id.label("told"),
            A.id.label("answer_id"),
            A.question,
            A.answer,
            A.at.label("answered_at"),
        )
        .distinct()
        .join(MEETING_QUESTIONS, Q.meeting_id == M.id)
        .join(MEETING_ANSWERS, A.id == Q.answer_id)
        .join(CONVERSATIONS, CONVERSATIONS.c.id == Q.conversation_id)
        .where(_untold(TalkNewsKind.ANSWERED, A.id, Q.conversation_id))
        .order_by(A.id, Q.conversation_id)
    )


def _untold(kind: TalkNewsKind, ref_id: Any, conversation_id: Any) -> Any:
    same = (N.kind == kind.value, N.ref_id == ref_id, N.conversation_id == conversation_id)
    return ~exists().where(and_(*same))
