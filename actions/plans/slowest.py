"""Answers which step of a plan takes longest: "施工许可前面哪个最慢"."""

from rasa_sdk.executor import CollectingDispatcher

from actions.plans.planned import plan_worked_out
from actions.turns.focus import Focus
from actions.turns.names import sure_matter
from actions.turns.turn import Turn
from bot.documents.slowest_text import slowest_text
from bot.services.words.plan_remarks import asks_for_slowest, means_before


def answer_slowest(turn: Turn, focus: Focus, say: CollectingDispatcher) -> bool:
    """Name the longest steps of the plan that is talked about; False when it is not asked for."""
    if not asks_for_slowest(turn.text):
        return False
    plan = plan_worked_out(turn.slots, focus.journey)
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
