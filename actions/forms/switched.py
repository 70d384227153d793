"""Lets nobody begin or send what a switch has taken out of use, and says so."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.turns.off import says_off
from actions.turns.skill import SkillAction, finish_form
from actions.turns.turn import Turn

SUBMITS = "action_submit_"
A = TypeVar("A", bound=SkillAction)
Act = Callable[[A, Turn, CollectingDispatcher], list[EventType]]


def while_on(skill: str) -> Callable[[Act[A]], Act[A]]:
    """Return what makes `act` ask the switch of a skill first; the database is asked every time.

    While it is off the action only says so: no form opens and nothing is handed in; what was
    answered before stays in its slots.
    """

    def guarded(act: Act[A]) -> Act[A]:
        @wraps(act)
        def asked(self: A, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
            if not says_off(skill, say):
                return act(self, turn, say)
            # a form that waits underneath is another service, and goes on
            return finish_form(turn, say) if self.name().startswith(SUBMITS) else []

        return asked

    return guarded
