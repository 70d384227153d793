"""What a plan holds of one area: "消防那边用不用管", asked without the name of a matter."""

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._focus import read_focus
from actions._planned import planned_steps
from actions._turn import Turn
from bot.documents.matter_text import source_line
from bot.documents.plan_area_text import area_text
from bot.services.plan_remarks import asks_after_area
from bot.services.plan_steps import PlanStep


def answer_area(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say which steps of the plan belong to the area asked about; False when none is asked about.

    The plan is the one that is being made, or the one spoken of last; what depends on answers that
    are still open is said to.
    """
    journey = read_focus(turn).journey
    words = app().dialogue_words
    area = words.area_in(turn.text)
    if journey is None or area is None or not asks_after_area(turn.text):
        return False
    if words.topics_in(turn.text) or turn.entity("policy"):
        return False
    steps = planned_steps({**turn.slots, "journey": journey})
    if not steps:
        return False
    found = [step for step in steps if step.matter and _belongs(step, words.areas[area])]
    if not found:
        say.utter_message(response="utter_plan_area_none", area=area)
        return True
    weakest = min((s.matter.provenance for s in found if s.matter), key=lambda p: p.verified)
    say.utter_message(
        response="utter_plan_area",
        area=area,
        steps=area_text(found),
        source=source_line(weakest),
    )
    return True


def _belongs(step: PlanStep, words: tuple[str, ...]) -> bool:
    assert step.matter is not None
    names = (step.matter.name, *step.matter.aliases, step.department)
    return any(word in name for word in words for name in names)
