"""Opening a plan made elsewhere, and leaving a telephone to prove it with."""

from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.forms.ask import asking, phone
from actions.forms.form import ValidateForm
from actions.forms.question import Answer, Problem, Question, Value
from actions.plans.spoken_of import KEEP, button, find_plan, say_none, say_status
from actions.turns.skill import SkillAction, finish_form
from actions.turns.turn import Turn
from bot.documents.dates import spoken_moment
from bot.documents.labels import SHOW_PLAN
from bot.services.plans.life import keep_phone
from bot.services.plans.news import SHOW
from bot.services.plans.opening_elsewhere import normalise_plan_number, open_plan
from bot.services.privacy.identity import NotVerified, TooManyTries

TAIL_LENGTH = 4


class ValidateLivePlanForm(ValidateForm):
    """Asks for number and proof of a plan made elsewhere, or for a telephone to prove it with."""

    form = "live_plan_form"

    def questions(self, turn: Turn, slots: Mapping[str, Any]) -> Sequence[Question]:
        """Return the questions of the purpose."""
        if slots.get("live_plan_purpose") == KEEP:
            return (phone("live_plan_phone", "utter_live_plan_ask_phone"),)
        return (
            Question(
                "live_plan_number",
                asking("utter_live_plan_ask_number"),
                _parse_number,
                label=("编号", "方案号"),
                why="utter_live_plan_why_number",
            ),
            Question(
                "live_plan_credential",
                asking("utter_live_plan_ask_credential"),
                _parse_credential,
                label=("后四位", "尾号", "手机"),
                why="utter_live_plan_why_credential",
            ),
        )


class ActionOpenPlan(SkillAction):
    """Opens a plan after the proof, or keeps the telephone for it."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_open_plan"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Say the same for "does not exist" and "not yours"."""
        if turn.slots.get("live_plan_purpose") == KEEP:
            return [*_keep(turn, say), *finish_form(turn, say)]
        return [*_open(turn, say), *finish_form(turn, say)]


def _open(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    application = app()
    number = str(turn.slots.get("live_plan_number") or "")
    cleared: list[EventType] = [
        SlotSet("live_plan_number", None),
        SlotSet("live_plan_credential", None),
    ]
    try:
        life = open_plan(
            application.unit_of_work,
            number=number,
            tail=str(turn.slots.get("live_plan_credential") or ""),
            conversation_id=turn.conversation_id,
            now=application.now(),
        )
    except TooManyTries as error:
        say.utter_message(response="utter_live_plan_locked", until=spoken_moment(error.until))
        return cleared
    except NotVerified as error:
        say.utter_message(
            response="utter_live_plan_not_verified", number=number, left=error.tries_left
        )
        return cleared
    return [*cleared, *say_status(turn, life, say)]


def _keep(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    application = app()
    life = find_plan(turn)
    given = str(turn.slots.get("live_plan_phone") or "")
    if life is None or not given:
        return say_none(say)
    keep_phone(
        application.unit_of_work,
        plan_id=life.plan_id,
        conversation_id=turn.conversation_id,
        phone=given,
        origin=turn.origin("phone"),
        now=application.now(),
    )
    made = [button(SHOW_PLAN, SHOW, "show", life.plan_id)]
    say.utter_message(
        response="utter_live_plan_phone_kept",
        number=life.number,
        tail=given[-TAIL_LENGTH:],
        buttons=made,
    )
    return [SlotSet("live_plan_phone", None)]


def _parse_number(turn: Turn) -> Answer:
    number = normalise_plan_number(turn.text)
    if number is not None:
        return Value(number, exact=True)
    return Problem("utter_live_plan_number_bad") if any(map(str.isdigit, turn.text)) else None


def _parse_credential(turn: Turn) -> Answer:
    digits = "".join(char for char in turn.text if char.isascii() and char.isdigit())
    if len(digits) >= TAIL_LENGTH:
        return Value(digits[-TAIL_LENGTH:], exact=True)
    return Problem("utter_live_plan_credential_bad") if digits else None
