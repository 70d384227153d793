"""Trainings and comparisons: asked for at the desk, done by `xiaoer run`, one at a time."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.model_life import (
    UNFINISHED,
    JobKind,
    JobOver,
    JobRunning,
    JobState,
    LearningJob,
)
from bot.domain.people import Agent, AuditEntry, NotAllowed
from bot.domain.permissions import Permission
from bot.services.ports import OpenUnitOfWork


def new_job(
    kind: JobKind, wish: Mapping[str, Any], *, by: int | None, now: datetime
) -> LearningJob:
    """Return a job that waits to be taken up; not stored yet."""
    return LearningJob(
        id=0,
        kind=kind,
        state=JobState.QUEUED,
        wish=wish,
        stage="",
        percent=None,
        result={},
        error="",
        by=by,
        at=now,
        started_at=None,
        ended_at=None,
    )


def ask_for(
    unit_of_work: OpenUnitOfWork,
    *,
    agent: Agent,
    kind: JobKind,
    wish: Mapping[str, Any],
    now: datetime,
) -> int:
    """Ask for a training or a comparison; returns its id.

    Raises:
        JobRunning: Another one has not ended.
        NotAllowed: This role does not change the model.
    """
    if not agent.may(Permission.CHOOSE_THE_MODEL):
        raise NotAllowed
    with unit_of_work() as unit:
        if unit.learning_jobs.in_states(UNFINISHED):
            raise JobRunning
        job_id = unit.learning_jobs.add(new_job(kind, wish, by=agent.id, now=now))
        unit.people.add_audit(AuditEntry(now, agent.id, f"model_{kind.value}", str(job_id)))
        return job_id


def stop(unit_of_work: OpenUnitOfWork, *, agent: Agent, job_id: int, now: datetime) -> None:
    """End one: at once when it waits, else as soon as the one who runs it sees it.

    Raises:
        JobOver: It has ended.
        NotAllowed: This role does not change the model.
    """
    if not agent.may(Permission.CHOOSE_THE_MODEL):
        raise NotAllowed
    with unit_of_work() as unit:
        job = unit.learning_jobs.get(job_id)
        if job is None or job.state not in UNFINISHED:
            raise JobOver
        if job.state is JobState.QUEUED:
            unit.learning_jobs.end(job_id, JobState.STOPPED, now)
        else:
            unit.learning_jobs.ask_to_stop(job_id)
        unit.people.add_audit(AuditEntry(now, agent.id, "model_job_stopped", str(job_id)))


def take_next(unit_of_work: OpenUnitOfWork, now: datetime) -> LearningJob | None:
    """Take up the one that waits longest, None when none waits."""
    with unit_of_work() as unit:
        for job in unit.learning_jobs.in_states((JobState.QUEUED,)):
            if unit.learning_jobs.start(job.id, now):
                return job
    return None


def is_to_stop(unit_of_work: OpenUnitOfWork, job_id: int) -> bool:
    """Tell whether somebody asked for the end of a running one."""
    with unit_of_work() as unit:
        job = unit.learning_jobs.get(job_id)
    return job is not None and job.state is JobState.STOPPING


def end(
    unit_of_work: OpenUnitOfWork,
    job_id: int,
    state: JobState,
    now: datetime,
    *,
    result: dict[str, Any] | None = None,
    error: str = "",
) -> bool:
    """Write down how one ended; False when that was written before."""
    with unit_of_work() as unit:
        return unit.learning_jobs.end(job_id, state, now, result=result, error=error)


def end_left_over(unit_of_work: OpenUnitOfWork, error: str, now: datetime) -> None:
    """End those that an earlier run left behind; whoever still works on one then stops."""
    with unit_of_work() as unit:
        for job in unit.learning_jobs.in_states((JobState.RUNNING, JobState.STOPPING)):
            unit.learning_jobs.end(job.id, JobState.FAILED, now, error=error)


def note_progress(
    unit_of_work: OpenUnitOfWork, job_id: int, stage: str, percent: int | None
) -> bool:
    """Write down how far one is; False when it shall not go on."""
    with unit_of_work() as unit:
        return unit.learning_jobs.progress(job_id, stage, percent)


def keep_done(
    unit_of_work: OpenUnitOfWork, kind: JobKind, result: dict[str, Any], now: datetime
) -> int:
    """Write down what a command did in the foreground."""
    with unit_of_work() as unit:
        job_id = unit.learning_jobs.add(new_job(kind, {}, by=None, now=now))
        unit.learning_jobs.start(job_id, now)
        unit.learning_jobs.end(job_id, JobState.DONE, now, result=result)
        return job_id
