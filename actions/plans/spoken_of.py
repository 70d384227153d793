"""The plan that is spoken of, its buttons, and what several of its actions share."""

from collections.abc import Sequence
from datetime import date

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.turns.turn import Turn
from bot.documents.labels import (
    KEEP_PHONE,
    OPEN_OTHER_PLAN,
    PLAN_PAPERS,
    REMIND_ME,
    SHOW_PLAN,
    STOP_REMINDING,
    done_title,
    step_papers_title,
)
from bot.documents.live_plan_text import plans_text, short_name, status_text
from bot.domain.plan_errors import NotLive
from bot.domain.plan_life import MAX_NAME, PlanLife
from bot.domain.plans import UnknownPlan
from bot.services.plans.news import MARK, REMIND, SHOW, plan_button
from bot.services.plans.opening_elsewhere import normalise_plan_number
from bot.services.plans.papers import PlanPapers, papers_of
from bot.services.plans.plans import Follow
from bot.services.plans.reading import Reading, my_plans, read_plan
from bot.services.plans.recipe import AnyAnswers
from bot.services.plans.snapshot import AnyPlan
from bot.services.times.local_time import local_day

PLAN = "live_plan_id"
"""Slot: the plan last spoken of."""

STEP = "live_plan_step"
"""Slot: the step last marked, so that "昨天拿到的" can follow."""

KEEP = "keep"
"""What the button for leaving a telephone does."""

OWN = "live_plan"
"""What the choice of a button of this skill begins with."""

MOST_BUTTONS = 6

Buttons = list[dict[str, str]]


def pressed(turn: Turn) -> list[str]:
    """Return the parts of a pressed button of this skill: what to do, the plan, and more."""
    return turn.choice[1].split(":") if turn.choice and turn.choice[0] == OWN else []


def button(title: str, intent: str, do: str, plan_id: int, *more: str) -> dict[str, str]:
    """Return a button of this skill."""
    made = plan_button(title, intent, do, plan_id, *more)
    return {"title": made.title, "payload": made.payload}


def today() -> date:
    """Return the local day."""
    return local_day(app().now())


def find_plan(turn: Turn) -> PlanLife | None:
    """Return the plan that is meant: named by button, number or name, else the one spoken of.

    Without any of these the newest one that is open; None when the conversation has no plan.
    """
    plans = my_plans(app().unit_of_work, turn.conversation_id)
    parts = pressed(turn)
    wanted = parts[1] if len(parts) > 1 else None
    if wanted is not None:
        return next((life for life in plans if str(life.plan_id) == wanted), None)
    number = normalise_plan_number(turn.text)
    named = [p for p in plans if p.number == number or (p.name and p.name in turn.text)]
    spoken = str(turn.slots.get(PLAN) or "")
    of_talk = [life for life in plans if str(life.plan_id) == spoken]
    still_open = [life for life in plans if life.is_open]
    return next(iter([*named, *of_talk, *still_open, *plans]), None)


def read(turn: Turn, life: PlanLife) -> Reading:
    """Return how a plan stands; raises as `read_plan` does."""
    application = app()
    return read_plan(
        application.unit_of_work,
        application.plan_composer,
        plan_id=life.plan_id,
        conversation_id=turn.conversation_id,
        now=application.now(),
    )


def papers(reading: Reading) -> PlanPapers:
    """Return the documents of a plan."""
    return papers_of(reading.plan.plan, app().paper_kinds)


def say_none(say: CollectingDispatcher) -> list[EventType]:
    """Say that there is no plan yet, and how to get or open one."""
    say.utter_message(
        response="utter_live_plan_none", buttons=[button(OPEN_OTHER_PLAN, SHOW, "open", 0)]
    )
    return []


def say_status(turn: Turn, life: PlanLife, say: CollectingDispatcher) -> list[EventType]:
    """Say how a plan stands, with its buttons."""
    try:
        reading = read(turn, life)
    except (UnknownPlan, NotLive):
        say.utter_message(response="utter_live_plan_not_live", plan=life.name)
        return []
    text = status_text(reading.plan, reading.reader, today(), reading.news)
    say.utter_message(response="utter_live_plan_status", plan=text, buttons=plan_buttons(reading))
    return [SlotSet(PLAN, str(life.plan_id))]


def plan_buttons(reading: Reading) -> Buttons:
    """Return what can be done with a plan: the next steps first."""
    plan_id = reading.plan.life.plan_id
    made = [
        button(done_title(step.name), MARK, "done", plan_id, step.id)
        for step in reading.plan.ready()[:3]
    ]
    made += [
        button(step_papers_title(step.name), SHOW, "step", plan_id, step.id)
        for step in reading.plan.ready()[:1]
        if step.step.matter is not None
    ]
    made.append(button(PLAN_PAPERS, SHOW, "papers", plan_id))
    if reading.reader.remind_days is None:
        made.append(button(REMIND_ME, REMIND, "on", plan_id))
    else:
        made.append(button(STOP_REMINDING, REMIND, "off", plan_id))
    if not reading.plan.life.phone_tail:
        made.append(button(KEEP_PHONE, SHOW, "keep", plan_id))
    return made


def say_list(plans: Sequence[PlanLife], say: CollectingDispatcher) -> list[EventType]:
    """List a person's plans, each with its button."""
    made = [button(life.name, SHOW, "show", life.plan_id) for life in plans[:MOST_BUTTONS]]
    made.append(button(OPEN_OTHER_PLAN, SHOW, "open", 0))
    say.utter_message(
        response="utter_live_plan_list", plans=plans_text(plans, today()), buttons=made
    )
    return []


def follow(answers: AnyAnswers, plan: AnyPlan) -> Follow:
    """Return what `save_plan` needs so that the plan can be followed."""
    composer = app().plan_composer
    frozen = composer.snapshot(plan)
    name = short_name(" · ".join(part for part in (frozen.title, frozen.place) if part))
    return Follow(answers, plan, name[:MAX_NAME], composer.fingerprint)


def say_saved(plan_id: int, number: str, say: CollectingDispatcher) -> list[EventType]:
    """Say under which number a new plan was kept and how to follow it."""
    if not number:
        return []
    say.utter_message(
        response="utter_live_plan_saved",
        number=number,
        buttons=[
            button(SHOW_PLAN, SHOW, "show", plan_id),
            button(PLAN_PAPERS, SHOW, "papers", plan_id),
            button(REMIND_ME, REMIND, "on", plan_id),
            button(KEEP_PHONE, SHOW, "keep", plan_id),
        ],
    )
    return [SlotSet(PLAN, str(plan_id))]
