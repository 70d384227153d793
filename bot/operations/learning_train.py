"""Train a model on the product's data and on what was learnt here."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.nlu import model_seal
from bot.operations.fingerprint import fingerprint
from bot.operations.learning_export import export
from bot.operations.training import Progress, ensure_model
from bot.services.ports import OpenUnitOfWork
from bot.settings import Settings

Tell = Callable[[str, "int | None"], None]
"""Takes the stage, in words, and its percentage."""


def train_learnt(
    unit_of_work: OpenUnitOfWork, settings: Settings, root: Path, tell: Tell
) -> dict[str, Any]:
    """Write what was released, train, and return what was made.

    Returns:
        `model` (file name), `sha256`, `base` (fingerprint of the product's own data), `sentences`
        and `left_out` (of the export), `was_trained` (False when the model was there).

    Raises:
        OperationFailed: Training is impossible or failed; the message says why.
    """
    tell("整理放行的例句", None)
    exported = export(unit_of_work, root, settings.data_dir, settings.state_dir)

    def report(progress: Progress) -> None:
        tell(f"训练 {progress.component or '准备中'} {progress.elapsed_s:.0f} 秒", progress.percent)

    model, was_trained = ensure_model(root, settings.state_dir, report)
    tell("核对模型文件", None)
    return {
        "model": model.name,
        "sha256": model_seal.sha256_of(model),
        "base": fingerprint(root),
        "sentences": exported.count,
        "left_out": list(exported.left_out),
        "was_trained": was_trained,
    }
