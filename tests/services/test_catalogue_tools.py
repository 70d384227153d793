"""Comparing catalogues and listing what has to be checked again."""

from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

from bot.domain.catalogue import Catalogue
from bot.domain.matters import Matter
from bot.services.learning.catalogue_diff import changed_facts, changed_plans, reference_plans
from bot.services.learning.stale_facts import stale_facts
from tests.catalogue_files import committed_catalogue
from tests.service_factories import calendar

OLD = committed_catalogue()
MONDAY = date(2026, 11, 23)
FOOD = OLD.matter("lic-food-operate")


def with_matter(matter: Matter) -> Catalogue:
    return replace(OLD, matters=MappingProxyType({**OLD.matters, matter.id: matter}))


def test_the_same_catalogue_has_no_differences() -> None:
    assert changed_facts(OLD, OLD) == ()
    assert changed_plans(OLD, OLD, calendar(), MONDAY) == ()


def test_there_is_a_reference_plan_for_each_bundle_and_project_type() -> None:
    plans = reference_plans(OLD, calendar(), MONDAY)

    names = [one.name for one in (*OLD.one_things.values(), *OLD.project_types.values())]
    assert list(plans) == names


def test_a_changed_fact_is_named_with_its_place_and_both_values() -> None:
    new = with_matter(replace(FOOD, fee=replace(FOOD.fee, amount_cny=10)))

    (change,) = changed_facts(OLD, new)

    assert change.place == "matters/lic-food-operate.fee.amount_cny"
    assert (change.old, change.new) == ("0", "10")


def test_a_paper_that_is_dropped_changes_the_plans_that_need_it() -> None:
    gone = FOOD.materials[2]
    new = with_matter(replace(FOOD, materials=(*FOOD.materials[:2], *FOOD.materials[3:])))

    facts = changed_facts(OLD, new)
    plans = changed_plans(OLD, new, calendar(), MONDAY)

    assert [(one.place, one.new) for one in facts] == [
        (f"matters/lic-food-operate.materials[{gone.name}]", "")
    ]
    assert "开餐饮店“一件事”" in [one.name for one in plans]
    assert all(one.lines == (f"- 材料 {gone.name}",) for one in plans)


def test_a_longer_step_changes_the_totals() -> None:
    kind = OLD.project_type("soc-industrial")
    longest = max(kind.nodes, key=lambda node: node.working_days)
    nodes = tuple(
        replace(one, working_days=one.working_days + 9) if one is longest else one
        for one in kind.nodes
    )
    kinds = {**OLD.project_types, kind.id: replace(kind, nodes=nodes)}
    new = replace(OLD, project_types=MappingProxyType(kinds))

    (change,) = changed_plans(OLD, new, calendar(), MONDAY)

    assert change.name == kind.name
    assert change.old_days is not None
    assert change.new_days is not None
    assert change.new_days > change.old_days
    assert change.lines[0].startswith("~ ")


def test_a_bundle_that_is_gone_and_one_that_is_new_are_told() -> None:
    some = dict(OLD.one_things)
    gone = some.pop("ot-gym")
    smaller = replace(OLD, one_things=MappingProxyType(some))

    (lost,) = changed_plans(OLD, smaller, calendar(), MONDAY)
    (won,) = changed_plans(smaller, OLD, calendar(), MONDAY)

    assert (lost.name, lost.new_days) == (gone.name, None)
    assert (won.name, won.old_days) == (gone.name, None)


def test_only_what_was_not_checked_for_long_is_stale() -> None:
    later = OLD.checked_on + timedelta(days=200)

    assert stale_facts(OLD, later, 250) == ()
    found = stale_facts(OLD, later, 180)
    assert {one.kind for one in found} == {"matter", "one_thing", "project_type", "policy"}
    assert found[0].days >= found[-1].days


def test_a_part_checked_later_than_its_matter_is_listed_by_itself() -> None:
    fee = replace(FOOD.fee.provenance, checked_on=FOOD.provenance.checked_on - timedelta(days=90))
    older = with_matter(replace(FOOD, fee=replace(FOOD.fee, provenance=fee)))

    first = stale_facts(older, OLD.checked_on, 30)

    assert [(one.entry_id, one.fact) for one in first] == [(FOOD.id, "fee")]
