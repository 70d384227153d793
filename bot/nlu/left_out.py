"""Puts empty names in the place of libraries that a process imports and never uses.

The names that Rasa's modules ask for while they are imported are empty classes. Nothing can be
computed with them: the first use of one afterwards is an error that says why, never a wrong result.
"""

import importlib.abc
import importlib.machinery
import inspect
import sys
from collections.abc import Collection, Sequence
from types import ModuleType
from typing import Any

_LEFT_OUT = "_left_out_by"


class LeftOut(RuntimeError):
    """Something wants to use a library that this process runs without."""

    def __init__(self, name: str, lever: str) -> None:
        super().__init__(
            f"{name} was used, and Rasa runs without it; take {lever} out of XIAOER_RASA_LEVERS"
        )


class _Name(type):
    """An empty class under a name of the library; its attributes are such classes too."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        made = _name(f"{cls.__name__}.{name}", getattr(cls, _LEFT_OUT))
        setattr(cls, name, made)
        return made

    def __call__(cls, *arguments: Any, **options: Any) -> Any:
        caller = sys._getframe(1).f_code  # noqa: SLF001 - tells a module's body from a function
        if caller.co_flags & inspect.CO_OPTIMIZED or not cls.__dict__.get(_LEFT_OUT):
            raise LeftOut(cls.__name__, getattr(cls, _LEFT_OUT))
        # in the body of a module or class it is a decorator, which gives back what it is put on
        is_plain = len(arguments) == 1 and not options and callable(arguments[0])
        return arguments[0] if is_plain else _same


def _same(value: Any) -> Any:
    return value


def _name(name: str, lever: str) -> _Name:
    return _Name(name, (), {_LEFT_OUT: lever})


class _Module(ModuleType):
    def __init__(self, name: str, lever: str) -> None:
        super().__init__(name)
        self.__dict__[_LEFT_OUT] = lever

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        made = _name(f"{self.__name__}.{name}", self.__dict__[_LEFT_OUT])
        setattr(self, name, made)
        return made


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def __init__(self, names: Collection[str], lever: str) -> None:
        self._names, self._lever = frozenset(names), lever

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002 - the signature of the import system
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] not in self._names:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return _Module(spec.name, self._lever)

    def exec_module(self, module: ModuleType) -> None:
        module.__dict__["__version__"] = "0"


def leave_out(names: Collection[str], lever: str) -> None:
    """Put empty names in the place of libraries; call it before anything of Rasa is imported.

    Args:
        names: Top-level packages.
        lever: What asks for it, as the error names it to whoever uses one of them after all.
    """
    sys.meta_path.insert(0, _Finder(names, lever))
