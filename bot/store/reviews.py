"""The repository of reviews and of the rectification a bad one opens."""

from datetime import date, datetime

from sqlalchemy import and_, func, insert, select, update
from sqlalchemy.engine import Connection, Row

from bot.domain.reviews import (
    OWNER,
    RECTIFICATION_DONE,
    AlreadyRated,
    Rectification,
    RectificationEvent,
    RectificationState,
    Review,
    TargetKind,
    UnknownRectification,
)
from bot.services.services_ports import NewReview
from bot.store.inserts import insert_if_absent
from bot.store.tables.services import RECTIFICATION_EVENTS, RECTIFICATIONS, REVIEWS

DONE = sorted(state.value for state in RECTIFICATION_DONE)


class ReviewRepository:
    """Reviews on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: NewReview, now: datetime) -> Review:
        """Write a review, or return the one written for the same message.

        Raises:
            AlreadyRated: The target has a review from another message.
        """
        values = {**vars(new), "target_kind": new.target_kind.value, "created_at": now}
        is_new = insert_if_absent(self._connection, REVIEWS, values)
        review = self.by_origin(new.origin)
        if review is None:
            assert not is_new
            raise AlreadyRated(new.target_kind.value)
        return review

    def by_origin(self, origin: str) -> Review | None:
        """Return the review written for a message."""
        row = self._connection.execute(select(REVIEWS).where(REVIEWS.c.origin == origin)).first()
        return None if row is None else _review(row)

    def by_id(self, review_id: int) -> Review:
        """Return one that is known to exist."""
        query = select(REVIEWS).where(REVIEWS.c.id == review_id)
        return _review(self._connection.execute(query).one())

    def of_target(self, kind: TargetKind, target_id: str) -> Review | None:
        """Return the one review of a target."""
        query = select(REVIEWS).where(
            REVIEWS.c.target_kind == kind.value, REVIEWS.c.target_id == target_id
        )
        row = self._connection.execute(query).first()
        return None if row is None else _review(row)

    def recent(self, limit: int) -> tuple[Review, ...]:
        """Return the newest reviews first."""
        query = select(REVIEWS).order_by(REVIEWS.c.id.desc()).limit(limit)
        return tuple(_review(row) for row in self._connection.execute(query))

    def counts_by_level(self, first: datetime, last: datetime) -> dict[int, int]:
        """Count reviews written in [first, last) by level."""
        query = (
            select(REVIEWS.c.level, func.count().label("n"))
            .where(and_(REVIEWS.c.created_at >= first, REVIEWS.c.created_at < last))
            .group_by(REVIEWS.c.level)
        )
        return {row.level: row.n for row in self._connection.execute(query)}

    def open_rectification(
        self,
        review_id: int,
        *,
        follow_up_due_on: date,
        due_on: date,
        provisional: bool,
        department_id: str | None,
        now: datetime,
    ) -> Rectification:
        """Open the task of a bad review and write its first event; the task there is, if any."""
        values = {
            "review_id": review_id,
            "state": RectificationState.OPEN.value,
            "follow_up_due_on": follow_up_due_on,
            "due_on": due_on,
            "provisional": provisional,
            "department_id": department_id,
            "created_at": now,
            "updated_at": now,
        }
        is_new = insert_if_absent(self._connection, RECTIFICATIONS, values)
        task = self.rectification_of(review_id)
        assert task is not None
        if is_new:
            self._append(task.id, RectificationState.OPEN, "system", "bad_review", now)
        return task

    def rectification(self, rectification_id: int) -> Rectification:
        """Return one; raises `UnknownRectification`."""
        query = select(RECTIFICATIONS).where(RECTIFICATIONS.c.id == rectification_id)
        row = self._connection.execute(query).first()
        if row is None:
            raise UnknownRectification(str(rectification_id))
        return _rectification(row)

    def rectification_of(self, review_id: int) -> Rectification | None:
        """Return the task of a review."""
        query = select(RECTIFICATIONS).where(RECTIFICATIONS.c.review_id == review_id)
        row = self._connection.execute(query).first()
        return None if row is None else _rectification(row)

    def open_rectifications(self) -> tuple[Rectification, ...]:
        """Return the tasks that are not settled, the most urgent first."""
        tasks = RECTIFICATIONS.c
        query = (
            select(RECTIFICATIONS).where(tasks.state.not_in(DONE)).order_by(tasks.due_on, tasks.id)
        )
        return tuple(_rectification(row) for row in self._connection.execute(query))

    def owned_rectifications(self, owner_id: int, limit: int) -> tuple[Rectification, ...]:
        """Return the tasks of one person that are not settled, the most urgent first."""
        tasks = RECTIFICATIONS.c
        query = (
            select(RECTIFICATIONS)
            .where(tasks.owner_id == owner_id, tasks.state.not_in(DONE))
            .order_by(tasks.due_on, tasks.id)
            .limit(limit)
        )
        return tuple(_rectification(row) for row in self._connection.execute(query))

    def set_rectification_state(
        self,
        seen: Rectification,
        state: RectificationState,
        *,
        actor: str,
        reason: str,
        now: datetime,
    ) -> bool:
        """Change the state of a task as last seen; False when it has changed meanwhile."""
        tasks = RECTIFICATIONS.c
        statement = (
            update(RECTIFICATIONS)
            .where(tasks.id == seen.id, tasks.state == seen.state.value)
            .values(state=state.value, updated_at=now)
        )
        changed = bool(self._connection.execute(statement).rowcount)
        if changed:
            self._append(seen.id, state, actor, reason, now)
        return changed

    def set_owner(self, seen: Rectification, owner_id: int, *, actor: str, now: datetime) -> bool:
        """Name who sees to a task as last seen; False when it has changed meanwhile."""
        tasks = RECTIFICATIONS.c
        statement = (
            update(RECTIFICATIONS)
            .where(tasks.id == seen.id, tasks.state == seen.state.value)
            .values(owner_id=owner_id, updated_at=now)
        )
        changed = bool(self._connection.execute(statement).rowcount)
        if changed:
            self._append(seen.id, seen.state, actor, f"{OWNER}{owner_id}", now)
        return changed

    def bad_reviews(self, department_id: str | None, first: datetime, last: datetime) -> int:
        """Count what a department was rated badly for in [first, last), appeals left out."""
        tasks = RECTIFICATIONS.c
        query = (
            select(func.count())
            .select_from(RECTIFICATIONS)
            .where(
                tasks.department_id == department_id
                if department_id
                else tasks.department_id.is_(None),
                tasks.created_at >= first,
                tasks.created_at < last,
                tasks.state != RectificationState.REJECTED.value,
            )
        )
        return int(self._connection.execute(query).scalar_one())

    def rectification_events(self, rectification_id: int) -> tuple[RectificationEvent, ...]:
        """Return the history, oldest first."""
        events = RECTIFICATION_EVENTS.c
        query = (
            select(RECTIFICATION_EVENTS)
            .where(events.rectification_id == rectification_id)
            .order_by(events.id)
        )
        return tuple(
            RectificationEvent(
                rectification_id=row.rectification_id,
                state=RectificationState(row.state),
                actor=row.actor,
                reason=row.reason,
                at=row.at,
            )
            for row in self._connection.execute(query)
        )

    def _append(
        self, task_id: int, state: RectificationState, actor: str, reason: str, now: datetime
    ) -> None:
        values = {
            "rectification_id": task_id,
            "state": state.value,
            "actor": actor,
            "reason": reason,
            "at": now,
        }
        self._connection.execute(insert(RECTIFICATION_EVENTS).values(**values))


def _review(row: Row) -> Review:
    return Review(
        id=row.id,
        conversation_id=row.conversation_id,
        target_kind=TargetKind(row.target_kind),
        target_id=row.target_id,
        level=row.level,
        comment=row.comment,
        created_at=row.created_at,
    )


def _rectification(row: Row) -> Rectification:
    return Rectification(
        id=row.id,
        review_id=row.review_id,
        state=RectificationState(row.state),
        follow_up_due_on=row.follow_up_due_on,
        due_on=row.due_on,
        provisional=row.provisional,
        created_at=row.created_at,
        updated_at=row.updated_at,
        owner_id=row.owner_id,
        department_id=row.department_id,
    )
