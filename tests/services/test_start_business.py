from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.conditions import Answer
from bot.domain.errors import BadCondition, UnknownIndustry, UnknownOneThing
from bot.domain.one_things import REGISTRATION, OneThing, QuestionKind
from bot.services.plans.start_business import (
    ENTITY,
    StartAnswers,
    StartBusiness,
    StartPlan,
    TradeBasis,
)
from bot.services.plans.summary import summarise_start
from bot.store.calendars import load_calendar
from bot.store.catalogue.loader import load_catalogue

CATALOGUE = load_catalogue(Path("data/catalogue"))
JOURNEY = StartBusiness(CATALOGUE, load_calendar(Path("data/calendar")))
TUESDAY = date(2026, 11, 24)
BUNDLES = tuple(CATALOGUE.one_things.values())
RESTAURANT = StartAnswers(enterprise_type_id="individual", one_thing_id="ot-restaurant")


def restaurant(hires_staff: bool | None = True, **facts: Answer) -> StartAnswers:
    return StartAnswers(
        enterprise_type_id="individual",
        one_thing_id="ot-restaurant",
        district_id="371502",
        hires_staff=hires_staff,
        facts=facts,
    )


def asked(answers: StartAnswers) -> list[str]:
    return [question.id for question in JOURNEY.questions(answers)]


def matters(plan: StartPlan) -> set[str]:
    return {step.matter.id for step in plan.steps if step.matter}


def typical(bundle: OneThing) -> StartAnswers:
    form = bundle.typical.answers.get(ENTITY)
    kinds = CATALOGUE.enterprise_types.values()
    return StartAnswers(
        enterprise_type_id=next((k.id for k in kinds if k.answer == form), None),
        one_thing_id=bundle.id,
        hires_staff=True,
        district_id="371502",
        facts={k: v for k, v in bundle.typical.answers.items() if k != ENTITY},
    )


@pytest.mark.parametrize("bundle", BUNDLES, ids=lambda bundle: bundle.id)
def test_the_worked_example_of_each_bundle_comes_out(bundle: OneThing) -> None:
    """The bundle's own matters take as long as the researcher computed."""
    plan = JOURNEY.compose(typical(bundle), TUESDAY)
    form = plan.enterprise_type.matter_id if plan.enterprise_type else None
    expected = {form if m == REGISTRATION else m for m in bundle.typical.matter_ids}
    finish = [p.window.earliest_finish for p in plan.plan.active() if p.step.matter_id in expected]
    assert expected <= matters(plan)
    assert max(finish) == bundle.typical.working_days
    assert plan.basis is TradeBasis.BUNDLE


@pytest.mark.parametrize("bundle", BUNDLES, ids=lambda bundle: bundle.id)
def test_the_worked_example_leaves_nothing_to_ask(bundle: OneThing) -> None:
    assert asked(typical(bundle)) == []


def test_a_size_that_settles_the_licence_spares_the_question() -> None:
    """From 50 square metres on the licence is the same with and without raw food."""
    assert "raw_or_cake" in asked(restaurant(area_m2=30))
    assert "raw_or_cake" not in asked(restaurant(area_m2=120))


def test_nothing_known_asks_for_trade_form_place_and_staff() -> None:
    assert asked(StartAnswers()) == ["trade", "enterprise_type", "district", "hires_staff"]


def test_a_skipped_question_is_not_asked_again() -> None:
    answers = StartAnswers(skipped=frozenset({"trade", "district"}))
    assert asked(answers) == ["enterprise_type", "hires_staff"]


def test_a_trade_that_demands_a_company_does_not_ask_for_the_form() -> None:
    answers = StartAnswers(one_thing_id="ot-netcafe", enterprise_type_id="individual")
    assert "enterprise_type" not in asked(StartAnswers(one_thing_id="ot-netcafe"))
    plan = JOURNEY.compose(answers, TUESDAY)
    assert plan.enterprise_type is CATALOGUE.enterprise_type("company")
    assert not plan.form_is_assumed


def test_a_kindergarten_is_not_registered_as_a_business() -> None:
    plan = JOURNEY.compose(StartAnswers(one_thing_id="ot-kindergarten"), TUESDAY)
    assert (plan.enterprise_type, plan.promise, plan.unsuitable) == (None, None, ())
    assert "biz-seal" not in matters(plan)
    assert "hires_staff" not in asked(StartAnswers(one_thing_id="ot-kindergarten"))


def test_a_school_that_is_not_for_profit_is_no_business_either() -> None:
    answers = StartAnswers(one_thing_id="ot-training", facts={"for_profit": False})
    plan = JOURNEY.compose(answers, TUESDAY)
    assert plan.enterprise_type is None
    assert not matters(plan).intersection({"biz-company", "biz-seal", "tax-newbiz"})
    assert not {"enterprise_type", "hires_staff"}.intersection(asked(answers))


def test_a_school_for_profit_registers_after_its_licence() -> None:
    answers = StartAnswers(one_thing_id="ot-training", facts={"for_profit": True})
    order = [s.planned.step.id for s in JOURNEY.compose(answers, TUESDAY).steps]
    assert order.index("biz-name") < order.index("lic-training") < order.index("biz-company")
    assert order.index("biz-company") < order.index("biz-seal") < order.index("bank-reserve")


def test_what_is_ruled_out_is_left_out() -> None:
    plan = JOURNEY.compose(restaurant(area_m2=40, raw_or_cake=False, big_sign=False), TUESDAY)
    assert "lic-small-catering" in matters(plan)
    assert not matters(plan).intersection({"lic-food-operate", "lic-fire-open", "lic-outdoor-ad"})


def test_what_is_undecided_is_planned_and_marked() -> None:
    plan = JOURNEY.compose(restaurant(None, area_m2=120), TUESDAY)
    undecided = {s.planned.step.id: s.undecided for s in plan.steps if s.undecided}
    assert undecided == {
        "prj-fire-accept": ("decorate_special",),
        "lic-outdoor-ad": ("big_sign",),
        "si-employer": ("hires_staff",),
    }


def test_nobody_employed_needs_no_insurance() -> None:
    assert "si-employer" not in matters(JOURNEY.compose(restaurant(hires_staff=False), TUESDAY))


def test_an_individual_business_may_do_without_seal_and_account() -> None:
    plan = JOURNEY.compose(RESTAURANT, TUESDAY)
    optional = {s.planned.step.id for s in plan.steps if s.is_optional}
    assert optional == {"biz-name", "biz-seal", "bank-reserve"}
    assert "hf-employer" not in matters(plan)


def test_a_company_declares_its_name_first() -> None:
    plan = JOURNEY.compose(StartAnswers(enterprise_type_id="company"), TUESDAY)
    by_id = {s.planned.step.id: s for s in plan.steps}
    assert by_id["biz-company"].planned.step.depends_on == ("biz-name",)
    assert not any(s.is_optional for s in plan.steps)
    assert plan.plan.critical_path == ("biz-company", "biz-seal", "bank-reserve")


def test_what_follows_the_licence_runs_side_by_side() -> None:
    answers = StartAnswers(enterprise_type_id="company", hires_staff=True)
    plan = JOURNEY.compose(answers, TUESDAY).plan
    together = next(group for group in plan.parallel_groups() if "biz-seal" in group)
    assert set(together) == {"biz-seal", "tax-newbiz", "si-employer", "hf-employer"}


def test_a_company_is_promised_two_hours_by_the_joint_service() -> None:
    plan = JOURNEY.compose(StartAnswers(enterprise_type_id="company"), TUESDAY)
    assert plan.promise is not None
    matter = CATALOGUE.matter("biz-start-onething")
    assert plan.promise.promised is matter.promised
    assert plan.promise.promised.working_days == 0.25
    assert plan.promise.due.on == date(2026, 11, 25)  # Wed


def test_the_clock_of_the_promise_waits_for_the_registration() -> None:
    """A school registers after its licence of 15 working days: Tue 15 December, then two hours."""
    plan = JOURNEY.compose(
        StartAnswers("company", "ot-training", facts={"for_profit": True}), TUESDAY
    )
    assert plan.promise is not None
    assert plan.promise.due.on == date(2026, 12, 16)  # Wed


def test_without_a_trade_the_plan_is_the_opening_only() -> None:
    plan = JOURNEY.compose(StartAnswers("company"), TUESDAY)
    assert (plan.basis, plan.trade_name) == (TradeBasis.NOT_SAID, "")


def test_a_partnership_is_promised_what_its_registration_promises() -> None:
    plan = JOURNEY.compose(StartAnswers(enterprise_type_id="partnership"), TUESDAY)
    assert plan.promise is not None
    assert plan.promise.promised is CATALOGUE.matter("biz-partnership").promised


def test_a_trade_without_a_bundle_is_composed_and_says_so() -> None:
    answers = StartAnswers(enterprise_type_id="company", industry_code="L7263")
    plan = JOURNEY.compose(answers, TUESDAY)
    assert plan.basis is TradeBasis.COMPOSED
    assert "lic-labor-dispatch" in matters(plan)
    assert plan.trade_name == CATALOGUE.industry("L7263").name
    assert plan.unsuitable == ()


def test_a_form_the_licence_does_not_know_is_pointed_out() -> None:
    answers = StartAnswers(enterprise_type_id="individual", industry_code="L7263")
    assert JOURNEY.compose(answers, TUESDAY).unsuitable == (
        CATALOGUE.matter("lic-labor-dispatch").name,
    )
    branch = StartAnswers(
        enterprise_type_id="branch",
        one_thing_id="ot-restaurant",
        facts={"area_m2": 30, "raw_or_cake": False},
    )
    assert (
        CATALOGUE.matter("lic-small-catering").name in JOURNEY.compose(branch, TUESDAY).unsuitable
    )


def test_an_industry_leads_to_its_bundle() -> None:
    plan = JOURNEY.compose(StartAnswers(industry_code="H6210"), TUESDAY)
    assert plan.one_thing is CATALOGUE.one_thing("ot-restaurant")
    assert plan.form_is_assumed


def test_an_industry_without_any_rule_is_not_said_to_be_free() -> None:
    plan = JOURNEY.compose(StartAnswers(industry_code="O8060"), TUESDAY)
    assert plan.basis is TradeBasis.NOT_COVERED


def test_unknown_ids_are_refused() -> None:
    with pytest.raises(UnknownOneThing):
        JOURNEY.questions(StartAnswers(one_thing_id="ot-moon"))
    with pytest.raises(UnknownIndustry):
        JOURNEY.compose(StartAnswers(industry_code="Z9999"), TUESDAY)


def test_an_answer_of_the_wrong_type_is_refused() -> None:
    with pytest.raises(BadCondition):
        JOURNEY.compose(restaurant(area_m2="一百二"), TUESDAY)


def test_papers_are_sorted_by_what_has_to_be_done_about_them() -> None:
    plan = JOURNEY.compose(restaurant(area_m2=120), TUESDAY)
    step = next(s for s in plan.steps if s.planned.step.id == "lic-food-operate")
    assert step.matter is not None
    split = step.materials
    shown = (*split.bring, *split.later, *split.commit, *split.held, *split.if_it_applies)
    assert sorted(m.name for m in shown) == sorted(m.name for m in step.matter.materials)
    assert all(m.shared_no_submit for m in split.held)
    assert all(m.deferrable and not m.commitment_ok for m in split.later)
    assert split.held
    assert split.later


def test_the_summary_is_text_only() -> None:
    values = summarise_start(JOURNEY.compose(restaurant(area_m2=120), TUESDAY)).values()
    assert all(isinstance(value, str) for value in values.values())
    assert values["promise_due"] == "11月24日（周二）"
    assert values["start_on"] == "11月24日（周二）"


def test_a_plan_without_registration_has_no_promise_to_show() -> None:
    plan = JOURNEY.compose(StartAnswers(one_thing_id="ot-kindergarten"), TUESDAY)
    assert summarise_start(plan).promise == ""


def test_a_plan_over_new_year_says_that_it_is_provisional() -> None:
    plan = JOURNEY.compose(restaurant(area_m2=120), date(2026, 12, 25))
    assert summarise_start(plan).is_provisional == "是"


def possible(question_id: str) -> tuple[Answer, ...]:
    question = CATALOGUE.question(question_id)
    if question.kind is QuestionKind.NUMBER:
        return (10, 49, 50, 300, 1000)
    return question.options or (True, False)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_question_that_is_not_asked_changes_nothing(data: st.DataObject) -> None:
    """Answer some questions; those no longer asked may be answered anyhow."""
    bundle = data.draw(st.sampled_from(BUNDLES))
    ids = [i for i in bundle.question_ids if i != ENTITY]
    facts = {
        i: data.draw(st.sampled_from(possible(i)))
        for i in data.draw(st.lists(st.sampled_from(ids), unique=True) if ids else st.just([]))
    }
    answers = StartAnswers("company", bundle.id, hires_staff=True, facts=facts)
    needless = [i for i in ids if i not in facts and i not in asked(answers)]
    before = JOURNEY.compose(answers, TUESDAY)
    for values in list(product(*(possible(i) for i in needless)))[:20]:
        more = {**facts, **dict(zip(needless, values, strict=True))}
        after = JOURNEY.compose(
            StartAnswers("company", bundle.id, hires_staff=True, facts=more), TUESDAY
        )
        assert after.steps == before.steps
