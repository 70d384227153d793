"""The steps and matters of the plan that was worked out last, or is in the making."""

from collections.abc import Mapping, Sequence
from typing import Any

from actions.changes.life_events import compose_life_event
from actions.projects.answers import compose_project
from actions.trades.start_answers import compose_start
from bot.domain.matters import Matter
from bot.planner.plan import Plan
from bot.services.plans.steps import PlanStep


def planned_matters(slots: Mapping[str, Any]) -> list[Matter]:
    """Return the matters of the plan that was worked out last, each once."""
    found = [step.matter for step in planned_steps(slots) if step.matter]
    return list({matter.id: matter for matter in found}.values())


def planned_steps(slots: Mapping[str, Any]) -> Sequence[PlanStep]:
    """Return the steps of the plan that was worked out last; none before any."""
    journey = slots.get("journey")
    if journey == "start_business":
        return compose_start(slots).steps
    if journey == "life_event" and slots.get("life_event_id"):
        return compose_life_event(slots).steps
    project = compose_project(slots) if journey == "plan_project" else None
    return project.steps if project else ()


def plan_worked_out(slots: Mapping[str, Any], journey: str | None) -> Plan | None:
    """Return the dated plan of a journey as its answers stand; None where there is none yet."""
    if journey == "start_business":
        return compose_start(slots).plan
    if journey == "life_event" and slots.get("life_event_id"):
        return compose_life_event(slots).plan
    project = compose_project(slots) if journey == "plan_project" else None
    return project.plan if project else None
