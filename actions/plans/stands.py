"""What is asked of a plan that stands, or changed in it: its end, a late step, another answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Protocol, runtime_checkable

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_answer import say_answer
from actions.forms.question import Question, shown
from actions.plans.area import belongs, says_question_of_area
from actions.plans.dates import told_start
from actions.plans.fit_out import says_fit_out_first
from actions.plans.order_of_areas import areas_in_order, say_order, says_before, step_asked_before
from actions.plans.planned import plan_worked_out, planned_steps
from actions.projects.answers import HAS_LAND_SLOT, START_ON, compose_project
from actions.projects.low_risk import denies_low_risk
from actions.questions.each_question import as_one
from actions.trades.start_answers import TRADE
from actions.turns.buttons import ITEM_MARK
from actions.turns.focus import JOURNEY_FORMS, MATTER, on_plan, read_focus
from actions.turns.names import sure_matter
from actions.turns.registry import action_named
from actions.turns.turn import Turn
from bot.documents.project_type_text import project_limit_text
from bot.documents.slowest_text import slowest_text
from bot.domain.matters import Matter
from bot.services.plans.steps import PlanStep
from bot.services.plans.words import chinese_date, chinese_due, step_length
from bot.services.times.local_time import local_day
from bot.services.words.asked import asks_fit_out_first
from bot.services.words.listing import said_instead
from bot.services.words.matter_remarks import asks
from bot.services.words.plan_remarks import adds_step, drops_step
from bot.services.words.remarks import clauses
from bot.services.words.standing import (
    asks_end,
    asks_if_still,
    asks_when_built,
    asks_whole_time,
    asks_why_late,
    compares_plans,
    dropped_from,
    got_and_asks_next,
    means_all,
    names_next_month,
    puts_step_off,
    says_not_done,
    swaps_answer,
)

PERMIT = "prj-construction-permit"
"""Matter behind which building begins."""

REMARKS = frozenset({"affirm", "deny", "inform", "nlu_fallback", "out_of_scope", "skip"})
"""Intents of a remark that may repeat an answer: 雇 俩护士."""

Alter = Callable[[Turn, str], list[EventType]]
"""Makes the plan of a journey again with what a text tells; no events where it tells nothing."""


@runtime_checkable
class PlanForm(Protocol):
    """The form of a plan: it knows what it asks, what a text tells, and what is open."""

    def questions(self, turn: Turn, slots: Mapping[str, Any]) -> Sequence[Question]:
        """Return the questions that matter, in order."""

    def told(self, turn: Turn) -> Mapping[str, Any]:
        """Return what a text tells by the way, by slot."""

    def missing(self, turn: Turn, slots: Mapping[str, Any]) -> Question | None:
        """Return the question to ask next, None when all is answered."""


def standing_form(turn: Turn) -> PlanForm | None:
    """Return the form of the plan that was made last and stands; None for none."""
    journey = read_focus(turn).journey if turn.loop is None and turn.choice is None else None
    if journey is None or plan_worked_out(turn.slots, journey) is None:
        return None
    form = action_named(f"validate_{JOURNEY_FORMS[journey]}")
    assert isinstance(form, PlanForm)
    return form if form.missing(turn, turn.slots) is None else None


def concerns_standing(turn: Turn) -> bool:
    """Tell whether a text asks for the days of the plan that stands, or for it otherwise."""
    if not turn.text or standing_form(turn) is None:
        return False
    if asks_fit_out_first(turn.text) or got_and_asks_next(turn.text) is not None:
        return True
    if areas_in_order(turn) is not None or step_asked_before(turn) is not None:
        return True
    if _undone(turn) is not None or (puts_step_off(turn.text) and _area(turn) is not None):
        return True
    is_asked = _asks_end(turn) or asks_why_late(turn.text) or _asks_when_built(turn)
    return is_asked or _alters(turn) or _misses(turn) is not None


def answer_standing(turn: Turn, say: CollectingDispatcher, alter: Alter) -> list[EventType]:
    """Answer what is asked of the plan that stands, or make it again; no events for neither.

    Args:
        turn: The message.
        say: Where it is said.
        alter: How the plan is made again.
    """
    journey = str(read_focus(turn).journey)
    form = standing_form(turn)
    if form is None or not turn.text:
        return []
    if first := _said_first(turn, journey, say):
        return first
    if _says_undone(turn, say) or (puts_step_off(turn.text) and says_question_of_area(turn, say)):
        return on_plan(journey)
    if _asks_when_built(turn):
        return say_when_built(turn, journey, say)
    if _alters(turn) and (done := alter(_without_if(turn), journey)):
        return done
    if _says_kept(turn, say):
        return on_plan(journey)
    missed = _misses(turn)
    if missed is not None:
        say.utter_message(response="utter_plan_has_not", matter=missed.name)
        return on_plan(journey)
    if _asks_end(turn):
        say_whole_limit(turn.slots, journey, say)
        say_end(turn.slots, journey, say)
        return on_plan(journey)
    if asks_why_late(turn.text) and _says_why(turn, say):
        return on_plan(journey)
    return _repeated(turn, form, journey, say)


def _said_first(turn: Turn, journey: str, say: CollectingDispatcher) -> list[EventType]:
    """Answer for works, for the order of two fields, or for a step that is done; [] for none."""
    if says_fit_out_first(turn, say) or says_before(turn, say):
        return on_plan(journey)
    if (pair := areas_in_order(turn)) is not None:
        say_order(turn, pair, say)
        return on_plan(journey)
    got = got_and_asks_next(turn.text)
    if got is None:
        return []
    marked = action_named("action_mark_done").act(as_one(turn, got), say)  # 下面该干啥
    return [*marked, *action_named("action_show_plan").act(replace(turn, text=""), say)]


def say_end(
    slots: Mapping[str, Any], journey: str, say: CollectingDispatcher, *, is_open: bool = False
) -> None:
    """Say on which day the plan of a journey is done at the earliest, and what takes longest.

    Args:
        slots: The answers.
        journey: A key of `JOURNEY_FORMS`.
        say: Where it is said.
        is_open: Questions are open still: what hangs on them is counted in.
    """
    plan = plan_worked_out(slots, journey)
    if plan is None:
        return
    slowest = slowest_text([planned.step for planned in plan.active()])
    start = chinese_date(plan.start_on, plan.start_on)
    due = chinese_due(plan.finishes, plan.start_on)
    response = "utter_plan_ends" if slowest else "utter_plan_ends_soon"
    if is_open and slowest:
        response = "utter_plan_ends_so_far"
    say.utter_message(response=response, start=start, due=due, slowest=slowest)


def say_whole_limit(slots: Mapping[str, Any], journey: str, say: CollectingDispatcher) -> None:
    """Say the published limit of the whole of a project, where its kind has one: 官家给多少天."""
    project = compose_project(slots) if journey == "plan_project" else None
    limit = project_limit_text(project.project_type) if project is not None else None
    if limit is not None:
        say.utter_message(response="utter_matters_answer", answer=limit.text, source=limit.source)


def asks_end_of_plan(turn: Turn) -> bool:
    """Tell whether it is asked inside the form when all is done: 招牌不大，弄完最快几天."""
    journey = read_focus(turn).journey
    is_known = journey != "start_business" or turn.slots.get(TRADE) is not None
    is_planned = is_known and plan_worked_out(turn.slots, journey) is not None
    return is_planned and turn.choice is None and _asks_end(turn)


def _alters(turn: Turn) -> bool:
    """Tell whether a text gives the plan another answer: 要是换成公司呢, 给我们标准地能快多少."""
    text = turn.text
    is_dropped = dropped_from(text) is not None
    is_compared = compares_plans(text) or asks_if_still(text) or denies_low_risk(text)
    is_changed = swaps_answer(text) or bool(said_instead(text))  # 不是自己出钱 是镇上出钱
    return is_dropped or is_compared or is_changed or drops_step(text) or adds_step(text)


def _without_if(turn: Turn) -> Turn:
    """Return the turn as if it said what it only supposes to be given up."""
    said = dropped_from(turn.text)
    return turn if said is None else replace(turn, text=said)


def _asks_end(turn: Turn) -> bool:
    said = clauses(turn.text) or [turn.text]
    is_project = read_focus(turn).journey == "plan_project" and turn.loop is None
    # 从头到尾多少天 sounds like 一次办完
    is_whole = is_project and any(map(asks_whole_time, said))
    parts = [part for part in said if asks_end(part) or (is_whole and asks_whole_time(part))]
    if not parts or (sure_matter(parts[0]) is not None and not is_whole):
        return False
    return turn.slots.get("focus") != MATTER or is_whole or means_all(parts[0])


def _area(turn: Turn) -> str | None:
    return app().dialogue_words.area_in(turn.text)


def _undone(turn: Turn) -> PlanStep | None:
    """Return the step that the plan takes for done, though a text says it is not; None for none."""
    if not says_not_done(turn.text):
        return None
    steps = planned_steps({**turn.slots, "journey": read_focus(turn).journey})
    done = [one for one in steps if one.is_done and one.matter is not None]
    pairs = {turn.text[at : at + 2] for at in range(len(turn.text) - 1)}
    return next((one for one in done if one.planned.step.name[-2:] in pairs), None)


def _says_undone(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say that a step taken for done comes first, and why it was: 备案我可没办呢."""
    step = _undone(turn)
    if step is None or step.matter is None:
        return False
    name = step.planned.step.name
    say.utter_message(response="utter_plan_not_done", matter=name, department=step.department)
    say_answer("time_limit", step.matter, say)
    return True


def _asks_when_built(turn: Turn) -> bool:
    return read_focus(turn).journey == "plan_project" and asks_when_built(turn.text)


def say_when_built(turn: Turn, journey: str, say: CollectingDispatcher) -> list[EventType]:
    """Say when building may begin: 地要是下个月就能拿到，开工最早啥时候."""
    slots = dict(turn.slots)
    today = local_day(app().now())
    said = next(iter(told_start(turn).values()), None)
    start = said.on if said is not None and said.fault is None else None
    if start is None and names_next_month(turn.text):
        start = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    if start is not None:
        slots |= {START_ON: start.isoformat(), HAS_LAND_SLOT: "yes"}
    steps = planned_steps({**slots, "journey": journey})
    permit = next((s for s in steps if s.matter is not None and s.matter.id == PERMIT), None)
    if permit is None:
        return []
    begin, due = permit.planned.starts, permit.planned.due
    plan = plan_worked_out(slots, journey)
    base = plan.start_on if plan is not None else today
    response = "utter_plan_builds" if start is None else "utter_plan_builds_from"
    values: dict[str, Any] = {"start": chinese_date(base, today), "due": chinese_due(due, today)}
    say.utter_message(response=response, begin=chinese_due(begin, today), **values)
    return on_plan(journey)


def _says_why(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say from when to when a step of the plan goes, and what it waits for; False for none."""
    steps = planned_steps({**turn.slots, "journey": read_focus(turn).journey})
    step = _step_meant(turn, steps)
    if step is not None:
        say_step_days(step, steps, say)
    return step is not None


def say_step_days(step: PlanStep, steps: Sequence[PlanStep], say: CollectingDispatcher) -> None:
    """Say from when to when a step goes, how long, and which of the steps come before it."""
    base = step.planned.starts.on
    names = {one.planned.step.id: one.planned.step.name for one in steps}
    before = [names[one] for one in step.planned.step.depends_on if one in names]
    values: dict[str, Any] = {
        "matter": step.planned.step.name,
        "start": chinese_due(step.planned.starts, base),
        "length": step_length(step.planned.step),
        "due": chinese_due(step.planned.due, base),
        "before": ITEM_MARK.join(before),
    }
    response = "utter_plan_step_days" if before else "utter_plan_step_days_free"
    say.utter_message(response=response, **values)


def _step_meant(turn: Turn, steps: Sequence[PlanStep]) -> PlanStep | None:
    """Return the step that a text names: by its matter, by an area, or by part of its name."""
    named = [one.value for one in turn.entities if one.name == "matter"]
    matters = [found.id for found in map(sure_matter, named) if found is not None]
    with_matter = [step for step in steps if step.matter is not None]
    found = [step for step in with_matter if step.matter and step.matter.id in matters]
    area = app().dialogue_words.area_in(turn.text)
    if not found and area is not None:
        words = app().dialogue_words.areas[area]
        found = [step for step in with_matter if belongs(step, words)]
    if not found:
        starts = {turn.text[at : at + 2] for at in range(len(turn.text) - 1)}
        found = [s for s in with_matter if s.planned.step.name[:2] in starts]
    return max(found, key=lambda step: step.planned.window.earliest_finish, default=None)


def _misses(turn: Turn) -> Matter | None:
    """Return the matter that somebody wants out of the plan which has it not; None for none."""
    if not drops_step(turn.text):
        return None
    planned = {
        step.matter.id
        for step in planned_steps({**turn.slots, "journey": read_focus(turn).journey})
        if step.matter is not None
    }
    words = [one.value for one in turn.entities if one.name == "matter"]
    named = [found for found in map(sure_matter, [*words, *clauses(turn.text)]) if found]
    return named[0] if named and not any(one.id in planned for one in named) else None


def _says_kept(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say of a step that somebody wants out of the plan that it stays, or is of free will."""
    steps = planned_steps({**turn.slots, "journey": read_focus(turn).journey})
    words = [one.value for one in turn.entities if one.name == "matter"]
    named = {found.id for found in map(sure_matter, [*words, turn.text]) if found is not None}
    step = next((one for one in steps if one.matter and one.matter.id in named), None)
    if step is None or not drops_step(turn.text):
        return False
    response = "utter_plan_free_step" if step.is_optional else "utter_plan_kept_step"
    say.utter_message(response=response, matter=step.planned.step.name)
    return True


def _repeated(
    turn: Turn, form: PlanForm, journey: str, say: CollectingDispatcher
) -> list[EventType]:
    """Say of a remark that it is noted as it was told before: 雇 俩护士; no events for others."""
    if journey != "start_business" or turn.intent not in REMARKS or asks(turn.text):
        return []
    told = dict(form.told(turn))
    if not told or any(turn.slots.get(slot) != value for slot, value in told.items()):
        return []
    questions = [one for one in form.questions(turn, turn.slots) if one.slot in told]
    items = ITEM_MARK.join(filter(None, (shown(one, told[one.slot]) for one in questions)))
    if not items:
        return []
    say.utter_message(response="utter_common_noted_before", items=items)
    return on_plan(journey)
