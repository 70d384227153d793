"""Deletes a saved plan, after the applicant has said yes to what would go."""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.plans.spoken_of import PLAN, find_plan, say_none
from actions.turns.buttons import choice_button
from actions.turns.offers import OFFER, offer
from actions.turns.requests import Request
from actions.turns.skill import SkillAction
from actions.turns.turn import Entity, Turn
from bot.documents.labels import DELETE_PLAN, KEEP_PLAN
from bot.domain.plan_errors import PlanChanged
from bot.domain.plan_life import PlanLife
from bot.domain.plans import UnknownPlan
from bot.services.plans.deletion import delete_plan
from bot.services.plans.reading import my_plans

DELETE = "delete_plan"
"""Choice of the buttons, and entity of the offer: the plan's id."""


class ActionDeletePlan(SkillAction):
    """Asks first, then deletes; no rule names it, `_steer` asks it."""

    def name(self) -> str:
        """Return the name by which it is found."""
        return "action_delete_plan"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Read the plan back, or delete the one that was agreed to."""
        agreed = turn.entity(DELETE)
        if agreed is not None:
            return _delete(turn, agreed, say)
        life = find_plan(turn)
        if life is None:
            return say_none(say)
        plan_id = str(life.plan_id)
        buttons = [
            choice_button(DELETE, plan_id, DELETE_PLAN),
            {"title": KEEP_PLAN, "payload": "/deny"},
        ]
        say.utter_message(
            response="utter_live_plan_ask_delete",
            plan=life.name,
            number=life.number,
            buttons=buttons,
        )
        return [offer(turn, Request(DELETE, "", (Entity(DELETE, plan_id, 0, 0),)))]


def _delete(turn: Turn, plan_id: str, say: CollectingDispatcher) -> list[EventType]:
    application = app()
    mine = my_plans(application.unit_of_work, turn.conversation_id)
    life: PlanLife | None = next((one for one in mine if str(one.plan_id) == plan_id), None)
    if life is None:
        return say_none(say)
    try:
        delete_plan(
            application.unit_of_work,
            plan_id=life.plan_id,
            conversation_id=turn.conversation_id,
            origin=turn.origin("delete_plan"),
            now=application.now(),
        )
    except UnknownPlan:
        return say_none(say)
    except PlanChanged:
        say.utter_message(response="utter_live_plan_changed_meanwhile")
        return []
    say.utter_message(response="utter_live_plan_deleted", number=life.number)
    return [SlotSet(name, None) for name in (PLAN, OFFER, "journey", "focus")]
