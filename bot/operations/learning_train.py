"""Train a model on the product's data and on what was learnt here."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import yaml

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

    parts = trained_parts(root)

    def report(progress: Progress) -> None:
        tell(f"{stage_of(progress, parts)} {progress.elapsed_s:.0f} 秒", progress.percent)

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


def trained_parts(root: Path) -> Sequence[str]:
    """Return the class names of what is trained, in the order of `config.yml`."""
    config = yaml.safe_load((root / "config.yml").read_text(encoding="utf-8"))
    listed = [*(config.get("pipeline") or ()), *(config.get("policies") or ())]
    return [str(one["name"]).rpartition(".")[2] for one in listed]


def stage_of(progress: Progress, parts: Sequence[str]) -> str:
    """Return how far a training is, in words for people who do not know the parts."""
    if progress.component not in parts:
        return "训练 准备中"
    return f"训练 第 {parts.index(progress.component) + 1}/{len(parts)} 步"
