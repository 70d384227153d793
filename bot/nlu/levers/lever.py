"""What a lever is: a piece of Rasa that is replaced by one with the same answers at less cost."""

import hashlib
import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Replaced:
    """A function of Rasa that a lever takes the place of.

    Attributes:
        function: The function as Rasa 3.6.21 defines it.
        fingerprint: First 16 hex digits of the SHA-256 of its source.
    """

    function: Callable[..., Any]
    fingerprint: str

    @property
    def is_as_known(self) -> bool:
        """Tell whether Rasa's source is the one that the lever was written for."""
        return fingerprint_of(self.function) == self.fingerprint


@dataclass(frozen=True)
class Lever:
    """One replacement.

    Attributes:
        name: As `XIAOER_RASA_LEVERS` names it.
        pull: Puts it in place; called once a process, before Rasa starts to serve.
        replaced: What it stands in for.
    """

    name: str
    pull: Callable[[], None]
    replaced: tuple[Replaced, ...]

    @property
    def fits(self) -> bool:
        """Tell whether everything that it replaces is as it was when the lever was written."""
        return all(one.is_as_known for one in self.replaced)


def fingerprint_of(function: Callable[..., Any]) -> str:
    """Return the first 16 hex digits of the SHA-256 of a function's source."""
    source = textwrap.dedent(inspect.getsource(function))
    return hashlib.sha256(source.encode()).hexdigest()[:16]
