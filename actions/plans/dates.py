"""The day on which a plan is to start, said inside a journey or after it."""

from collections.abc import Mapping
from typing import Any

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.turns.opens_form import start_form
from actions.turns.turn import Turn
from bot.documents.dates import spoken_day
from bot.services.plans.dates import NamedStart, StartFault, planned_start, read_start
from bot.services.times.local_time import local_day
from bot.services.words.story import tells_hearsay

JOURNEYS = frozenset({"life_event", "plan_project", "start_business"})
"""Journeys that make a plan; with every question answered their forms end at once with it."""

SAID_START = "said_start"
"""Key under which a named day travels until `keep_start` turns it into a slot."""


def told_start(turn: Turn) -> dict[str, Any]:
    """Return the day that the text wants the plan to start on, right or wrong; else nothing."""
    said = read_start(turn.text, app().now(), app().calendar) if turn.text else None
    return {} if said is None else {SAID_START: said}


def names_start(turn: Turn) -> bool:
    """Tell whether the text is about the day on which the plan is to start."""
    return turn.choice is None and not tells_hearsay(turn.text) and bool(told_start(turn))


def keep_start(
    told: Mapping[str, Any], slot: str, slots: Mapping[str, Any], say: CollectingDispatcher
) -> dict[str, Any]:
    """Turn a named day into its slot and say so; a wrong one is explained and changes nothing."""
    kept = dict(told)
    said = kept.pop(SAID_START, None)
    if not isinstance(said, NamedStart):
        return kept
    day, today = spoken_day(said.on), local_day(app().now())
    start = spoken_day(planned_start(slots.get(slot), today))
    if said.fault is StartFault.PAST:
        say.utter_message(response="utter_plan_project_start_past", day=day, start=start)
    elif said.fault is StartFault.BEYOND_CALENDAR:
        say.utter_message(response="utter_plan_project_start_too_far", day=day, start=start)
    else:
        kept[slot] = said.on.isoformat()
        say.utter_message(response="utter_plan_project_start_kept", day=day)
    return kept


def restart_plan(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Date the plan that was made last anew when the text names another day to start on.

    A day that does not fit is explained, and the plan stays as it was. None when the text names no
    day, or no plan was made, or a question is open.
    """
    said = told_start(turn)
    journey = str(turn.slots.get("journey") or "")
    if not said or journey not in JOURNEYS or turn.loop is not None:
        return None
    slot = f"{journey}_start_on"
    kept = keep_start(said, slot, turn.slots, say)
    return start_form(turn, f"{journey}_form", **{slot: kept[slot]}) if slot in kept else []
