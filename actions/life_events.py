"""Changing, moving and closing a business: a few questions, then a dated plan."""

from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._facts import fact_question, life_event_questions
from actions._focus import on_plan
from actions._form import Question, ValidateForm
from actions._life_events import (
    PREFIX,
    START_ON,
    compose_life_event,
    life_event_answers,
    names_event,
)
from actions._live_plan import follow, say_saved
from actions._plan_dates import keep_start, names_start, told_start
from actions._skill import SkillAction, finish_form
from actions._turn import Turn
from bot.documents.plan_text import life_event_text
from bot.domain.plans import PlanKind
from bot.services.plan_snapshot import snapshot_life_event
from bot.services.plans import save_plan


class ValidateLifeEventForm(ValidateForm):
    """Asks only what still changes the plan."""

    form = "life_event_form"

    def _read(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Take a day to start on for itself, never for an answer to the open question."""
        if names_start(turn):
            told = {k: v for k, v in self.told(turn).items() if turn.slots.get(k) is None}
            return self._accept(turn, told, say, None)
        return super()._read(turn, say)

    def questions(self, turn: Turn, slots: Mapping[str, Any]) -> Sequence[Question]:
        """Return the answered questions (they can be corrected) and those still open."""
        if not names_event(slots):
            return ()
        pending = [q.id for q in app().life_events.questions(life_event_answers(slots))]
        answered = (
            name
            for name in life_event_questions()
            if slots.get(PREFIX + name) is not None and name not in pending
        )
        return [_question(name) for name in (*answered, *pending)]

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
        application = app()
        if not names_event(turn.slots):
            say.utter_message(response="utter_common_nothing_open")
            return finish_form(turn, say)
        plan = compose_life_event(turn.slots)
        saved = save_plan(
            application.unit_of_work,
            origin=turn.origin("plan"),
            conversation_id=turn.conversation_id,
            kind=PlanKind.LIFE_EVENT,
            answers={k: v for k, v in turn.slots.items() if k.startswith(PREFIX) and v is not None},
            snapshot=snapshot_life_event(plan, application.catalogue),
            now=application.now(),
            follow=follow(life_event_answers(turn.slots), plan),
        )
        say.utter_message(response="utter_life_events_plan", plan=life_event_text(plan))
        url = application.settings.base_url + saved.path
        say.utter_message(response="utter_life_events_link", url=url)
        followed = say_saved(saved.plan.id, saved.number, say)
        return [*on_plan("life_event"), *followed, *finish_form(turn, say)]


def _question(name: str) -> Question:
    fact = app().catalogue.question(name)
    return fact_question(PREFIX + name, fact, "utter_life_events_ask_fact")
