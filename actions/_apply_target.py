"""The question what is applied for: a matter of the plan, a named one, the opening as a whole."""

from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._apply_draft import TARGET
from actions._ask import asking, choice_button, chosen
from actions._form import Answer, Problem, Question, Value
from actions._life_events import compose_life_event
from actions._names import find_matters, matter_buttons, matter_choices, sure_matter
from actions._project_answers import compose_project
from actions._start_answers import compose_start
from actions._turn import QUESTION_INTENTS, Turn
from bot.documents import labels
from bot.domain.matters import Matter
from bot.services.application_target import OPENING, is_target
from bot.services.plan_steps import PlanStep

MOST_BUTTONS = 8


def target_question() -> Question:
    """Which matter, or the opening as a whole."""
    return Question(
        TARGET,
        _ask_target,
        _parse_target,
        label=("事项",),
        entity="matter",
        why="utter_matters_why",
    )


def _ask_target(turn: Turn, say: CollectingDispatcher) -> None:
    buttons = []
    matters = planned_matters(turn.slots)
    if turn.slots.get("journey") == "start_business" or not matters:
        buttons.append(choice_button(TARGET, OPENING, labels.WHOLE_OPENING))
    buttons += [choice_button(TARGET, one.id, one.name) for one in matters[:MOST_BUTTONS]]
    asking("utter_apply_ask_target", lambda _: buttons)(turn, say)


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


def _parse_target(turn: Turn) -> Answer:
    pressed = chosen(turn, TARGET)
    if pressed is not None:
        return Value(pressed, exact=True) if is_target(pressed, app().catalogue) else None
    name = turn.entity("matter") or turn.text
    matter = sure_matter(name)
    if matter is not None:
        return Value(matter.id)
    if means_opening(turn.text):
        return Value(OPENING)
    found = find_matters(name)
    if not found or turn.requested != TARGET or turn.intent in QUESTION_INTENTS:
        return None
    buttons = matter_buttons(TARGET, found)
    return Problem(
        "utter_common_suggest_matters", {"choices": matter_choices(found)}, buttons=buttons
    )


def means_opening(text: str) -> bool:
    """Tell whether the words mean the opening as a whole."""
    return any(word in text for word in app().apply_words["opening"])
