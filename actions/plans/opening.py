"""Opens the plan that a text names by number or link, wherever it is said."""

from typing import Any

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.plans.spoken_of import say_status
from actions.turns.opens_form import start_form
from actions.turns.turn import Turn
from bot.domain.plan_errors import NotLive
from bot.domain.plans import UnknownPlan
from bot.services.plans.opening_elsewhere import (
    link_token,
    normalise_plan_number,
    open_plan_by_link,
)
from bot.services.plans.reading import my_plans

OPEN = "open"
"""What the button for a plan from elsewhere does."""


def open_named_plan(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Open the plan whose number or link the text holds; None when it holds neither."""
    token = link_token(turn.text)
    if token is not None:
        return _open_link(turn, token, say)
    number = normalise_plan_number(turn.text)
    if number is None:
        return None
    for life in my_plans(app().unit_of_work, turn.conversation_id):
        if life.number == number:
            return say_status(turn, life, say)
    return start_plan_form(turn, OPEN, live_plan_number=number)


def start_plan_form(turn: Turn, purpose: str, **slots: Any) -> list[EventType]:
    """Ask what is needed to open a plan, or to open one elsewhere later."""
    cleared = {"live_plan_number": None, "live_plan_credential": None, "live_plan_phone": None}
    return start_form(turn, "live_plan_form", live_plan_purpose=purpose, **{**cleared, **slots})


def _open_link(turn: Turn, token: str, say: CollectingDispatcher) -> list[EventType]:
    application = app()
    try:
        life = open_plan_by_link(
            application.unit_of_work,
            token=token,
            conversation_id=turn.conversation_id,
            now=application.now(),
        )
    except UnknownPlan:
        say.utter_message(response="utter_live_plan_bad_link")
        return []
    except NotLive:
        say.utter_message(response="utter_live_plan_old")
        return []
    return say_status(turn, life, say)
