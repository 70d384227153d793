"""Trained models: which one serves, which one is wanted, and the work done in the background."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.domain.errors import BotError


class ChoiceState(enum.Enum):
    """Where the choice of a model stands."""

    WANTED = "wanted"
    ACTIVE = "active"
    PAST = "past"
    FAILED = "failed"
    SUPERSEDED = "superseded"


@dataclass(frozen=True)
class ModelChoice:
    """Somebody chose a model to serve.

    Attributes:
        name: File name in the folder of models.
        sha256: Of the file when it was chosen; another file is refused.
        base: Fingerprint of the product's own data; a choice holds as long as these are the same.
        by: Account, None for the system (the first start).
        error: Why it failed, "" when it did not.
        active_at: Since when it served, None when it never did.
    """

    id: int
    name: str
    sha256: str
    base: str
    state: ChoiceState
    by: int | None
    at: datetime
    reason: str
    error: str
    active_at: datetime | None


@dataclass(frozen=True)
class Serving:
    """Where the model in use listens, for the processes of one `xiaoer run`."""

    run_id: str
    url: str
    choice_id: int
    at: datetime


class JobKind(enum.Enum):
    """Work that is done in the background."""

    TRAIN = "train"
    COMPARE = "compare"


class JobState(enum.Enum):
    """Where a piece of work stands."""

    QUEUED = "queued"
    RUNNING = "running"
    STOPPING = "stopping"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


UNFINISHED = frozenset({JobState.QUEUED, JobState.RUNNING, JobState.STOPPING})


@dataclass(frozen=True)
class LearningJob:
    """A training or a comparison.

    Attributes:
        wish: What was asked for, such as the models to compare.
        stage: What it does now, in words.
        percent: Of the stage, 0 to 100; None when nobody knows.
        result: Figures, or the model that was made; empty until it is done.
        error: Why it failed, in words.
    """

    id: int
    kind: JobKind
    state: JobState
    wish: Mapping[str, Any]
    stage: str
    percent: int | None
    result: Mapping[str, Any] = field(repr=False)
    error: str
    by: int | None
    at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class JobRunning(BotError):
    """A training or comparison is under way; the next one waits for its end."""


class JobOver(BotError):
    """There is nothing left to stop."""


class UnknownModel(BotError):
    """No such model file, or one that does not fit the present product."""


class AlreadyServing(BotError):
    """The model that is asked for serves already, or is being put into service."""


class NothingToGoBackTo(BotError):
    """No other model has served before."""


class ReasonMissing(BotError):
    """A change of the model needs a reason."""


class ModelChanged(BotError):
    """A model file is not the one that was chosen; it is not loaded."""
