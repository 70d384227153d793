"""What is said to a question about a whole project before its plan can be worked out."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.projects.answers import project_answers
from actions.turns.focus import PLAN
from actions.turns.intent_groups import SUMMED
from actions.turns.offers import offer
from actions.turns.requests import Request
from actions.turns.trades_named import find_project_types
from actions.turns.turn import Turn
from bot.documents.project_type_text import limits_text
from bot.services.plans.project_types import possible_types
from bot.services.words.business import asks_for_whole
from bot.services.words.standing import asks_when_built

PLAN_FORMS = frozenset({"plan_project_form", "start_business_form"})


def says_plan_first(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say that the whole can be summed up once the open questions are answered."""
    is_project = turn.slots.get("journey") == "plan_project" and is_in_making(turn)
    if is_project and asks_when_built(turn.text):
        say.utter_message(response="utter_plan_project_builds_later")
        return True
    is_whole = app().dialogue_words.means_whole(turn.text) or turn.intent in SUMMED
    if not is_in_making(turn) or not is_whole or turn.entity("matter"):
        return False
    if turn.intent == "ask_time_limit":
        say_limits(turn, say)
    say.utter_message(response="utter_matters_plan_first")
    return True


def is_in_making(turn: Turn) -> bool:
    """Tell whether the questions of a plan are open, or a project was begun by this sentence."""
    is_begun = turn.slots.get("journey") == "plan_project" and turn.slots.get("focus") == PLAN
    return turn.loop in PLAN_FORMS or (is_begun and turn.loop is None)


def say_limits(turn: Turn, say: CollectingDispatcher) -> None:
    """Say the published limits of the kinds that the project in the making may still be."""
    if turn.slots.get("journey") != "plan_project":
        return
    kinds = possible_types(app().plan_project.settled(project_answers(turn.slots)))
    made = limits_text([app().catalogue.project_type(kind) for kind in kinds])
    if made is not None:
        say.utter_message(response="utter_matters_answer", answer=made.text, source=made.source)


def offer_project(turn: Turn, named: str | None, say: CollectingDispatcher) -> list[EventType]:
    """Offer the plan of what is to be built, when a question is about all of it.

    Args:
        turn: The message: "盖厂房全过程要多少个工作日".
        named: The matter that it names.
        say: Where it is said.
    """
    project = turn.entity("project_type")
    is_whole = app().dialogue_words.means_whole(turn.text) or asks_for_whole(turn.text)
    if named or turn.loop is not None or not is_whole or not find_project_types(project):
        return []
    say.utter_message(response="utter_plan_project_offer", project=project)
    return [offer(turn, Request("plan_project", turn.text, turn.entities))]
