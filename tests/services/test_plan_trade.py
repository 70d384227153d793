from pathlib import Path

import pytest

from bot.domain.one_things import REGISTRATION
from bot.planner.graph import StepGraph
from bot.services.plans.draft import matter_draft
from bot.services.plans.trade import composed_drafts, registration_component
from bot.store.catalogue.loader import load_catalogue

CATALOGUE = load_catalogue(Path("data/catalogue"))
COMPANY = "biz-company"


def composed(code: str) -> dict[str, tuple[str, ...]]:
    return {d.step.id: d.step.depends_on for d in composed_drafts(code, COMPANY, CATALOGUE)}


def test_a_licence_brings_what_it_waits_for() -> None:
    """A hotel's special licence needs the fire check, which names no industry itself."""
    steps = composed("H6110")
    assert steps["lic-hotel-special"] == (COMPANY, "lic-fire-open")
    assert steps["lic-fire-open"] == (COMPANY,)


def test_what_two_licences_wait_for_stands_once() -> None:
    steps = composed("R8760")
    assert set(steps["lic-cinema"]) == {COMPANY, "lic-fire-open", "lic-public-health"}


def test_the_registration_is_never_waited_for_under_another_form() -> None:
    drafts = composed_drafts("L7263", "biz-individual", CATALOGUE)
    assert [d.step.depends_on for d in drafts] == [("biz-individual",)]


def test_an_industry_that_no_licence_names_has_no_steps() -> None:
    assert composed("H6129") == {}


@pytest.mark.parametrize("code", CATALOGUE.industries)
def test_every_industry_composes_to_a_plan_that_can_be_built(code: str) -> None:
    drafts = composed_drafts(code, COMPANY, CATALOGUE)
    known = {d.step.id for d in drafts} | {COMPANY}
    assert all(set(d.step.depends_on) <= known for d in drafts)
    assert all(d.step.working_days >= 0 for d in drafts)
    registration = matter_draft(CATALOGUE.matter(COMPANY), CATALOGUE).step
    graph = StepGraph((registration, *(d.step for d in drafts)))
    assert graph.ordered()[0] is registration


@pytest.mark.parametrize(
    ("bundle_id", "matter_id"),
    [
        ("ot-restaurant", REGISTRATION),
        ("ot-netcafe", "biz-company"),
        ("ot-factory", "biz-company"),
        ("ot-kindergarten", None),
    ],
)
def test_how_a_bundle_is_registered(bundle_id: str, matter_id: str | None) -> None:
    component = registration_component(CATALOGUE.one_thing(bundle_id), CATALOGUE)
    assert (component.matter_id if component else None) == matter_id
