"""The repository of talks with business."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection

from bot.domain.meetings import (
    Meeting,
    MeetingAnswer,
    MeetingKind,
    MeetingQuestion,
    NewMeeting,
    Signup,
)
from bot.store.inserts import insert_if_absent
from bot.store.tables.meetings import (
    MEETING_ANSWERS,
    MEETING_QUESTIONS,
    MEETING_SIGNUPS,
    MEETINGS,
)

M, S, Q, A = MEETINGS.c, MEETING_SIGNUPS.c, MEETING_QUESTIONS.c, MEETING_ANSWERS.c


class MeetingRepository:
    """Talks on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: NewMeeting, *, agent_id: int, now: datetime) -> int:
        """Write one; returns its id."""
        values = {**vars(new), "kind": new.kind.value}
        made = self._connection.execute(
            insert(MEETINGS).values(**values, cancelled="", made_by=agent_id, made_at=now)
        )
        return int(made.inserted_primary_key[0])

    def newest(self, limit: int) -> Sequence[Meeting]:
        """Return those that close last first."""
        query = select(MEETINGS).order_by(M.closes_on.desc(), M.id.desc()).limit(limit)
        return [read_meeting(row) for row in self._connection.execute(query)]

    def by_id(self, meeting_id: int) -> Meeting | None:
        """Return one."""
        row = self._connection.execute(select(MEETINGS).where(M.id == meeting_id)).first()
        return None if row is None else read_meeting(row)

    def cancel(self, meeting_id: int, reason: str) -> bool:
        """Say that it does not take place; False when that was said before."""
        done = self._connection.execute(
            update(MEETINGS).where(M.id == meeting_id, M.cancelled == "").values(cancelled=reason)
        )
        return bool(done.rowcount == 1)

    def sign_up(self, meeting_id: int, signup: Signup, conversation_id: str | None = None) -> bool:
        """Put somebody on the list; False when the number is on it."""
        values = {
            "meeting_id": meeting_id,
            **vars(signup),
            "phone_hash": signup.phone,
            "conversation_id": conversation_id,
        }
        return insert_if_absent(self._connection, MEETING_SIGNUPS, values)

    def signups(self, meeting_id: int) -> Sequence[Signup]:
        """Return who comes, in the order in which they signed up."""
        query = select(MEETING_SIGNUPS).where(S.meeting_id == meeting_id).order_by(S.id)
        return [Signup(row.name, row.phone, row.at) for row in self._connection.execute(query)]

    def forget_signups(self, before: date) -> int:
        """Delete who came to what closed before a day; returns how many."""
        over = select(M.id).where(M.closes_on < before)
        gone = self._connection.execute(delete(MEETING_SIGNUPS).where(S.meeting_id.in_(over)))
        return int(gone.rowcount)

    def ask(
        self,
        meeting_id: int,
        text: str,
        now: datetime,
        *,
        conversation_id: str | None = None,
        origin: str | None = None,
    ) -> None:
        """Write a question; one of the same origin is written once."""
        row = {"meeting_id": meeting_id, "text": text, "at": now}
        values = {**row, "conversation_id": conversation_id, "origin": origin}
        insert_if_absent(self._connection, MEETING_QUESTIONS, values)

    def open_questions(self, meeting_id: int) -> Sequence[MeetingQuestion]:
        """Return the questions without an answer, oldest first."""
        query = (
            select(MEETING_QUESTIONS)
            .where(Q.meeting_id == meeting_id, Q.answer_id.is_(None))
            .order_by(Q.id)
        )
        return [
            MeetingQuestion(row.id, row.text, row.at) for row in self._connection.execute(query)
        ]

    def answer(
        self,
        meeting_id: int,
        question_ids: Sequence[int],
        *,
        question: str,
        answer: str,
        agent_id: int,
        now: datetime,
    ) -> int:
        """Publish an answer to open questions; returns to how many (0: nothing was written)."""
        chosen = (
            Q.meeting_id == meeting_id,
            Q.answer_id.is_(None),
            Q.id.in_(list(question_ids)),
        )
        count = select(func.count()).select_from(MEETING_QUESTIONS).where(*chosen)
        if not self._connection.execute(count).scalar_one():
            return 0
        made = self._connection.execute(
            insert(MEETING_ANSWERS).values(
                meeting_id=meeting_id, question=question, answer=answer, made_by=agent_id, at=now
            )
        )
        answer_id = int(made.inserted_primary_key[0])
        done = self._connection.execute(
            update(MEETING_QUESTIONS).where(*chosen).values(answer_id=answer_id)
        )
        return int(done.rowcount)

    def answers(self, meeting_id: int) -> Sequence[MeetingAnswer]:
        """Return what was published, oldest first."""
        asked = select(func.count()).where(Q.answer_id == A.id).scalar_subquery()
        query = (
            select(MEETING_ANSWERS, asked.label("asked"))
            .where(A.meeting_id == meeting_id)
            .order_by(A.id)
        )
        return [
            MeetingAnswer(row.question, row.answer, row.asked, row.at)
            for row in self._connection.execute(query)
        ]


def read_meeting(row: Any) -> Meeting:
    """Return the talk of a row."""
    new = NewMeeting(
        MeetingKind(row.kind), row.title, row.text, row.place, row.starts_at, row.closes_on
    )
    return Meeting(row.id, new, row.made_by, row.made_at, row.cancelled)
