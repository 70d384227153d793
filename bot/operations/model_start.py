"""Which model `xiaoer run` starts with: the one in use when it was stopped, if it still fits."""

from datetime import datetime
from pathlib import Path

from bot.domain.model_life import ModelChanged, ModelChoice
from bot.nlu import model_seal
from bot.operations.display import Display
from bot.operations.fingerprint import fingerprint
from bot.operations.learning_export import export
from bot.operations.train import train
from bot.services.learning.model_choices import KnownModel
from bot.services.learning.model_switch import active_choice, begin_with
from bot.services.ports import OpenUnitOfWork


def model_to_serve(
    unit_of_work: OpenUnitOfWork, root: Path, state: Path, display: Display, now: datetime
) -> ModelChoice:
    """Return the model to start with; trains one when none fits, and writes that down.

    A choice holds until the product's own data change (an upgrade): what was learnt here is then
    trained again together with the new data.

    Raises:
        ModelChanged: The file of the model in use is not the one that was chosen.
        OperationFailed: Training is impossible or failed.
    """
    base = fingerprint(root)
    kept = active_choice(unit_of_work)
    if kept is not None and kept.base == base:
        path = root / "models" / Path(kept.name).name
        if path.is_file():
            require_unchanged(path, kept.sha256)
            display.line(f"在用的模型 (model in use): {kept.name}")
            return kept
    if kept is not None:  # the new data may hold, or forbid, what was learnt
        export(unit_of_work, root, root / "data", state)
    model = train(root, state, display)
    known = KnownModel(model.name, model_seal.sha256_of(model), base, now)
    return begin_with(unit_of_work, known, now=now)


def require_unchanged(path: Path, sha256: str) -> None:
    """Refuse a model file with another digest.

    Raises:
        ModelChanged: The file has changed; the message says the way on.
    """
    try:
        model_seal.require(path, sha256)
    except model_seal.WrongModel as error:
        raise ModelChanged(
            f"{error}。删掉 {path} 再启动会重新训练 (delete the file and start again to train anew)"
        ) from error
