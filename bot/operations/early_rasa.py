"""Lets Rasa read its model while a new database is being made: two cores, two things to do.

Making a database with its first data takes a second and a half of one core, and Rasa, which needs
three seconds, does not look at it. This is done only where nothing can be wrong with the guess: no
database is there yet, so nobody can have chosen a model, and the one that fits the data serves. The
order of stock Rasa, everything after the database, stays with `XIAOER_RASA_LEVERS=none`.
"""

import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType

from bot.nlu import model_seal
from bot.nlu.lever_setting import NONE
from bot.operations.commands import commands
from bot.operations.fingerprint import learnt_files, model_path
from bot.operations.supervisor import Command, Supervisor
from bot.settings import Settings
from bot.store.engine import is_absent

RASA = "rasa"


def begins_early(settings: Settings) -> bool:
    """Tell whether Rasa may start before the database is ready."""
    return settings.rasa_levers != NONE and is_absent(settings.database_url)


def early_rasa(settings: Settings, root: Path, secrets: Mapping[str, str]) -> Command | None:
    """Return the process that `xiaoer run` will want for Rasa, None where that is not certain yet.

    Args:
        settings: Of this machine and this run.
        root: The project folder, with `models/`.
        secrets: Of the processes, by variable.
    """
    model = model_path(root, root / "models", learnt_files(settings.state_dir))
    if not begins_early(settings) or not model.is_file():
        return None
    (found,) = (one for one in commands(settings, root, model, secrets) if one.name == RASA)
    sealed = {model_seal.SETTING: model_seal.sha256_of(model)}
    return replace(found, environment={**found.environment, **sealed})


@contextmanager
def begun(early: Command | None, folder: Path, logs: Path) -> Iterator[Supervisor]:
    """Run a process from now on, others as `Supervisor.keep` is told; ends them all at the end.

    A signal to stop is an interruption until somebody else listens to it, so that none is left.

    Args:
        early: The first process, None for none.
        folder: Where the processes work.
        logs: Folder of their logs.
    """
    numbers = (signal.SIGTERM, signal.SIGHUP) if early is not None else ()
    before = [signal.signal(number, _interrupt) for number in numbers]
    try:
        with Supervisor([early] if early is not None else [], folder, logs) as supervisor:
            yield supervisor
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
