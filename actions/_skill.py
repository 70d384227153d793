"""The base of every action: catches what goes wrong and answers in words."""

from abc import ABC, abstractmethod
from typing import Any

import structlog
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions._turn import Turn, read_turn

LOG = structlog.get_logger()

RESUMED = frozenset(
    {
        "apply_form",
        "booking_form",
        "feedback_form",
        "plan_project_form",
        "start_business_form",
        "whistle_form",
    }
)
"""Forms that wait underneath when another one opens; a mere look-up is dropped instead."""


class SkillAction(Action, ABC):
    """An action that reads one `Turn` and returns events; children implement `act`."""

    @abstractmethod
    def name(self) -> str:
        """Return the name in the domain."""

    @abstractmethod
    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Answer the turn; the tracker is changed by the returned events only."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        """Run `act`; an unexpected error becomes an honest sentence, never silence."""
        turn = read_turn(tracker)
        try:
            return self.act(turn, dispatcher)
        except Exception:
            LOG.exception("action_failed", action=self.name(), conversation=turn.conversation_id)
            dispatcher.messages.clear()
            dispatcher.utter_message(response="utter_common_action_failed")
            return []


def start_form(turn: Turn, form: str, **slots: Any) -> list[EventType]:
    """Open a form with these slots; a form that is open already waits underneath.

    The one place where forms give way to each other.
    """
    waiting = [name for name in turn.slots.get("open_forms") or [] if name != form]
    if turn.loop in RESUMED and turn.loop != form:
        waiting = [*(name for name in waiting if name != turn.loop), turn.loop]
    return [
        *(SlotSet(name, value) for name, value in slots.items()),
        SlotSet("open_forms", waiting),
        SlotSet("form_failures", 0.0),
        FollowupAction(form),
    ]


def finish_form(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Go back to the form that waits underneath, if any; it repeats its open question."""
    waiting = list(turn.slots.get("open_forms") or [])
    if not waiting:
        return [SlotSet("form_failures", 0.0)]
    below = waiting.pop()
    say.utter_message(response="utter_common_back_to_form")
    return [SlotSet("open_forms", waiting), SlotSet("form_failures", 0.0), FollowupAction(below)]


def close_form() -> list[EventType]:
    """Leave the form that is open without submitting it."""
    return [ActiveLoop(None), SlotSet("requested_slot", None), SlotSet("form_failures", 0.0)]
