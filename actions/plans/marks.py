"""Marks a step with its real day, or takes the mark back, and says what that moved."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.plans.spoken_of import PLAN, STEP, Buttons, button, plan_buttons, read, today
from actions.turns.turn import Turn
from bot.documents.dates import spoken_day
from bot.documents.labels import (
    ALL_BEFORE,
    DAY_BEFORE,
    UNDO,
    YESTERDAY,
    change_title,
    done_title,
)
from bot.documents.live_plan_refusals import done_text, needed_text, too_early_text
from bot.documents.live_plan_text import marked_text, next_text, unmarked_text
from bot.domain.plan_errors import (
    NotLive,
    PlanChanged,
    StepDone,
    StepInFuture,
    StepNeeded,
    StepTooEarly,
    UnknownPlanStep,
)
from bot.domain.plan_life import PlanLife
from bot.domain.plans import UnknownPlan
from bot.services.plans.life import mark_steps, unmark_step
from bot.services.plans.life_view import LiveStep
from bot.services.plans.news import MARK

WITH_BEFORE, AGAIN = "before", "again"
"""Last parts of a button: also mark what comes before; put the day in the place of the old one."""

OUTCOME_RESPONSES: dict[type[Exception], str] = {
    NotLive: "utter_live_plan_not_live",
    PlanChanged: "utter_live_plan_busy",
    StepInFuture: "utter_live_plan_future",
    UnknownPlan: "utter_live_plan_unknown",
    UnknownPlanStep: "utter_live_plan_unknown_step",
}


def mark(
    turn: Turn,
    life: PlanLife,
    step_ids: Sequence[str],
    done_on: date,
    say: CollectingDispatcher,
    *how: str,
) -> list[EventType]:
    """Mark steps and say what moved; what cannot be is said with the way on."""
    application = app()
    try:
        marked = mark_steps(
            application.unit_of_work,
            application.plan_composer,
            plan_id=life.plan_id,
            conversation_id=turn.conversation_id,
            step_ids=step_ids,
            done_on=done_on,
            origin=turn.origin("mark"),
            now=application.now(),
            with_before=WITH_BEFORE in how,
            again=AGAIN in how,
        )
    except (StepTooEarly, StepDone, StepNeeded) as error:
        return _refuse(life, step_ids, done_on, error, say)
    except tuple(OUTCOME_RESPONSES) as error:
        return refuse(life, error, say)
    reading = read(turn, marked.life)
    lines = (marked_text(marked, done_on, today()), next_text(reading.plan, today()))
    text = "\n".join(line for line in lines if line)
    made = [*_day_buttons(life, step_ids, done_on), *plan_buttons(reading)[:2]]
    say.utter_message(response="utter_live_plan_marked", answer=text, buttons=made)
    return [SlotSet(PLAN, str(life.plan_id)), SlotSet(STEP, step_ids[-1])]


def unmark(turn: Turn, life: PlanLife, step_id: str, say: CollectingDispatcher) -> list[EventType]:
    """Take a mark back and say what moved."""
    application = app()
    try:
        marked = unmark_step(
            application.unit_of_work,
            application.plan_composer,
            plan_id=life.plan_id,
            conversation_id=turn.conversation_id,
            step_id=step_id,
            origin=turn.origin("unmark"),
            now=application.now(),
        )
    except StepNeeded as error:
        text = needed_text(error, today())
        say.utter_message(response="utter_live_plan_cannot", answer=text, buttons=[])
        return []
    except tuple(OUTCOME_RESPONSES) as error:
        return refuse(life, error, say)
    reading = read(turn, marked.life)
    text = unmarked_text(marked, today())
    say.utter_message(
        response="utter_live_plan_marked", answer=text, buttons=plan_buttons(reading)[:3]
    )
    return [SlotSet(PLAN, str(life.plan_id)), SlotSet(STEP, None)]


def ask_which(life: PlanLife, steps: Sequence[LiveStep], say: CollectingDispatcher) -> None:
    """Ask which of several steps is meant."""
    made = [button(done_title(s.name), MARK, "done", life.plan_id, s.id) for s in steps]
    say.utter_message(response="utter_live_plan_which_step", buttons=made)


def refuse(life: PlanLife, error: Exception, say: CollectingDispatcher) -> list[EventType]:
    """Say what went wrong, by the table."""
    response = next(r for kind, r in OUTCOME_RESPONSES.items() if isinstance(error, kind))
    say.utter_message(response=response, plan=life.name)
    return []


def _refuse(
    life: PlanLife,
    step_ids: Sequence[str],
    done_on: date,
    error: Any,
    say: CollectingDispatcher,
) -> list[EventType]:
    made: Buttons = []
    plan_id, day = life.plan_id, done_on.isoformat()
    if isinstance(error, StepTooEarly):
        text = too_early_text(error, today())
        if None in error.waits_for.values():
            part = ",".join(step_ids)
            made.append(button(ALL_BEFORE, MARK, "done", plan_id, part, day, WITH_BEFORE))
    elif isinstance(error, StepDone):
        text = done_text(error, today())
        if error.on != done_on and len(step_ids) == 1:
            title = change_title(spoken_day(done_on))
            made.append(button(title, MARK, "done", plan_id, step_ids[0], day, AGAIN))
        made += [button(UNDO, MARK, "undo", plan_id, step_id) for step_id in step_ids[:1]]
    else:
        text = needed_text(error, today())
    say.utter_message(response="utter_live_plan_cannot", answer=text, buttons=made)
    return [SlotSet(PLAN, str(plan_id)), SlotSet(STEP, step_ids[-1])]


def _day_buttons(life: PlanLife, step_ids: Sequence[str], done_on: date) -> Buttons:
    """Return the ways to correct what was noted a moment ago."""
    if len(step_ids) != 1:
        return []
    plan_id, step_id = life.plan_id, step_ids[0]
    made = []
    for days, title in ((1, YESTERDAY), (2, DAY_BEFORE)):
        day = today() - timedelta(days=days)
        if day != done_on:
            made.append(button(title, MARK, "done", plan_id, step_id, day.isoformat(), AGAIN))
    return [*made, button(UNDO, MARK, "undo", plan_id, step_id)]
