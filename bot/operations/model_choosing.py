"""Choosing a model by command; the same rules as at the desk."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from bot.domain.model_life import (
    AlreadyServing,
    NothingToGoBackTo,
    ReasonMissing,
    UnknownModel,
)
from bot.operations.errors import OperationFailed
from bot.services.learning.model_choices import choose, known_models, model_before
from bot.services.ports import OpenUnitOfWork

PROBLEMS = {
    AlreadyServing: "这个模型已经在用, 或正在切换 (in use already, or coming)",
    NothingToGoBackTo: "没有可退回的模型 (no model to go back to)",
    ReasonMissing: "要写明理由 (a reason is needed)",
    UnknownModel: "没有这个模型, 或不是为现在的版本训练的 (unknown, or of another version)",
}


def states_of_models(unit_of_work: OpenUnitOfWork) -> Iterator[str]:
    """Yield one line a model, the newest first; then the choices."""
    with unit_of_work() as unit:
        known, choices = known_models(unit), unit.models.newest(20)
    for model in known:
        yield f"{model.name}  {model.sha256[:12]}  {model.base}"
    for choice in choices:
        when = choice.at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
        yield f"{when}  {choice.name}  {choice.state.value}  {choice.reason}  {choice.error}"


def choose_by_name(
    unit_of_work: OpenUnitOfWork, root: Path, name: str, reason: str, now: datetime
) -> int:
    """Ask for a model that was trained or chosen here; returns the id of the choice.

    Raises:
        OperationFailed: It cannot be chosen; the message says why.
    """
    try:
        with unit_of_work() as unit:
            model = next((one for one in known_models(unit) if one.name == name), None)
            if model is None or not (root / "models" / Path(name).name).is_file():
                raise UnknownModel(name)
            return choose(unit, model, by=None, reason=reason, now=now)
    except tuple(PROBLEMS) as error:
        raise OperationFailed(PROBLEMS[type(error)]) from error


def to_the_one_before(unit_of_work: OpenUnitOfWork, reason: str, now: datetime) -> str:
    """Ask for the model that served before; returns its name.

    Raises:
        OperationFailed: There is none, or no reason is given.
    """
    try:
        with unit_of_work() as unit:
            model = model_before(unit)
            if model is None:
                raise NothingToGoBackTo
            choose(unit, model, by=None, reason=reason, now=now)
            return model.name
    except tuple(PROBLEMS) as error:
        raise OperationFailed(PROBLEMS[type(error)]) from error
