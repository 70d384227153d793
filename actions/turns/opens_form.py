"""Opens a form; the one place where forms give way to each other."""

from typing import Any

from rasa_sdk.events import EventType, FollowupAction, SlotSet

from actions.turns.turn import Turn

RESUMED = frozenset(
    {"start_business_form", "plan_project_form", "life_event_form", "policy_form"}
    | {"apply_form", "whistle_form", "booking_form", "feedback_form"}
)
"""Forms that wait underneath when another one opens; a mere look-up is dropped instead."""


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
