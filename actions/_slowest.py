"""Answers which step of a plan takes longest: "施工许可前面哪个最慢"."""

from rasa_sdk.executor import CollectingDispatcher

from actions._focus import Focus
from actions._life_events import compose_life_event
from actions._names import sure_matter
from actions._project_answers import compose_project
from actions._start_answers import compose_start
from actions._turn import Turn
from bot.documents.slowest_text import slowest_text
from bot.planner.plan import Plan
from bot.services.plan_remarks import asks_for_slowest, means_before


def answer_slowest(turn: Turn, focus: Focus, say: CollectingDispatcher) -> bool:
    """Name the longest steps of the plan that is talked about; False when it is not asked for."""
    if not asks_for_slowest(turn.text):
        return False
    plan = _plan(turn, focus)
    if plan is None:
        return False
    named = sure_matter(turn.entity("matter"))
    target = next((p.step for p in plan.active() if named and p.step.matter_id == named.id), None)
    steps = [planned.step for planned in plan.active()]
    if target is not None and means_before(turn.text):
        before = plan.graph.ancestors(target.id)
        steps = [step for step in steps if step.id in before]
    text = slowest_text(steps)
    if not text:
        return False
    say.utter_message(response="utter_common_slowest", steps=text)
    return True


def _plan(turn: Turn, focus: Focus) -> Plan | None:
    if focus.journey == "start_business":
        return compose_start(turn.slots).plan
    if focus.journey == "life_event" and turn.slots.get("life_event_id"):
        return compose_life_event(turn.slots).plan
    project = compose_project(turn.slots) if focus.journey == "plan_project" else None
    return project.plan if project else None
