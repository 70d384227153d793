"""The repository of trainings and comparisons."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from bot.domain.model_life import JobKind, JobState, LearningJob
from bot.store.tables.learning import LEARNING_JOBS

J = LEARNING_JOBS.c
MAX_STAGE = 200


class LearningJobRepository:
    """Work in the background, on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, job: LearningJob) -> int:
        """Write one and return its id."""
        values = {
            "kind": job.kind.value,
            "state": job.state.value,
            "wish": dict(job.wish),
            "stage": job.stage[:MAX_STAGE],
            "percent": job.percent,
            "result": dict(job.result),
            "error": job.error,
            "by": job.by,
            "at": job.at,
            "started_at": job.started_at,
            "ended_at": job.ended_at,
        }
        result = self._connection.execute(insert(LEARNING_JOBS).values(**values))
        job_id: int = result.inserted_primary_key[0]
        return job_id

    def get(self, job_id: int) -> LearningJob | None:
        """Return one, None when there is none."""
        return self._first(select(LEARNING_JOBS).where(J.id == job_id))

    def in_states(self, states: Collection[JobState]) -> Sequence[LearningJob]:
        """Return those in some states, oldest first."""
        names = [state.value for state in states]
        query = select(LEARNING_JOBS).where(J.state.in_(names)).order_by(J.id)
        return [_job(row) for row in self._connection.execute(query)]

    def newest(self, limit: int, kind: JobKind | None = None) -> Sequence[LearningJob]:
        """Return the newest, newest first."""
        query = select(LEARNING_JOBS).order_by(J.id.desc()).limit(limit)
        if kind is not None:
            query = query.where(J.kind == kind.value)
        return [_job(row) for row in self._connection.execute(query)]

    def start(self, job_id: int, now: datetime) -> bool:
        """Take a queued one up; False when somebody else has."""
        return self._move(job_id, (JobState.QUEUED,), state="running", started_at=now)

    def ask_to_stop(self, job_id: int) -> bool:
        """Ask the one who runs it to end it; False when it does not run."""
        return self._move(job_id, (JobState.RUNNING,), state="stopping")

    def progress(self, job_id: int, stage: str, percent: int | None) -> bool:
        """Note how far a running one is; False when it does not run any more."""
        values = {"stage": stage[:MAX_STAGE], "percent": percent}
        return self._move(job_id, (JobState.RUNNING,), **values)

    def end(
        self,
        job_id: int,
        state: JobState,
        now: datetime,
        *,
        result: dict[str, Any] | None = None,
        error: str = "",
    ) -> bool:
        """End one that has not ended; False when it had."""
        seen = (JobState.QUEUED, JobState.RUNNING, JobState.STOPPING)
        values: dict[str, Any] = {"state": state.value, "ended_at": now, "error": error}
        if result is not None:
            values["result"] = result
        return self._move(job_id, seen, **values)

    def _move(self, job_id: int, seen: Collection[JobState], **values: Any) -> bool:
        moved = self._connection.execute(
            update(LEARNING_JOBS)
            .where(J.id == job_id, J.state.in_([state.value for state in seen]))
            .values(**values)
        )
        return moved.rowcount == 1

    def _first(self, query: Any) -> LearningJob | None:
        row = self._connection.execute(query).one_or_none()
        return _job(row) if row else None


def _job(row: Any) -> LearningJob:
    return LearningJob(
        id=row.id,
        kind=JobKind(row.kind),
        state=JobState(row.state),
        wish=row.wish,
        stage=row.stage,
        percent=row.percent,
        result=row.result,
        error=row.error,
        by=row.by,
        at=row.at,
        started_at=row.started_at,
        ended_at=row.ended_at,
    )
