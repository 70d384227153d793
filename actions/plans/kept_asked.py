"""Hands over a plan that stands, says its number, and where it is found again: 下次咋找."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.plans.spoken_of import KEEP, button, find_plan
from actions.plans.to_take_away import offer_papers
from actions.turns.registry import action_named
from actions.turns.turn import Entity, Turn
from bot.documents.labels import KEEP_PHONE
from bot.domain.plan_life import PlanLife
from bot.services.plans.news import SHOW
from bot.services.plans.plans import share_latest_plan
from bot.services.words.standing_asked import Keeping, keeping_asked

Answer = Callable[[Turn, PlanLife, CollectingDispatcher], list[EventType]]


def answer_kept(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Do with the plan itself what is asked; None where nothing of the kind is, or no plan is kept.

    Args:
        turn: The message, behind a plan that stands.
        say: Where it is said.
    """
    asked = keeping_asked(turn.text)
    life = find_plan(turn) if asked is not None else None
    if asked is None or life is None or not life.number:
        return None
    return _ANSWERS[asked](turn, life, say)


def _address(turn: Turn) -> str:
    application = app()
    shared = share_latest_plan(
        application.unit_of_work, conversation_id=turn.conversation_id, now=application.now()
    )
    return "" if shared is None else application.settings.base_url + shared.path


def _phone_button(life: PlanLife) -> list[dict[str, str]]:
    return [] if life.phone_tail else [button(KEEP_PHONE, SHOW, KEEP, life.plan_id)]


def _say_number(_: Turn, life: PlanLife, say: CollectingDispatcher) -> list[EventType]:
    say.utter_message(
        response="utter_live_plan_number", number=life.number, buttons=_phone_button(life)
    )
    return []


def _say_where(turn: Turn, life: PlanLife, say: CollectingDispatcher) -> list[EventType]:
    say.utter_message(
        response="utter_live_plan_find",
        number=life.number,
        path=_address(turn),
        buttons=_phone_button(life),
    )
    return []


def _print(turn: Turn, _: PlanLife, say: CollectingDispatcher) -> list[EventType]:
    say.utter_message(response="utter_live_plan_print", path=_address(turn))
    offer_papers(say)
    return []


def _send(turn: Turn, _: PlanLife, say: CollectingDispatcher) -> list[EventType]:
    """Make a short link, by which others can look at the plan and do nothing else."""
    wanted = replace(turn, entities=(Entity("paper", "link", 0, 0),))
    return action_named("action_take_papers").act(wanted, say)


def _delete(turn: Turn, _: PlanLife, say: CollectingDispatcher) -> list[EventType]:
    return action_named("action_delete_plan").act(turn, say)


_ANSWERS: Mapping[Keeping, Answer] = {
    Keeping.NUMBER: _say_number,
    Keeping.SEND: _send,
    Keeping.PRINT: _print,
    Keeping.FIND: _say_where,
    Keeping.DELETE: _delete,
}
