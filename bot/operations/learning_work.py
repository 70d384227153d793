"""Does one training or comparison that `xiaoer run` started as a child process."""

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.domain.errors import BotError
from bot.domain.model_life import ChoiceState, JobKind, JobState, LearningJob
from bot.nlu import model_seal
from bot.operations.errors import OperationFailed
from bot.operations.learning_compare import compare
from bot.operations.learning_train import Tell, train_learnt
from bot.services.learning import jobs as learning_jobs
from bot.services.learning.model_choices import KnownModel, known_models
from bot.services.ports import OpenUnitOfWork
from bot.settings import Settings

TELL_EVERY_S = 1.0
Train = Callable[[OpenUnitOfWork, Settings, Path, Tell], dict[str, Any]]


class StopAsked(BotError):
    """Somebody ended the work, or it no longer counts."""


def work(
    unit_of_work: OpenUnitOfWork,
    settings: Settings,
    root: Path,
    job_id: int,
    *,
    clock: Callable[[], datetime],
    train: Train = train_learnt,
) -> bool:
    """Do a job that was taken up; writes down how it ended.

    Args:
        unit_of_work: Opens transactions.
        settings: Of this machine.
        root: The project folder.
        job_id: What to do.
        clock: Returns the time.
        train: Trains a model and returns what was made.

    Returns:
        Whether it was done.
    """
    with unit_of_work() as unit:
        job = unit.learning_jobs.get(job_id)
    if job is None or job.state is not JobState.RUNNING:
        return False
    try:
        tell = _teller(unit_of_work, job_id)
        if job.kind is JobKind.TRAIN:
            result = train(unit_of_work, settings, root, tell)
        else:
            result = _compare(unit_of_work, settings, root, job, tell)
    except StopAsked:
        learning_jobs.end(unit_of_work, job_id, JobState.STOPPED, clock())
        return False
    except (BotError, OSError) as error:
        reason = str(error) or type(error).__name__
        learning_jobs.end(unit_of_work, job_id, JobState.FAILED, clock(), error=reason)
        return False
    return learning_jobs.end(unit_of_work, job_id, JobState.DONE, clock(), result=result)


def _compare(
    unit_of_work: OpenUnitOfWork, settings: Settings, root: Path, job: LearningJob, tell: Tell
) -> dict[str, Any]:
    return compare_known(
        unit_of_work,
        settings,
        root,
        name=str(job.wish["model"]),
        replayed=int(job.wish.get("replay") or 0),
        tell=tell,
    )


def compare_known(
    unit_of_work: OpenUnitOfWork,
    settings: Settings,
    root: Path,
    *,
    name: str,
    replayed: int,
    tell: Tell,
) -> dict[str, Any]:
    """Compare a model that was trained here with the one in use.

    Raises:
        OperationFailed: One of them is unknown, gone or changed.
    """
    with unit_of_work() as unit:
        active = unit.models.newest_in(ChoiceState.ACTIVE)
        known = {one.name: one for one in known_models(unit)}
    if active is None or name not in known:
        raise OperationFailed(f"没有可以比较的模型 {name} (no such model, or none in use)")
    old = _file(root, known[active.name])
    new = _file(root, known[name])
    return compare(unit_of_work, settings, root, old=old, new=new, replayed=replayed, tell=tell)


def _file(root: Path, model: KnownModel) -> Path:
    path = root / "models" / Path(model.name).name
    if not path.is_file():
        raise OperationFailed(f"模型文件 {model.name} 不在了 (the file is gone)")
    try:
        model_seal.require(path, model.sha256)
    except model_seal.WrongModel as error:
        raise OperationFailed(str(error)) from error
    return path


def _teller(unit_of_work: OpenUnitOfWork, job_id: int) -> Tell:
    told_at, told = 0.0, ""

    def tell(stage: str, percent: int | None) -> None:
        nonlocal told_at, told
        words = stage.rsplit(" ", 2)[0]
        if words == told and time.monotonic() - told_at < TELL_EVERY_S:
            return
        told_at, told = time.monotonic(), words
        if not learning_jobs.note_progress(unit_of_work, job_id, stage, percent):
            raise StopAsked

    return tell
