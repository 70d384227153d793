"""Lets Rasa start without TensorFlow when the model has no part that needs it.

Stock Rasa imports TensorFlow (and its add-ons) before anything else, because the list of all its
components names some that are built on it. Our pipeline has none since ADR 0011, yet the import
costs seconds of every start and hundreds of megabytes for as long as the process lives. Here the
names that Rasa's modules ask for while they are imported are empty classes. Nothing can be computed
with them: the first use of one afterwards is an error that says why, never a wrong result.

This is a lever like those of `bot/nlu/levers`, but it has to be pulled before Rasa is imported.
"""

import importlib.abc
import importlib.machinery
import inspect
import sys
import tarfile
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

NAME = "without_tensorflow"

LEFT_OUT = ("tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras")

NEEDED_BY = (
    "DIETClassifier",
    "ResponseSelector",
    "TEDPolicy",
    "UnexpecTEDIntentPolicy",
    "ConveRTFeaturizer",
    "LanguageModelFeaturizer",
)
"""Rasa's components that compute with TensorFlow."""


_LEFT_OUT = "_is_left_out"


class TensorflowLeftOut(RuntimeError):
    """Something wants to compute with TensorFlow, and this process runs without it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} was used, and Rasa runs without TensorFlow; "
            f"take {NAME} out of XIAOER_RASA_LEVERS"
        )


class _Name(type):
    """An empty class under a name of TensorFlow; its attributes are such classes too."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        made = _name(f"{cls.__name__}.{name}")
        setattr(cls, name, made)
        return made

    def __call__(cls, *arguments: Any, **options: Any) -> Any:
        caller = sys._getframe(1).f_code  # noqa: SLF001 - tells a module's body from a function
        if caller.co_flags & inspect.CO_OPTIMIZED or not cls.__dict__.get(_LEFT_OUT):
            raise TensorflowLeftOut(cls.__name__)
        # in the body of a module or class it is a decorator, which gives back what it is put on
        is_plain = len(arguments) == 1 and not options and callable(arguments[0])
        return arguments[0] if is_plain else _same


def _same(value: Any) -> Any:
    return value


def _name(name: str) -> _Name:
    return _Name(name, (), {_LEFT_OUT: True})


class _Module(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        made = _name(f"{self.__name__}.{name}")
        setattr(self, name, made)
        return made


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002 - the signature of the import system
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] not in LEFT_OUT:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return _Module(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        module.__dict__["__version__"] = "0"


def is_needed(model: Path) -> bool:
    """Tell whether a trained model has a part that computes with TensorFlow.

    Raises:
        OSError: The file cannot be read.
        KeyError: It has no metadata, so it is no model.
    """
    with tarfile.open(model) as archive:
        metadata = archive.extractfile("metadata.json")
        assert metadata is not None
        text = metadata.read().decode()
    return any(name in text for name in NEEDED_BY)


def leave_out() -> None:
    """Put empty names in the place of TensorFlow; call it before anything of Rasa is imported."""
    sys.meta_path.insert(0, _Finder())


def model_in(arguments: Sequence[str]) -> Path | None:
    """Return the model file that the command line names, None when it names none."""
    for before, value in pairwise(arguments):
        if before in {"-m", "--model"} and Path(value).is_file():
            return Path(value)
    return None
