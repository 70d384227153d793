"""Tells which trained model fits the data: the same inputs give the same file name."""

import hashlib
import platform
import re
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from bot.settings import CODE

TRAINED_WITH = ("rasa", "tensorflow", "jieba", "numpy", "scikit-learn")
"""Libraries whose version changes what a model file means."""

RUN_TIME_ONLY = frozenset(
    {
        "action_line.py",
        "conversation_locks.py",
        "event_json.py",
        "event_rows.py",
        "private_logs.py",
        "hub_channel.py",
        "kept_trackers.py",
        "left_out.py",
        "lever_setting.py",
        "model_seal.py",
        "one_thread.py",
        "sent_events.py",
        "serve.py",
        "said_once.py",
        "strict_tracker_store.py",
        "train.py",
        "turn_bells.py",
        "unused_imports.py",
        "whole_turns.py",
        "without_tensorflow.py",
    }
)
RUN_TIME_FOLDER = "levers"
"""Parts of `bot/nlu` that Rasa uses while it runs, or that change no model that is trained."""

USED_BESIDE = (Path("domain", "near_sounds.py"), Path("topic_parts.py"))
"""What `bot/nlu` uses of our other folders, below `bot`."""

LEARNT_FOLDER = "learning"
"""In the state folder: what was learnt here belongs to the operator, not to the product."""

_VERSION = re.compile(r"^version\s*:", re.MULTILINE)
_SECTION = re.compile(
    r"^(nlu|rules|stories|responses|intents|entities|slots|forms|actions|session_config)\s*:",
    re.MULTILINE,
)
"""Training data have a version and a section; seed and catalogue lack one or the other."""


def model_inputs(root: Path) -> Iterator[tuple[Path, Path]]:
    """Yield every file that a trained model depends on: its name below the project, its path.

    Sorted by name. In an installed wheel the code does not lie beside the data; the names are the
    same, so that both know the same model.
    """
    candidates = [root / "config.yml", root / "domain.yml"]
    candidates += training_files(root)
    candidates += (root / "data" / "lexicon").rglob("*")
    named = {path.relative_to(root): path for path in candidates}
    code = root if (root / CODE.name).is_dir() else CODE.parent
    own = code / CODE.name
    sources = [*(own / "nlu").rglob("*.py"), *(own / path for path in USED_BESIDE)]
    named |= {path.relative_to(code): path for path in sources if not _is_run_time_only(path)}
    yield from sorted((name, path) for name, path in named.items() if path.is_file())


def _is_run_time_only(path: Path) -> bool:
    return path.name in RUN_TIME_ONLY or path.parent.name == RUN_TIME_FOLDER


def training_files(root: Path) -> list[Path]:
    """Return the training data under `data/`, sorted; Rasa is given exactly these files.

    Given the whole folder it would trip over our own YAML files with a key like `rules`.
    """
    data = root / "data"
    files = (*data.rglob("*.yml"), *data.rglob("*.yaml"))
    return sorted(path for path in files if _is_training_file(path))


def library_versions() -> dict[str, str]:
    """Return the versions that belong to the fingerprint; reads metadata, imports nothing."""
    versions = {name: version(name) for name in TRAINED_WITH}
    return {"python": platform.python_version(), **versions}


def fingerprint(
    root: Path, versions: dict[str, str] | None = None, learnt: Sequence[Path] = ()
) -> str:
    """Return 16 hex digits that change whenever the model must be trained anew.

    Args:
        root: The project folder (`config.yml` and `data/` are in it).
        versions: Library versions; those installed when None.
        learnt: Files of the operator that are trained as well.
    """
    digest = hashlib.sha256()
    for library, number in sorted((library_versions() if versions is None else versions).items()):
        digest.update(f"{library}=={number}\n".encode())
    for name, path in model_inputs(root):
        content = path.read_bytes()
        digest.update(f"{name.as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    for path in learnt:
        digest.update(f"learnt/{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def learnt_files(state: Path) -> list[Path]:
    """Return the training data that people have released, sorted; see docs/learning.md."""
    return sorted((state / LEARNT_FOLDER).glob("*.yml"))


def model_path(root: Path, models: Path | None = None, learnt: Sequence[Path] = ()) -> Path:
    """Return where the model that fits the present data lies, or would lie."""
    folder = root / "models" if models is None else models
    return folder / f"{fingerprint(root, learnt=learnt)}.tar.gz"


def _is_training_file(path: Path) -> bool:
    text = path.read_text(encoding="utf-8")
    return bool(_VERSION.search(text) and _SECTION.search(text))
