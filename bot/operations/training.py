"""Train the Rasa model when none fits the data; Rasa's own output goes to a log file."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.one_at_a_time import one_at_a_time
from bot.operations.errors import OperationFailed, TrainingFailed
from bot.operations.fingerprint import learnt_files, model_path, training_files
from bot.operations.guards import NEEDED_FREE_MB, require_space

POLL_S = 0.5
"""How often the progress display looks at Rasa's log."""

TAIL_BYTES = 16_384

_STAGE = re.compile(r"Starting to train component '(\w+)'")
_PERCENT = re.compile(r"Epochs:\s+(\d+)%")


@dataclass(frozen=True)
class Progress:
    """How far a training is.

    Attributes:
        component: Class name of what Rasa trains now; empty while it loads.
        percent: Of that component's epochs, 0 to 100; None when it has none.
        elapsed_s: Since the training began.
    """

    component: str
    percent: int | None
    elapsed_s: float


Report = Callable[[Progress], None]


def ensure_model(
    root: Path,
    state: Path,
    report: Report,
    *,
    train: Callable[[Path, Path], Sequence[str]] | None = None,
    needed_mb: int = NEEDED_FREE_MB,
) -> tuple[Path, bool]:
    """Return the model that fits the data, training it when there is none.

    Args:
        root: Project folder with `config.yml`, `domain.yml`, `data/`.
        state: Folder of logs and half-made models; what was learnt here is in it as well.
        report: Called twice a second while a training runs.
        train: Builds the training command from (project folder, model to write).
        needed_mb: Free space that a training needs, in MB.

    Returns:
        The model file, and whether it had to be trained.

    Raises:
        DiskFull: Too little space.
        OperationFailed: The training data are missing.
        TrainingFailed: Rasa ended without a model; its log says why.
    """
    with one_at_a_time(state / "train.lock"):
        learnt = learnt_files(state)
        target = model_path(root, root / "models", learnt)
        if target.exists():
            return target, False
        for name in ("config.yml", "domain.yml"):
            if not (root / name).exists():
                raise OperationFailed(f"缺少 {name}, 无法训练 ({name} is missing, cannot train)")
        require_space(state, needed_mb)
        fresh = state / "train" / target.name
        fresh.parent.mkdir(parents=True, exist_ok=True)
        fresh.unlink(missing_ok=True)
        log = state / "log" / "train.log"
        command = train(root, fresh) if train else rasa_command(root, fresh, learnt)
        code = _run(command, root, log, report)
        if code != 0 or not fresh.exists():
            raise TrainingFailed(log, code)
        target.parent.mkdir(exist_ok=True)
        fresh.replace(target)  # a killed training never leaves half a model behind
        return target, True


def rasa_command(root: Path, target: Path, learnt: Sequence[Path] = ()) -> list[str]:
    """Return the command that trains `target` from the data of `root` and what was learnt."""
    return [
        *(sys.executable, "-m", "bot.nlu.train", "train"),
        *("--config", str(root / "config.yml")),
        *("--domain", str(root / "domain.yml")),
        *("--data", *(str(path) for path in (*training_files(root), *learnt))),
        *("--out", str(target.parent)),
        *("--fixed-model-name", target.name.removesuffix(".tar.gz")),
    ]


def child_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment of our child processes: compiled code, no telemetry, UTF-8."""
    environ = {**os.environ, **(extra or {})}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)  # compiling TensorFlow anew costs 10 s a start
    return {
        **environ,
        "RASA_TELEMETRY_ENABLED": "false",
        "PYTHONUTF8": "1",
        "PYTHONUNBUFFERED": "1",
        "TF_CPP_MIN_LOG_LEVEL": "2",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "MALLOC_ARENA_MAX": "2",  # else each thread keeps freed memory of its own
    }


def read_progress(log_tail: str) -> tuple[str, int | None]:
    """Return the component in training and its percentage from the end of Rasa's log."""
    stages = list(_STAGE.finditer(log_tail))
    if not stages:
        percents = _PERCENT.findall(log_tail)
        return "", int(percents[-1]) if percents else None
    percents = _PERCENT.findall(log_tail, stages[-1].end())
    return stages[-1].group(1), int(percents[-1]) if percents else None


def _run(command: Sequence[str], root: Path, log: Path, report: Report) -> int:
    log.parent.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    component = ""
    with log.open("wb") as output:
        child = subprocess.Popen(  # noqa: S603 - our own interpreter with fixed arguments
            command,
            cwd=root,
            env=child_environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            while child.poll() is None:
                seen, percent = read_progress(_tail(log))
                component = seen or component
                report(Progress(component, percent, time.monotonic() - began))
                _wait(child)
        finally:
            if child.poll() is None:  # Ctrl-C: do not leave a training behind
                child.terminate()
                child.wait()
    return child.returncode


def _wait(child: "subprocess.Popen[bytes]") -> None:
    try:
        child.wait(POLL_S)
    except subprocess.TimeoutExpired:
        return


def _tail(log: Path) -> str:
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - TAIL_BYTES))
        return file.read().decode("utf-8", errors="replace")
