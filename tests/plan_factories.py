"""Builders of plans that live, on the committed catalogue and calendar; people are made up.

李雷 made the plan, 王五 is a stranger.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any

from bot.domain.plan_life import PlanLife
from bot.planner.calendar import CalendarYear, WorkingCalendar
from bot.services.conversations.conversations import open_web_conversation
from bot.services.plans.due_days import dates_of
from bot.services.plans.life_events import LifeEventAnswers, LifeEvents
from bot.services.plans.mentions import StepWords
from bot.services.plans.news import PlanNewsTexts
from bot.services.plans.paper_kinds import PaperKinds
from bot.services.plans.plans import Follow, SharedPlan, save_plan
from bot.services.plans.project import PlanProject, ProjectAnswers
from bot.services.plans.recipe import AnyAnswers, PlanComposer, pack
from bot.services.plans.start_business import StartAnswers, StartBusiness
from bot.store.paper_kinds import load_paper_kinds, load_step_words
from bot.store.plan_news import load_plan_news
from tests.catalogue_factories import facts
from tests.service_factories import NOW, ROOT, OpenUnit, calendar

MONDAY = date(2026, 11, 23)
LIVE = ROOT / "data" / "live_plan"
PHONE = "13800138000"

RESTAURANT = StartAnswers(
    enterprise_type_id="company",
    one_thing_id="ot-restaurant",
    district_id="371502",
    hires_staff=False,
    facts={"area_m2": 120.0, "has_kitchen": True, "central_ac": False, "big_sign": False},
)
HOUSING = ProjectAnswers(project_type_id="soc-civil")
CAPITAL_DOWN = LifeEventAnswers("capital-down")
SMALL_PROJECT = ProjectAnswers(project_type_id="soc-small-lowrisk")


@cache
def composer() -> PlanComposer:
    """Return a composer of the committed catalogue and calendar."""
    return composing(calendar(), "rules-1")


def composing(working: WorkingCalendar, fingerprint: str) -> PlanComposer:
    """Return a composer by another calendar."""
    return PlanComposer(
        StartBusiness(facts(), working),
        PlanProject(facts(), working),
        LifeEvents(facts(), working),
        facts(),
        working,
        fingerprint=fingerprint,
        today=MONDAY,
    )


def with_holiday(*days: date) -> PlanComposer:
    """Return a composer by whose new calendar these days are off as well."""
    years = []
    for year in calendar().years:
        off = {**year.days_off, **{d: "临时放假" for d in days if d.year == year.year}}
        years.append(CalendarYear(year.year, off, year.make_up_days, year.source))
    return composing(WorkingCalendar(tuple(years)), "rules-2")


@cache
def news() -> PlanNewsTexts:
    """Return the committed words."""
    return load_plan_news(LIVE / "news.yml")


@cache
def kinds() -> PaperKinds:
    """Return the committed kinds of documents."""
    return load_paper_kinds(LIVE / "papers.yml", facts())


@cache
def words() -> StepWords:
    """Return the committed names of steps."""
    return load_step_words(LIVE / "steps.yml", facts())


def conversation(unit_of_work: OpenUnit, now: datetime = NOW) -> str:
    """Open a conversation that can be told something."""
    return open_web_conversation(unit_of_work, now=now).conversation_id


def saved(
    unit_of_work: OpenUnit,
    answers: AnyAnswers = RESTAURANT,
    *,
    conversation_id: str | None = None,
    start_on: date = MONDAY,
    origin: str = "c0:m1:plan",
    **changes: Any,
) -> SharedPlan:
    """Save a plan that can be followed."""
    made = composer()
    recipe = pack(answers, start_on)
    plan = made.compose(recipe)
    wanted: dict[str, Any] = {
        "origin": origin,
        "conversation_id": conversation_id or conversation(unit_of_work),
        "kind": recipe.kind,
        "answers": {},
        "snapshot": {"title": "火锅店"},
        "now": NOW,
        "follow": Follow(answers, plan, "火锅店", made.fingerprint),
    }
    return save_plan(unit_of_work, **{**wanted, **changes})


def made_life(answers: AnyAnswers, done: Mapping[str, date]) -> PlanLife:
    """Return a plan that is in no database, with what is done."""
    recipe = replace(pack(answers, MONDAY), done=done)
    plan = composer().compose(recipe)
    return PlanLife(
        plan_id=1,
        kind=recipe.kind,
        conversation_id="c0",
        number="FA-20261123-0001",
        name="火锅店",
        recipe=recipe.recipe,
        start_on=MONDAY,
        done=done,
        papers={},
        dates=dates_of(plan.steps, plan.plan, done),
        is_open=True,
        phone_tail="",
        fingerprint="rules-1",
        version=1,
        created_at=NOW,
    )


def life_of(unit_of_work: OpenUnit, shared: SharedPlan) -> PlanLife:
    """Return the present state of a plan."""
    with unit_of_work() as uow:
        life = uow.plan_lives.of_plan(shared.plan.id)
    assert life is not None
    return life


def lines(unit_of_work: OpenUnit, conversation_id: str) -> list[str]:
    """Return the texts in a conversation, oldest first."""
    with unit_of_work() as uow:
        return [message.text for message in uow.conversations.messages(conversation_id)]


def reminded(unit_of_work: OpenUnit, shared: SharedPlan, **changes: Any) -> None:
    """Change what the owner of a plan is told, behind the back of the use case."""
    with unit_of_work() as uow:
        reader = uow.plan_readers.reader(shared.plan.id, shared.plan.conversation_id)
        assert reader is not None
        uow.plan_readers.set_reminders(replace(reader, **changes))
