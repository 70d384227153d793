"""Changing, moving and closing a business: a few questions, then a dated plan."""

from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._facts import fact_question, life_event_questions
from actions._focus import on_plan
from actions._life_ends import end_instead
from actions._life_events import (
    PREFIX,
    START_ON,
    compose_life_event,
    life_event_answers,
    names_event,
)
from actions._live_plan import follow, say_saved
from actions._made_once import MANY, made_once
from actions._plan_dates import keep_start, told_start
from actions._plan_form import ValidatePlanForm
from actions._plan_kept import answered_then_open, keep_plan
from actions._question import Question
from actions._skill import SkillAction, finish_form
from actions._turn import Turn
from bot.documents.plan_text import life_event_text
from bot.domain.plans import PlanKind
from bot.services.plan_snapshot import snapshot_life_event


class ValidateLifeEventForm(ValidatePlanForm):
    """Asks only what still changes the plan."""

    form = "life_event_form"

    def questions(self, turn: Turn, slots: Mapping[str, Any]) -> Sequence[Question]:
        """Return the answered questions (they can be corrected) and those still open."""
        if not names_event(slots):
            return ()
        pending = [q.id for q in app().life_events.questions(life_event_answers(slots))]
        names = answered_then_open(slots, PREFIX, list(life_event_questions()), pending)
        return [_question(name) for name in names]

    def told(self, turn: Turn) -> Mapping[str, Any]:
        """Return the day on which the plan is to start when the words name one."""
        return told_start(turn)

    def accepted(
        self,
        turn: Turn,
        slots: Mapping[str, Any],
        changes: Mapping[str, Any],
        say: CollectingDispatcher,
    ) -> Mapping[str, Any]:
        """Keep a named day; a wrong one is explained."""
        return keep_start(changes, START_ON, slots, say)


class ActionSubmitLifeEvent(SkillAction):
    """Composes the plan, saves it, and shows it with a link."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_submit_life_event"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Save once per message."""
        if not names_event(turn.slots):
            say.utter_message(response="utter_common_nothing_open")
            return finish_form(turn, say)
        plan = compose_life_event(turn.slots)
        snapshot = snapshot_life_event(plan, app().catalogue)
        following = follow(life_event_answers(turn.slots), plan)
        saved, url = keep_plan(turn, PlanKind.LIFE_EVENT, PREFIX, snapshot, following)
        say.utter_message(response="utter_life_events_plan", plan=life_event_text(plan))
        say.utter_message(response="utter_life_events_link", url=url)
        followed = say_saved(saved.plan.id, saved.number, say)
        return [*on_plan("life_event"), *followed, *finish_form(turn, say)]


class ActionOfferEnd(SkillAction):
    """Offers what ends, changes or hands on a business; no rule names it, `_steer` asks it."""

    def name(self) -> str:
        """Return the name by which it is found."""
        return "action_offer_end"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Return no events when the message speaks of none."""
        return end_instead(turn, None, say) or []


@made_once(MANY)
def _question(name: str) -> Question:
    fact = app().catalogue.question(name)
    return fact_question(PREFIX + name, fact, "utter_life_events_ask_fact")
