"""The repository of the desk of complaints and suggestions."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, insert, select, update
from sqlalchemy.engine import Connection

from bot.domain.feedback import FeedbackKind, FeedbackState
from bot.domain.feedback_answers import (
    WAITING,
    Answer,
    Decision,
    FeedbackFilter,
    FeedbackRow,
    Mark,
)
from bot.domain.feedback_owners import CLOCK, OwnerEvent, OwnerNotice, OwnerStep
from bot.store.inserts import insert_if_absent
from bot.store.sealed_search import ids_where
from bot.store.tables.casework import FEEDBACK
from bot.store.tables.feedback import FEEDBACK_ANSWERS, FEEDBACK_OWNER_EVENTS

C, A, O = FEEDBACK.c, FEEDBACK_ANSWERS.c, FEEDBACK_OWNER_EVENTS.c  # noqa: E741


class FeedbackDeskRepository:
    """The desk's side on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def page(
        self, wanted: FeedbackFilter, today: date, *, offset: int, limit: int
    ) -> Sequence[FeedbackRow]:
        """Return one page, the most urgent first; closed ones the newest first."""
        query = select(FEEDBACK).where(*self._conditions(wanted, today)).offset(offset).limit(limit)
        order = (C.id.desc(),) if wanted.is_open is False else (C.due_on, C.id)
        return [
            FeedbackRow(
                number=row.number,
                kind=FeedbackKind(row.kind),
                text=row.text,
                department_id=row.department_id,
                state=FeedbackState(row.state),
                opened_at=row.opened_at,
                due_on=row.due_on,
                due_provisional=row.due_provisional,
                owner_id=row.owner_id,
            )
            for row in self._connection.execute(query.order_by(*order))
        ]

    def counts(self, wanted: FeedbackFilter, today: date) -> Mapping[FeedbackState, int]:
        """Return how many of each state the list has, whatever `wanted.state` is."""
        conditions = self._conditions(wanted, today, is_any_state=True)
        query = select(C.state, func.count()).where(*conditions).group_by(C.state)
        return {FeedbackState(state): int(n) for state, n in self._connection.execute(query)}

    def count(self, wanted: FeedbackFilter, today: date) -> int:
        """Return how many the list has."""
        query = select(func.count()).select_from(FEEDBACK).where(*self._conditions(wanted, today))
        return int(self._connection.execute(query).scalar_one())

    def give(self, feedback_id: int, department_id: str) -> None:
        """Set the department; who answered for it in another one does so no more."""
        moved = C.department_id.is_(None) | (C.department_id != department_id)
        self._connection.execute(
            update(FEEDBACK).where(C.id == feedback_id, moved).values(owner_id=None)
        )
        self._set(feedback_id, department_id=department_id)

    def set_owner(self, feedback_id: int, event: OwnerEvent) -> None:
        """Say who answers for it."""
        self._set(feedback_id, owner_id=event.owner_id)
        self._connection.execute(
            insert(FEEDBACK_OWNER_EVENTS).values(**_owner_row(feedback_id, event), origin=None)
        )

    def owner_events(self, feedback_id: int) -> Sequence[OwnerEvent]:
        """Return who was named, reminded, and passed over, oldest first."""
        query = select(FEEDBACK_OWNER_EVENTS).where(O.feedback_id == feedback_id).order_by(O.id)
        return [
            OwnerEvent(OwnerStep(row.kind), row.owner_id, row.actor, row.at)
            for row in self._connection.execute(query)
        ]

    def owners_due(self, today: date, soon: date) -> Sequence[OwnerNotice]:
        """Return what waits, has an owner, and is late, or due until `soon`."""
        waiting = [state.value for state in WAITING]
        query = (
            select(C.id, C.owner_id, C.due_on)
            .where(C.owner_id.is_not(None), C.state.in_(waiting), C.due_on <= soon)
            .order_by(C.due_on, C.id)
        )
        return [
            OwnerNotice(
                row.id,
                row.owner_id,
                OwnerStep.ESCALATED if row.due_on < today else OwnerStep.REMINDED,
            )
            for row in self._connection.execute(query)
        ]

    def note_owner(self, notice: OwnerNotice, now: datetime) -> bool:
        """Write what the clock does; False when it was written for this person and day before."""
        event = OwnerEvent(notice.kind, notice.owner_id, CLOCK, now)
        due = select(C.due_on).where(C.id == notice.feedback_id)
        due_on = self._connection.execute(due).scalar_one()
        origin = f"{notice.feedback_id}:{notice.kind.value}:{notice.owner_id}:{due_on}"
        row = {**_owner_row(notice.feedback_id, event), "origin": origin}
        return insert_if_absent(self._connection, FEEDBACK_OWNER_EVENTS, row)

    def renew(self, feedback_id: int, *, due_on: date, due_provisional: bool) -> None:
        """Set another day by which it is answered."""
        self._set(feedback_id, due_on=due_on, due_provisional=due_provisional)

    def answers(self, feedback_id: int) -> Sequence[Answer]:
        """Return what was written, oldest first."""
        query = select(FEEDBACK_ANSWERS).where(A.feedback_id == feedback_id).order_by(A.id)
        return [_read(row) for row in self._connection.execute(query)]

    def same_waiting(self, feedback_id: int, limit: int) -> Sequence[str]:
        """Return numbers for which the same words of the same author wait, the own one too."""
        own, open_ = FEEDBACK_ANSWERS.alias("own"), Decision.OPEN.value
        query = (
            select(C.number)
            .join(FEEDBACK_ANSWERS, A.feedback_id == C.id)
            .join(
                own,
                and_(
                    own.c.text == A.text,
                    own.c.change == A.change,
                    own.c.author_id == A.author_id,
                ),
            )
            .where(own.c.feedback_id == feedback_id, own.c.decision == open_, A.decision == open_)
            .order_by(C.id)
            .limit(limit)
        )
        return list(self._connection.execute(query).scalars())

    def add_answer(
        self, feedback_id: int, *, text: str, change: str, author_id: int, now: datetime
    ) -> None:
        """Write an answer that waits for its check."""
        self._connection.execute(
            insert(FEEDBACK_ANSWERS).values(
                feedback_id=feedback_id,
                text=text,
                change=change,
                author_id=author_id,
                written_at=now,
                decision=Decision.OPEN.value,
                remark="",
                marks=[],
            )
        )

    def decide(
        self,
        answer_id: int,
        decision: Decision,
        *,
        checker_id: int,
        remark: str,
        marks: frozenset[Mark],
        now: datetime,
    ) -> bool:
        """Note the decision on an answer that waits; tells whether it still did."""
        result = self._connection.execute(
            update(FEEDBACK_ANSWERS)
            .where(A.id == answer_id, A.decision == Decision.OPEN.value)
            .values(
                decision=decision.value,
                checker_id=checker_id,
                checked_at=now,
                remark=remark,
                marks=sorted(mark.value for mark in marks),
            )
        )
        return bool(result.rowcount == 1)

    def _conditions(
        self, wanted: FeedbackFilter, today: date, *, is_any_state: bool = False
    ) -> list[Any]:
        found, text = _conditions(wanted, today, is_any_state=is_any_state), wanted.text
        if not text:
            return found
        query = select(C.id, C.number, C.text).where(*found)
        ids = ids_where(
            self._connection, query, lambda row: row.number.endswith(text) or text in row.text
        )
        return [*found, C.id.in_(ids)]

    def _set(self, feedback_id: int, **values: object) -> None:
        self._connection.execute(update(FEEDBACK).where(C.id == feedback_id).values(**values))


def _conditions(wanted: FeedbackFilter, today: date, *, is_any_state: bool) -> list[Any]:
    found: list[Any] = []
    waiting = [state.value for state in WAITING]
    if wanted.is_open is not None:
        found.append(C.state.in_(waiting) if wanted.is_open else C.state.not_in(waiting))
    if wanted.state is not None and not is_any_state:
        found.append(C.state == wanted.state.value)
    if wanted.kind is not None:
        found.append(C.kind == wanted.kind.value)
    if wanted.department_id is not None:
        is_nobody = wanted.department_id == ""
        found.append(
            C.department_id.is_(None) if is_nobody else C.department_id == wanted.department_id
        )
    if wanted.is_overdue:
        found.extend([C.due_on < today, C.state.in_(waiting)])
    if wanted.owner_id is not None:
        found.append(C.owner_id == wanted.owner_id)
    if wanted.is_escalated:
        passed = select(O.feedback_id).where(O.kind == OwnerStep.ESCALATED.value)
        found.extend([C.id.in_(passed), C.state.in_(waiting)])
    if wanted.due_until is not None:
        found.extend([C.due_on.between(today, wanted.due_until), C.state.in_(waiting)])
    return found


def _owner_row(feedback_id: int, event: OwnerEvent) -> Mapping[str, Any]:
    return {**vars(event), "kind": event.kind.value, "feedback_id": feedback_id}


def _read(row: Any) -> Answer:
    return Answer(
        id=row.id,
        feedback_id=row.feedback_id,
        text=row.text,
        change=row.change,
        author_id=row.author_id,
        written_at=row.written_at,
        decision=Decision(row.decision),
        checker_id=row.checker_id,
        checked_at=row.checked_at,
        remark=row.remark,
        marks=frozenset(Mark(one) for one in row.marks),
    )
