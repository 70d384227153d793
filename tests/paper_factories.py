"""Plans, seals and saved plans for tests of what people take away; people are made up."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Engine

from bot.documents.notice import Notice, compose_notice, load_providers
from bot.documents.seal_certificate import make_test_seal
from bot.documents.seal_file import SealFile
from bot.domain.plan_snapshot import PlanSnapshot, SnapshotStep
from bot.domain.plans import PlanKind, SavedPlan
from bot.services.plans.plans import SharedPlan, save_plan
from bot.services.plans.project import PlanProject, ProjectAnswers
from bot.services.plans.snapshot import freeze, snapshot_start
from bot.services.plans.start_business import StartAnswers, StartBusiness, StartPlan
from bot.store.unit_of_work import unit_of_work_factory
from tests.catalogue_factories import facts
from tests.service_factories import NOW, TUESDAY, calendar

DOCUMENTS = Path(__file__).resolve().parent.parent / "data" / "documents"
NUMBER = "GZ-20261124-7K3M9Q2X"
HOSTILE = "<script>alert(1)</script>{{7*7}}{% raw %}"

HOT_POT_ANSWERS = {
    "start_business_trade": "bundle:ot-restaurant",
    "start_business_enterprise_type": "company",
    "start_business_district": "371502",
}


def hot_pot_plan() -> StartPlan:
    """Return the plan of a company that opens a restaurant."""
    answers = StartAnswers(
        one_thing_id="ot-restaurant", enterprise_type_id="company", district_id="371502"
    )
    return StartBusiness(facts(), calendar()).compose(answers, TUESDAY)


@cache
def hot_pot() -> PlanSnapshot:
    """Return the same as its page shows it."""
    return freeze(hot_pot_plan(), facts())


@cache
def project(type_id: str, start_on: date = TUESDAY) -> PlanSnapshot:
    """Return the plan of a construction project."""
    plan = PlanProject(facts(), calendar()).compose(ProjectAnswers(type_id), start_on)
    assert plan is not None
    return freeze(plan, facts())


def every_plan() -> Iterator[PlanSnapshot]:
    """Yield the plans of all project types and bundles."""
    yield from (project(type_id) for type_id in facts().project_types)
    journey = StartBusiness(facts(), calendar())
    for bundle in facts().one_things:
        yield freeze(journey.compose(StartAnswers(one_thing_id=bundle), TUESDAY), facts())


def steps_of(plan: PlanSnapshot) -> list[SnapshotStep]:
    """Return all steps in order."""
    return [step for stage in plan.stages for group in stage.groups for step in group.steps]


def notice_of(plan: PlanSnapshot) -> Notice:
    """Return the notice of a plan with the committed groups of providers."""
    return compose_notice(
        plan,
        load_providers(DOCUMENTS / "providers.yml"),
        number=NUMBER,
        issued_on="2026-11-24",
        plan_url="https://example.org/s/abcdefghjkmn",
        verify_url=f"https://example.org/verify/{NUMBER}",
    )


@cache
def seal_in(folder: Path) -> SealFile:
    """Return a test seal kept in a folder."""
    return make_test_seal(folder, NOW)


def saved_hot_pot(engine: Engine, **changes: Any) -> SharedPlan:
    """Save the restaurant's plan in conversation c0 unless told otherwise."""
    wanted: dict[str, Any] = {
        "origin": "c0:m1:plan",
        "conversation_id": "c0",
        "kind": PlanKind.START_BUSINESS,
        "answers": HOT_POT_ANSWERS,
        "snapshot": snapshot_start(hot_pot_plan(), facts()),
        "now": NOW,
    }
    return save_plan(unit_of_work_factory(engine), **{**wanted, **changes})


def a_saved_plan(plan_id: int = 1) -> SavedPlan:
    """Return a saved plan that is in no database."""
    snapshot = snapshot_start(hot_pot_plan(), facts())
    return SavedPlan(plan_id, "c0", PlanKind.START_BUSINESS, HOT_POT_ANSWERS, snapshot, NOW)
