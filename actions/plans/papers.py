"""The documents of a plan in the chat: the list, ticking, what a missing one means."""

from collections.abc import Sequence

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.plans.marks import refuse
from actions.plans.spoken_of import PLAN, Buttons, button, find_plan, papers, read, today
from actions.turns.turn import Turn
from bot.documents.labels import (
    CHECK_ONE_BY_ONE,
    HAVE_IT,
    NOT_YET,
    SHOW_PLAN,
    WITHOUT_IT,
    have_title,
)
from bot.documents.plan_papers_text import (
    ask_text,
    papers_text,
    step_text,
    ticked_text,
    without_text,
)
from bot.domain.plan_errors import NotLive, PlanChanged
from bot.domain.plan_life import PlanLife
from bot.domain.plans import UnknownPlan
from bot.planner.calendar import DueDate
from bot.services.plans.life import tick_papers
from bot.services.plans.mentions import find_mentions
from bot.services.plans.news import MARK, SHOW
from bot.services.plans.papers import Paper, PlanPapers, has_paper
from bot.services.plans.reading import Reading
from bot.services.plans.without_paper import without_paper

FEW = 4
"""Documents offered as buttons at a time."""


def say_papers(turn: Turn, life: PlanLife, say: CollectingDispatcher) -> list[EventType]:
    """List the documents of the whole plan with what is ticked."""
    reading = read(turn, life)
    found, application = papers(reading), app()
    text = papers_text(
        found, reading.plan.life, application.paper_kinds, application.catalogue.service_rules
    )
    missing = _missing(reading, found)
    made = [button(have_title(p.name), MARK, "have", life.plan_id, p.key) for p in missing[:FEW]]
    if missing:
        made.append(button(CHECK_ONE_BY_ONE, SHOW, "ask", life.plan_id))
    made.append(button(SHOW_PLAN, SHOW, "show", life.plan_id))
    say.utter_message(response="utter_live_plan_papers", papers=text, buttons=made)
    return [SlotSet(PLAN, str(life.plan_id))]


def ask_next(turn: Turn, life: PlanLife, say: CollectingDispatcher) -> list[EventType]:
    """Ask for the next document that nothing is known about."""
    reading = read(turn, life)
    unknown = [
        p for p in _missing(reading, papers(reading)) if p.key not in reading.plan.life.papers
    ]
    if not unknown:
        return say_papers(turn, reading.plan.life, say)
    _ask(life, unknown[0], say)
    return [SlotSet(PLAN, str(life.plan_id))]


def say_step(
    turn: Turn, life: PlanLife, step_id: str, say: CollectingDispatcher
) -> list[EventType]:
    """Say the documents of one step."""
    step = read(turn, life).plan.step(step_id)
    if step is None:
        say.utter_message(response="utter_live_plan_unknown_step", plan=life.name)
        return []
    text = step_text(step, app().catalogue.service_rules, _until())
    say.utter_message(response="utter_live_plan_papers", papers=text, buttons=[])
    return [SlotSet(PLAN, str(life.plan_id))]


def tick(
    turn: Turn,
    life: PlanLife,
    keys: Sequence[str],
    say: CollectingDispatcher,
    *,
    has: bool,
    goes_on: bool = False,
) -> list[EventType]:
    """Note documents as at hand or not; `goes_on` asks for the next one."""
    application = app()
    try:
        reading = read(turn, life)
        known = papers(reading)
        named = [paper for key in keys if (paper := known.paper(key)) is not None]
        changed = tick_papers(
            application.unit_of_work,
            plan_id=life.plan_id,
            conversation_id=turn.conversation_id,
            ticks={paper.key: has for paper in named},
            origin=turn.origin("tick"),
            now=application.now(),
        )
    except (UnknownPlan, NotLive, PlanChanged) as error:
        return refuse(life, error, say)
    left = [p for p in known.to_bring() if not has_paper(p, changed.papers, changed.done)]
    text = ticked_text(named if has else [], [] if has else named, len(left))
    made: Buttons = []
    if not has:
        made = [button(WITHOUT_IT, SHOW, "lack", life.plan_id, p.key) for p in named[:1]]
    elif not goes_on:
        made = [button(have_title(p.name), MARK, "have", life.plan_id, p.key) for p in left[:FEW]]
    say.utter_message(response="utter_live_plan_ticked", answer=text, buttons=made)
    events: list[EventType] = [SlotSet(PLAN, str(life.plan_id))]
    return [*events, *(ask_next(turn, changed, say) if goes_on else [])]


def say_without(turn: Turn, life: PlanLife, key: str, say: CollectingDispatcher) -> list[EventType]:
    """Say what can be done while a document is missing."""
    reading = read(turn, life)
    paper = papers(reading).paper(key)
    if paper is None:
        say.utter_message(response="utter_live_plan_unknown_step", plan=life.name)
        return []
    found = without_paper(reading.plan, paper)
    text = without_text(found, app().catalogue.service_rules, _until())
    made = [button(have_title(paper.name), MARK, "have", life.plan_id, key)]
    say.utter_message(response="utter_live_plan_without", answer=text, buttons=made)
    return [SlotSet(PLAN, str(life.plan_id))]


def answer_missing(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Answer "房产证还没下来" for the plan of this conversation; None when it is not about it.

    A matter that is named is asked about itself, whatever plan there is.
    """
    life = find_plan(turn) if turn.entity("matter") is None else None
    if life is None or not life.is_open:
        return None
    try:
        reading = read(turn, life)
    except (UnknownPlan, NotLive):
        return None
    said = turn.entity("material") or turn.text
    found = find_mentions(said, reading.plan, papers(reading), {})
    if len(found.papers) != 1 or found.steps:
        return None
    return say_without(turn, life, found.papers[0], say)


def _until() -> DueDate:
    """Return the last day for what comes later, if it is accepted today."""
    application = app()
    days = application.catalogue.service_rules.deferral.working_days
    return application.plan_composer.days.add_working_days(today(), days)


def _missing(reading: Reading, known: PlanPapers) -> list[Paper]:
    life = reading.plan.life
    return [p for p in known.to_bring() if not has_paper(p, life.papers, life.done)]


def _ask(life: PlanLife, paper: Paper, say: CollectingDispatcher) -> None:
    plan_id, key = life.plan_id, paper.key
    say.utter_message(
        response="utter_live_plan_ask_paper",
        answer=ask_text(paper),
        buttons=[
            button(HAVE_IT, MARK, "have", plan_id, key, "next"),
            button(NOT_YET, MARK, "lack", plan_id, key, "next"),
            button(WITHOUT_IT, SHOW, "lack", plan_id, key),
            button(SHOW_PLAN, SHOW, "show", plan_id),
        ],
    )
