"""Finds an action by its name, as Rasa does: every module of this package is looked through."""

import pkgutil
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from inspect import isabstract
from typing import Any, Protocol, runtime_checkable

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action

import actions
from actions.forms.question import Question
from actions.turns.turn import Turn


class Skill(Protocol):
    """An action that answers a turn."""

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Answer."""


@runtime_checkable
class Asking(Skill, Protocol):
    """A form: it knows what it asks, given the answers so far."""

    def questions(self, turn: Turn, slots: Mapping[str, Any]) -> Sequence[Question]:
        """Return the questions that matter, in order."""


def asked_in(form: str, turn: Turn) -> Sequence[Question]:
    """Return the questions of a form, given what is known; raises `KeyError` for no form."""
    found = action_named(f"validate_{form}")
    assert isinstance(found, Asking)
    return found.questions(turn, turn.slots)


def action_named(name: str) -> Skill:
    """Return the action of this name; raises `KeyError` when there is none."""
    return _actions()[name]


@lru_cache(maxsize=1)
def _actions() -> Mapping[str, Skill]:
    """Return every action by its name; they hold no state, so one of each is enough."""
    for module in pkgutil.iter_modules(actions.__path__):
        import_module(f"{actions.__name__}.{module.name}")
    found: dict[str, Skill] = {}
    kinds = list(Action.__subclasses__())
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        if kind.__module__.startswith(f"{actions.__name__}.") and not isabstract(kind):
            made = kind()
            found[made.name()] = made  # type: ignore[assignment]  # ours have `act`
    return found
