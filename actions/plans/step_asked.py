"""Tells one step of the plan that stands by its place: 第三步是啥, 第二步要啥材料."""

from collections.abc import Iterable
from itertools import groupby

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.finding.matter_answer import say_answer
from actions.plans.planned import plan_worked_out, planned_steps
from actions.projects.answers import compose_project
from actions.questions.matter_faqs import utter
from actions.turns.focus import on_matter, on_plan, read_focus
from actions.turns.turn import Turn
from bot.documents.journey_answers import journey_answer
from bot.documents.plan_answers_text import step_text
from bot.services.plans.steps import PlanStep
from bot.services.words.standing_asked import step_asked

NO_CLOCK = "none"
"""Clock of what only marks a point of a plan, and is no work."""

Wave = list[PlanStep]


def answer_step(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Say what the step is that is asked after, or a topic of it; None for no such question."""
    asked = step_asked(turn.text)
    journey = str(read_focus(turn).journey)
    plan = plan_worked_out(turn.slots, journey) if asked is not None else None
    if asked is None or plan is None or turn.entity("matter") is not None:
        return None
    at, topic = asked
    waves = _waves(turn, journey)
    at = len(waves) if at < 0 else at
    if not 1 <= at <= len(waves):
        say.utter_message(response="utter_plan_fewer_steps", place=str(at), count=str(len(waves)))
        return on_plan(journey)
    wave = waves[at - 1]
    matters = [step.matter for step in wave if step.matter is not None]
    if topic is None or not matters:
        told = step_text(wave, plan)
        response = "utter_plan_step" if len(wave) == 1 else "utter_plan_steps_together"
        say.utter_message(response=response, place=str(at), steps=told)
    elif len(matters) == 1:
        say_answer(topic, matters[0], say)
    else:
        utter(journey_answer(topic, f"第{at}步", matters), say)
    return on_matter(matters[0], topic) if topic and len(matters) == 1 else on_plan(journey)


def _waves(turn: Turn, journey: str) -> list[Wave]:
    """Return the steps that go at the same time, in the order and count of the message."""
    project = compose_project(turn.slots) if journey == "plan_project" else None
    if project is None:
        return _grouped(planned_steps({**turn.slots, "journey": journey}))
    return [wave for stage in project.stages for wave in _grouped(stage.steps)]


def _grouped(steps: Iterable[PlanStep]) -> list[Wave]:
    left = [one for one in steps if not one.is_done and one.planned.step.clock != NO_CLOCK]
    ordered = sorted(left, key=lambda one: one.planned.wave)
    return [list(wave) for _, wave in groupby(ordered, key=lambda one: one.planned.wave)]
